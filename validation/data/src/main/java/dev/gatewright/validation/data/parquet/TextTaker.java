// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;

/** Takes a matrix of texts, or the part of its rows that one of several columns gives. */
final class TextTaker implements Taker {
    private final Field.Matrix matrix;
    private final int matrixWidth;
    private final int offset;
    private final ColumnRows rows;
    private String[] texts = {};

    TextTaker(Field.Matrix matrix, int matrixWidth, int offset, ColumnRows rows) {
        this.matrix = matrix;
        this.matrixWidth = matrixWidth;
        this.offset = offset;
        this.rows = rows;
    }

    @Override
    public void begin(RowBlock block) {
        block.requireWidth(matrix, matrixWidth);
        texts = block.texts(matrix);
    }

    @Override
    public void take(Batch batch, int first) {
        for (int i = 0; i < batch.count; i++) {
            int entry = first + i;
            String text = batch.text(i);
            if (text.isEmpty()) {
                throw bad("an empty text", entry);
            }
            int row = entry / rows.width();
            texts[row * matrixWidth + offset + entry % rows.width()] = text;
        }
    }

    @Override
    public void takeMissing(int first, int count) {
        throw bad("a null", first);
    }

    private BadDataException bad(String found, int entry) {
        return new BadDataException(rows.place(entry), rows.found(found, entry), "text");
    }
}
