// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

/** One dimension of a declared shape. */
public sealed interface Dimension {
    /** A dimension whose size the model fixes: 0 or more. */
    record Fixed(long size) implements Dimension {
        @Override
        public String toString() {
            return Long.toString(size);
        }
    }

    /** A dimension that stays open and has a name; the same name means the same size. */
    record Named(String name) implements Dimension {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A dimension of which nothing is said. */
    record Open() implements Dimension {
        @Override
        public String toString() {
            return "?";
        }
    }
}
