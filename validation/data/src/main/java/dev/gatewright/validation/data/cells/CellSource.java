// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

import dev.gatewright.validation.data.rows.Column;

/** What cuts a file into rows of text cells. */
public interface CellSource extends AutoCloseable {
    /**
     * Cuts the next row into {@link #row()}; false at the end of the file.
     *
     * @throws dev.gatewright.validation.data.rows.BadDataException if there is no well-formed row
     */
    boolean next();

    /** The first of the cells that {@code column} has in a row; the others follow it. */
    int firstCell(Column column);

    /** The row that was cut last, always the same object. */
    CellRow row();

    @Override
    void close();
}
