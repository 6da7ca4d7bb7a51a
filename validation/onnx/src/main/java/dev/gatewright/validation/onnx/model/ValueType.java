// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The declared type of a value. Its text is ONNX's spelling with the shape behind it: {@code tensor(float)[N, 4]}. */
public sealed interface ValueType {
    /** A tensor. */
    record OfTensor(ElementType element, Shape shape) implements ValueType {
        @Override
        public String toString() {
            return "tensor(" + element + ")" + shape;
        }
    }

    /** A tensor stored by its non-zero values. */
    record OfSparseTensor(ElementType element, Shape shape) implements ValueType {
        @Override
        public String toString() {
            return "sparse_tensor(" + element + ")" + shape;
        }
    }

    /** A list of values of one type. */
    record OfSequence(ValueType element) implements ValueType {
        @Override
        public String toString() {
            return "seq(" + element + ")";
        }
    }

    /** A map; keys are integers or strings. */
    record OfMap(ElementType key, ValueType value) implements ValueType {
        @Override
        public String toString() {
            return "map(" + key + ", " + value + ")";
        }
    }

    /** A value that may be absent. */
    record OfOptional(ValueType element) implements ValueType {
        @Override
        public String toString() {
            return "optional(" + element + ")";
        }
    }

    /** A type that only its own operators understand. */
    record Opaque(String domain, String name) implements ValueType {
        @Override
        public String toString() {
            return "opaque(" + domain + ", " + name + ")";
        }
    }

    /**
     * The shape of a tensor.
     *
     * @param dimensions the dimensions, outermost first; null where not even their number is declared
     */
    record Shape(@Nullable List<Dimension> dimensions) {
        /** Copies {@code dimensions}. */
        public Shape {
            dimensions = dimensions == null ? null : List.copyOf(dimensions);
        }

        @Override
        public String toString() {
            return dimensions == null ? "" : dimensions.toString();
        }
    }
}
