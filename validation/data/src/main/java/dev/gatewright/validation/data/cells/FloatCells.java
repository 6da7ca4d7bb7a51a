// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

import dev.gatewright.validation.data.format.MatrixEncoder;
import dev.gatewright.validation.data.format.Refusal;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import java.nio.ByteBuffer;

/** Takes a matrix of a float type. */
final class FloatCells implements CellTaker {
    private static final ByteBuffer NOWHERE = ByteBuffer.allocateDirect(0);

    private final Field.Matrix matrix;
    private final int[] columns;
    private final boolean nanAllowed;
    private final double[] numbers;
    private ByteBuffer memory = NOWHERE;

    FloatCells(Field.Matrix matrix, int[] columns) {
        this.matrix = matrix;
        this.columns = columns;
        this.nanAllowed = matrix.missing() == Field.Missing.NAN;
        this.numbers = new double[columns.length];
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
            double number = Decimal.parse(bytes, row.from(column), row.to(column));
            numbers[i] = Double.isNaN(number) ? unusual(row, column) : number;
        }
        int at = index * columns.length * matrix.type().bytes();
        int refused = MatrixEncoder.put(matrix.type(), numbers, columns.length, nanAllowed, memory, at);
        if (refused != MatrixEncoder.ALL) {
            throw row.bad(columns[refused], Refusal.expected(matrix.type()));
        }
    }

    private double unusual(CellRow row, int column) {
        if (row.isMissing(column)) {
            if (nanAllowed) {
                return Double.NaN;
            }
            throw Refusal.missing(row.place(column), row.found(column), matrix);
        }
        double number = row.looseNumber(column);
        if (Double.isNaN(number)) {
            throw row.bad(column, "a number");
        }
        return number;
    }
}
