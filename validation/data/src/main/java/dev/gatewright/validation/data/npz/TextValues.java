// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import java.nio.ByteBuffer;

/** Takes a matrix of texts, or the part of its rows that one of several arrays gives. */
final class TextValues implements ValueTaker {
    private final Field.Matrix matrix;
    private final int matrixWidth;
    private final int offset;
    private final ArrayRows rows;
    private final RawTexts raw;
    private String[] texts = {};

    TextValues(Field.Matrix matrix, int matrixWidth, int offset, ArrayRows rows) {
        this.matrix = matrix;
        this.matrixWidth = matrixWidth;
        this.offset = offset;
        this.rows = rows;
        this.raw = new RawTexts(rows);
    }

    @Override
    public void begin(RowBlock block) {
        block.requireWidth(matrix, matrixWidth);
        texts = block.texts(matrix);
    }

    @Override
    public void take(ByteBuffer bytes, int at, long first, int count) {
        for (int i = 0; i < count; i++) {
            long element = first + i;
            String text = raw.text(bytes, at + i * rows.type().bytes(), element);
            if (text.isEmpty()) {
                throw new BadDataException(rows.place(element), rows.found("an empty text", element), "text");
            }
            long row = element / rows.width();
            texts[(int) (row * matrixWidth + offset + element % rows.width())] = text;
        }
    }
}
