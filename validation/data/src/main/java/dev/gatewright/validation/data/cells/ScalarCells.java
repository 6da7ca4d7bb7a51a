// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

import dev.gatewright.validation.data.format.Refusal;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import java.nio.charset.StandardCharsets;

/** Takes one finite number. */
final class ScalarCells implements CellTaker {
    private final Field.Scalar scalar;
    private final int column;
    private double[] numbers = {};

    ScalarCells(Field.Scalar scalar, int column) {
        this.scalar = scalar;
        this.column = column;
    }

    @Override
    public void begin(RowBlock block) {
        numbers = block.numbers(scalar);
    }

    @Override
    public void take(CellRow row, int index) {
        double number = Decimal.parse(row.bytes(), row.from(column), row.to(column));
        if (Double.isNaN(number)) {
            byte[] trimmed = row.trimmed(column).getBytes(StandardCharsets.UTF_8);
            number = Decimal.parse(trimmed, 0, trimmed.length);
        }
        if (!Double.isFinite(number)) {
            throw row.bad(column, Double.isNaN(number) ? "a number" : Refusal.expected(ElementType.FLOAT64));
        }
        numbers[index] = number;
    }
}
