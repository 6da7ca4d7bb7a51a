// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.rows;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What to take from each row of a data file. The same column may serve several fields; a field is known by its
 * identity, so a {@link RowBlock} is asked with the very object that was selected.
 */
public sealed interface Field {
    /** What it is for, as messages say it: {@code input 'image'}. */
    String purpose();

    /**
     * One input of a model: the same number of elements from every row, row-major in memory.
     *
     * @param name the model's name for the input
     * @param type the type of the elements in memory; a file's numbers are converted as numpy's {@code astype} does,
     *     and refused where that would lose a value's range
     * @param columns names, or globs in which {@code *} stands for any text and {@code ?} for one character; a glob's
     *     columns come in the file's order
     * @param missing what an empty cell or NaN means; only a float type can hold a missing value
     * @param width the number of elements that a row must give, or {@link #ANY_WIDTH}
     */
    record Matrix(String name, ElementType type, List<String> columns, Missing missing, int width) implements Field {
        /** The width of a matrix that takes as many elements as its columns give. */
        public static final int ANY_WIDTH = 0;

        public Matrix {
            columns = List.copyOf(columns);
            if (columns.isEmpty() || columns.contains("")) {
                throw new IllegalArgumentException("input '" + name + "' needs at least one column, each with a name");
            }
            if (missing == Missing.NAN && !type.isFloat()) {
                throw new IllegalArgumentException("input '" + name + "' is " + type.numpyName()
                        + ", which has no NaN: only a float type can hold missing values");
            }
            if (width < 0) {
                throw new IllegalArgumentException("input '" + name + "' cannot be " + width + " wide");
            }
        }

        /** A matrix of any width, in which nothing may be missing. */
        public Matrix(String name, ElementType type, List<String> columns) {
            this(name, type, columns, Missing.REFUSE, ANY_WIDTH);
        }

        @Override
        public String purpose() {
            return "input '" + name + "'";
        }
    }

    /** What a missing value in a matrix means. */
    enum Missing {
        /** An empty cell or a NaN is bad data. */
        REFUSE,
        /** An empty cell or a NaN is handed to the model as NaN. */
        NAN
    }

    /** A field that takes one value of each row, from one column. */
    sealed interface Single extends Field {
        /** The column's name. */
        String column();
    }

    /**
     * The class of each row, as its position in {@code classes}.
     *
     * @param column the column's name
     * @param classes the names of the classes, in the order of the model's outputs
     * @param spelling how the file writes a class
     */
    record ClassLabel(String column, List<String> classes, Spelling spelling) implements Single {
        public ClassLabel {
            classes = List.copyOf(classes);
            Set<String> names = new HashSet<>(classes);
            if (classes.isEmpty() || names.size() != classes.size() || names.contains("")) {
                throw new IllegalArgumentException(
                        "the class label '" + column + "' needs different, non-empty class names, not " + classes);
            }
        }

        @Override
        public String purpose() {
            return "the class label";
        }
    }

    /** How a file writes the class of a row. */
    enum Spelling {
        /** By its name; a whole number in a typed file stands for its decimal text. */
        NAME,
        /** By its position, counted from 0. */
        INDEX
    }

    /** One finite number of each row, never missing: the target of a regression, a score. */
    record Scalar(String column) implements Single {
        @Override
        public String purpose() {
            return "a number";
        }
    }

    /** A text of each row that recurs, as a code in order of first appearance: the slices of a metric. */
    record Category(String column) implements Single {
        @Override
        public String purpose() {
            return "a category";
        }
    }
}
