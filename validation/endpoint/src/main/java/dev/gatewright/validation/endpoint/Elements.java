// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.util.Arrays;
import java.util.List;

/** The elements of one row of a tensor, in row-major order. */
public sealed interface Elements {
    /** How many there are. */
    int size();

    /** Element {@code index} as it is shown. */
    String shown(int index);

    /** Floats, of whatever precision. */
    final class Reals implements Elements {
        private final double[] values;

        /** Keeps its own copy. */
        public Reals(double... values) {
            this.values = values.clone();
        }

        @Override
        public int size() {
            return values.length;
        }

        /** Element {@code index}. */
        public double at(int index) {
            return values[index];
        }

        /** A copy of all. */
        public double[] values() {
            return values.clone();
        }

        @Override
        public String shown(int index) {
            return Double.toString(values[index]);
        }

        /** Whether none is NaN or infinite. */
        public boolean areFinite() {
            for (double value : values) {
                if (!Double.isFinite(value)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Reals reals && Arrays.equals(values, reals.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    /** Integers and truth values (0 or 1). A {@link Datatype#UINT64} above the largest {@code long} is kept by its bits. */
    final class Wholes implements Elements {
        private final long[] values;

        /** Keeps its own copy. */
        public Wholes(long... values) {
            this.values = values.clone();
        }

        @Override
        public int size() {
            return values.length;
        }

        /** Element {@code index}. */
        public long at(int index) {
            return values[index];
        }

        /** A copy of all. */
        public long[] values() {
            return values.clone();
        }

        @Override
        public String shown(int index) {
            return Long.toString(values[index]);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Wholes wholes && Arrays.equals(values, wholes.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }

    /** Texts. */
    record Texts(List<String> values) implements Elements {
        /** Keeps its own copy. */
        public Texts {
            values = List.copyOf(values);
        }

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public String shown(int index) {
            return "'" + Plain.of(values.get(index), 60) + "'";
        }
    }
}
