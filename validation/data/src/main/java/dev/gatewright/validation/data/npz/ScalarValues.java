// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.format.Refusal;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import java.nio.ByteBuffer;

/** Takes one finite number a row. */
final class ScalarValues implements ValueTaker {
    private final Field.Scalar scalar;
    private final ArrayRows rows;
    private final RawNumbers raw;
    private double[] numbers = {};

    ScalarValues(Field.Scalar scalar, ArrayRows rows) {
        this.scalar = scalar;
        this.rows = rows;
        this.raw = new RawNumbers(rows.type().type());
    }

    @Override
    public void begin(RowBlock block) {
        numbers = block.numbers(scalar);
    }

    @Override
    public void take(ByteBuffer bytes, int at, long first, int count) {
        for (int done = 0; done < count; ) {
            int some = Math.min(count - done, RawNumbers.MOST);
            int from = at + done * rows.type().bytes();
            if (raw.areFloats()) {
                takeFloats(bytes, from, (int) first + done, some);
            } else {
                takeWhole(raw.longs(bytes, from, some), (int) first + done, some);
            }
            done += some;
        }
    }

    private void takeFloats(ByteBuffer bytes, int at, int first, int count) {
        double[] values = raw.doubles(bytes, at, count);
        for (int i = 0; i < count; i++) {
            if (!Double.isFinite(values[i])) {
                throw new BadDataException(
                        rows.place(first + i), Double.toString(values[i]), Refusal.expected(ElementType.FLOAT64));
            }
            numbers[first + i] = values[i];
        }
    }

    private void takeWhole(long[] values, int first, int count) {
        for (int i = 0; i < count; i++) {
            boolean isBeyondLong = raw.areUnsigned() && values[i] < 0;
            numbers[first + i] =
                    isBeyondLong ? Double.parseDouble(Long.toUnsignedString(values[i])) : (double) values[i];
        }
    }
}
