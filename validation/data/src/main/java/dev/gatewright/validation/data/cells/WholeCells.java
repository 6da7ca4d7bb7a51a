// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

import dev.gatewright.validation.data.format.MatrixEncoder;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** Takes a matrix of an integer type or of booleans. */
final class WholeCells implements CellTaker {
    private static final ByteBuffer NOWHERE = ByteBuffer.allocateDirect(0);

    private final Field.Matrix matrix;
    private final int[] columns;
    private final boolean unsigned;
    private final long lowest;
    private final long highest;
    private final long[] numbers;
    private ByteBuffer memory = NOWHERE;

    WholeCells(Field.Matrix matrix, int[] columns) {
        this.matrix = matrix;
        this.columns = columns;
        this.unsigned = matrix.type() == ElementType.UINT64;
        // Between these a number that was read as a signed long is sure to be one, and to fit.
        this.lowest = Math.max(matrix.type().lowest(), WholeNumber.UNKNOWN + 1);
        this.highest = unsigned ? Long.MAX_VALUE : matrix.type().highest();
        this.numbers = new long[columns.length];
    }

    @Override
    public void begin(RowBlock block) {
        block.requireWidth(matrix, columns.length);
        memory = block.memory(matrix);
    }

    @Override
    public void take(CellRow row, int index) {
        byte[] bytes = row.bytes();
        for (int i = 0; i < columns.length; i++) {
            int column = columns[i];
            long number = WholeNumber.parse(bytes, row.from(column), row.to(column));
            numbers[i] = number >= lowest && number <= highest ? number : unusual(row, column);
        }
        int at = index * columns.length * matrix.type().bytes();
        MatrixEncoder.put(matrix.type(), numbers, columns.length, unsigned, memory, at);
    }

    private long unusual(CellRow row, int column) {
        String text = row.trimmed(column);
        BigInteger number = CellRow.isTruth(text) ? BigInteger.valueOf(CellRow.truth(text)) : WholeNumber.parse(text);
        if (number == null || number.compareTo(BigInteger.valueOf(matrix.type().lowest())) < 0 || isTooHigh(number)) {
            throw row.bad(column, matrix.type().expected());
        }
        return number.longValue();
    }

    private boolean isTooHigh(BigInteger number) {
        return unsigned ? number.bitLength() > Long.SIZE : number.compareTo(BigInteger.valueOf(highest)) > 0;
    }
}
