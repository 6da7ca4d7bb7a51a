// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;

/** Takes a matrix of texts. */
final class TextCells implements CellTaker {
    private final Field.Matrix matrix;
    private final int[] columns;
    private String[] texts = {};

    TextCells(Field.Matrix matrix, int[] columns) {
        this.matrix = matrix;
        this.columns = columns;
    }

    @Override
    public void begin(RowBlock block) {
        block.requireWidth(matrix, columns.length);
        texts = block.texts(matrix);
    }

    @Override
    public void take(CellRow row, int index) {
        for (int i = 0; i < columns.length; i++) {
            if (!row.isText(columns[i]) || row.textFrom(columns[i]) == row.textTo(columns[i])) {
                throw row.bad(columns[i], "text");
            }
            texts[index * columns.length + i] = row.text(columns[i]);
        }
    }
}
