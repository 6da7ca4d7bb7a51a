// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.util.List;

/** The truth about a golden row. */
public sealed interface Label {
    /** The name of its one class. */
    record OfClass(String name) implements Label {}

    /** The names of its classes, of which there may be none. */
    record OfClasses(List<String> names) implements Label {
        /** Keeps its own copy. */
        public OfClasses {
            names = List.copyOf(names);
        }
    }

    /** Its number. In a file written by hand it may also name a class that is spelled like a number. */
    record OfNumber(double value) implements Label {
        /** As the name of a class: a whole number without a point. */
        public String asName() {
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? Long.toString((long) value)
                    : Double.toString(value);
        }
    }
}
