// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import dev.gatewright.validation.data.format.Refusal;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;

/** Takes one finite number a row. */
final class ScalarTaker implements Taker {
    private final Field.Scalar scalar;
    private final ColumnRows rows;
    private double[] numbers = {};

    ScalarTaker(Field.Scalar scalar, ColumnRows rows) {
        this.scalar = scalar;
        this.rows = rows;
    }

    @Override
    public void begin(RowBlock block) {
        numbers = block.numbers(scalar);
    }

    @Override
    public void take(Batch batch, int first) {
        for (int i = 0; i < batch.count; i++) {
            double number = batch.areFloats() ? batch.doubles[i] : whole(batch, i);
            if (!Double.isFinite(number)) {
                throw bad(batch.shown(i), first + i);
            }
            numbers[first + i] = number;
        }
    }

    private static double whole(Batch batch, int i) {
        return batch.areUnsigned() && batch.longs[i] < 0 ? Double.parseDouble(batch.name(i)) : (double) batch.longs[i];
    }

    @Override
    public void takeMissing(int first, int count) {
        throw bad("a null", first);
    }

    private BadDataException bad(String found, int entry) {
        return new BadDataException(rows.place(entry), found, Refusal.expected(ElementType.FLOAT64));
    }
}
