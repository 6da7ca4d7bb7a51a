// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.format.LabelClasses;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Quote;
import dev.gatewright.validation.data.rows.RowBlock;
import java.nio.ByteBuffer;

/** Takes the class of a row. */
final class LabelValues implements ValueTaker {
    private final Field.ClassLabel label;
    private final LabelClasses classes;
    private final ArrayRows rows;
    private final RawTexts raw;
    private int[] codes = {};

    LabelValues(Field.ClassLabel label, ArrayRows rows) {
        this.label = label;
        this.classes = new LabelClasses(label);
        this.rows = rows;
        this.raw = new RawTexts(rows);
    }

    @Override
    public void begin(RowBlock block) {
        codes = block.codes(label);
    }

    @Override
    public void take(ByteBuffer bytes, int at, long first, int count) {
        for (int i = 0; i < count; i++) {
            int position = at + i * rows.type().bytes();
            int code = code(bytes, position, first + i);
            if (code == LabelClasses.NONE) {
                String found = Quote.of(raw.text(bytes, position, first + i));
                throw new BadDataException(rows.place(first + i), found, classes.expected());
            }
            codes[(int) first + i] = code;
        }
    }

    private int code(ByteBuffer bytes, int at, long element) {
        if (!raw.areIntegers()) {
            return classes.named(raw.text(bytes, at, element));
        }
        long number = raw.integer(bytes, at);
        if (label.spelling() == Field.Spelling.INDEX) {
            return classes.at(number);
        }
        // Negative is also what UINT64 has beyond the longs.
        return number >= 0 ? classes.named(number) : classes.named(raw.text(bytes, at, element));
    }
}
