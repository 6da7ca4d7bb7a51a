// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.format.MatrixEncoder;
import dev.gatewright.validation.data.format.Refusal;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import java.nio.ByteBuffer;

/** Takes a matrix of numbers, or the part of its rows that one of several arrays gives. */
final class NumberValues implements ValueTaker {
    private static final ByteBuffer NOWHERE = ByteBuffer.allocateDirect(0);

    private final Field.Matrix matrix;
    private final int matrixWidth;
    private final int offset;
    private final ArrayRows rows;
    private final RawNumbers raw;
    private final boolean nanAllowed;
    private final boolean same;
    private ByteBuffer memory = NOWHERE;

    NumberValues(Field.Matrix matrix, int matrixWidth, int offset, ArrayRows rows) {
        this.matrix = matrix;
        this.matrixWidth = matrixWidth;
        this.offset = offset;
        this.rows = rows;
        this.raw = new RawNumbers(rows.type().type());
        this.same = rows.width() == matrixWidth && rows.type().type() == matrix.type();
        this.nanAllowed = matrix.missing() == Field.Missing.NAN;
    }

    @Override
    public void begin(RowBlock block) {
        block.requireWidth(matrix, matrixWidth);
        memory = block.memory(matrix);
    }

    @Override
    public void take(ByteBuffer bytes, int at, long first, int count) {
        if (same && rows.arePlain()) {
            memory.put(
                    (int) first * matrix.type().bytes(),
                    bytes,
                    at,
                    count * matrix.type().bytes());
            return;
        }
        int done = 0;
        while (done < count) {
            long element = first + done;
            long row = element / rows.width();
            long column = element % rows.width();
            // Where the array is the whole matrix, its rows follow each other there too.
            long together = rows.width() == matrixWidth ? RawNumbers.MOST : rows.width() - column;
            int some = (int) Math.min(Math.min(together, RawNumbers.MOST), count - done);
            int target =
                    (int) (row * matrixWidth + offset + column) * matrix.type().bytes();
            put(bytes, at + done * rows.type().bytes(), some, target, element);
            done += some;
        }
    }

    private void put(ByteBuffer bytes, int at, int count, int target, long element) {
        var type = matrix.type();
        int refused;
        if (raw.areFloats()) {
            refused = MatrixEncoder.put(type, raw.doubles(bytes, at, count), count, nanAllowed, memory, target);
        } else {
            refused = MatrixEncoder.put(type, raw.longs(bytes, at, count), count, raw.areUnsigned(), memory, target);
        }
        if (refused != MatrixEncoder.ALL) {
            throw bad(bytes, at + refused * rows.type().bytes(), element + refused);
        }
    }

    private BadDataException bad(ByteBuffer bytes, int at, long element) {
        String found = rows.found(raw.text(bytes, at), element);
        return raw.isNan(bytes, at)
                ? Refusal.missing(rows.place(element), found, matrix)
                : new BadDataException(rows.place(element), found, Refusal.expected(matrix.type()));
    }
}
