// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import dev.gatewright.validation.data.format.MatrixEncoder;
import dev.gatewright.validation.data.format.Refusal;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import java.nio.ByteBuffer;

/** Takes a matrix of numbers, or the part of its rows that one of several columns gives. */
final class NumberTaker implements Taker {
    private static final ByteBuffer NOWHERE = ByteBuffer.allocateDirect(0);
    private static final double[] NAN = {Double.NaN};

    private final Field.Matrix matrix;
    private final int matrixWidth;
    private final int offset;
    private final ColumnRows rows;
    private final boolean nanAllowed;
    private ByteBuffer memory = NOWHERE;

    NumberTaker(Field.Matrix matrix, int matrixWidth, int offset, ColumnRows rows) {
        this.matrix = matrix;
        this.matrixWidth = matrixWidth;
        this.offset = offset;
        this.rows = rows;
        this.nanAllowed = matrix.missing() == Field.Missing.NAN;
    }

    @Override
    public void begin(RowBlock block) {
        block.requireWidth(matrix, matrixWidth);
        memory = block.memory(matrix);
    }

    @Override
    public void take(Batch batch, int first) {
        if (rows.width() == 1) {
            put(batch, 0, batch.count, first, matrixWidth);
            return;
        }
        for (int done = 0; done < batch.count; ) {
            // Where the column is the whole matrix, its rows follow each other there too.
            int together = rows.width() == matrixWidth ? batch.count : rows.width() - (first + done) % rows.width();
            int some = Math.min(together, batch.count - done);
            put(batch, done, done + some, first + done, 1);
            done += some;
        }
    }

    private void put(Batch batch, int from, int to, int entry, int stride) {
        var type = matrix.type();
        int step = stride * type.bytes();
        int refused = batch.areFloats()
                ? MatrixEncoder.put(type, batch.doubles, from, to, nanAllowed, memory, target(entry), step)
                : MatrixEncoder.put(type, batch.longs, from, to, batch.areUnsigned(), memory, target(entry), step);
        if (refused != MatrixEncoder.ALL) {
            throw bad(batch, refused, entry + refused - from);
        }
    }

    /** The byte of the matrix's memory where entry {@code entry} belongs. */
    private int target(int entry) {
        int row = entry / rows.width();
        return (row * matrixWidth + offset + entry % rows.width())
                * matrix.type().bytes();
    }

    @Override
    public void takeMissing(int first, int count) {
        if (!nanAllowed || rows.isList()) {
            throw Refusal.missing(rows.place(first), rows.found("a null", first), matrix);
        }
        for (int i = 0; i < count; i++) {
            MatrixEncoder.put(matrix.type(), NAN, 1, true, memory, target(first + i));
        }
    }

    private BadDataException bad(Batch batch, int i, int entry) {
        String found = rows.found(batch.shown(i), entry);
        return batch.areFloats() && Double.isNaN(batch.doubles[i])
                ? Refusal.missing(rows.place(entry), found, matrix)
                : new BadDataException(rows.place(entry), found, Refusal.expected(matrix.type()));
    }
}
