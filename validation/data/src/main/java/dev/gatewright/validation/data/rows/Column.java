// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.rows;

import java.util.List;

/**
 * What a data file offers under one name: a column of cells, or an array whose first axis are the rows.
 *
 * @param index its position in the file, from 0
 * @param name its name; empty for a column without one, which nothing can select
 * @param content what it holds
 */
public record Column(int index, String name, Content content) {
    /** The axes of one row's values; empty for one value a row, and of what cannot be read. */
    public List<Integer> shape() {
        return content instanceof Values values
                ? values.shape()
                : content instanceof Cells cells ? cells.shape() : List.of();
    }

    /** The number of one row's values; 1 of what cannot be read. */
    public int width() {
        int width = 1;
        for (int length : shape()) {
            width = Math.multiplyExact(width, length);
        }
        return width;
    }

    /** What a column holds, as far as the file says before its rows are read. */
    public sealed interface Content {}

    /**
     * Cells of text, whose type only reading tells.
     *
     * @param numeric whether the first row's cell could stand in a matrix of numbers
     * @param sample the first row's cell, quoted for a message
     * @param shape the axes of one row's cells; empty for one cell a row
     */
    public record Cells(boolean numeric, String sample, List<Integer> shape) implements Content {
        public Cells {
            shape = List.copyOf(shape);
        }
    }

    /**
     * Values of one type.
     *
     * @param type their type
     * @param shape the axes of one row's values; empty for one value a row
     * @param width the number of one row's values
     * @param rows the number of rows
     */
    public record Values(ElementType type, List<Integer> shape, int width, long rows) implements Content {
        public Values {
            shape = List.copyOf(shape);
        }
    }

    /**
     * Something that cannot be read, which harms only those who select it.
     *
     * @param found what it holds, for a message: {@code Python objects}
     * @param nextStep what to do about it
     */
    public record Unreadable(String found, String nextStep) implements Content {}
}
