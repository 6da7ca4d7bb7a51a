// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

/** How messages call the cells of a row. */
@FunctionalInterface
public interface CellNames {
    /** The name of the column that the cell belongs to. */
    String column(int cell);

    /** Which of its column's values in this row it is, in brackets; empty where there is one. */
    default String position(int cell) {
        return "";
    }
}
