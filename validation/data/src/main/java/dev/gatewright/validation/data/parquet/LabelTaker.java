// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import dev.gatewright.validation.data.format.LabelClasses;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;

/** Takes the class of a row. */
final class LabelTaker implements Taker {
    private final Field.ClassLabel label;
    private final LabelClasses classes;
    private final ColumnRows rows;
    private int[] codes = {};

    LabelTaker(Field.ClassLabel label, ColumnRows rows) {
        this.label = label;
        this.classes = new LabelClasses(label);
        this.rows = rows;
    }

    @Override
    public void begin(RowBlock block) {
        codes = block.codes(label);
    }

    @Override
    public void take(Batch batch, int first) {
        for (int i = 0; i < batch.count; i++) {
            int code = code(batch, i);
            if (code == LabelClasses.NONE) {
                throw new BadDataException(rows.place(first + i), batch.shown(i), classes.expected());
            }
            codes[first + i] = code;
        }
    }

    private int code(Batch batch, int i) {
        if (batch.isText()) {
            return classes.named(batch.bytes[i], batch.from[i], batch.to[i]);
        }
        if (!batch.areIntegers()) {
            return classes.named(batch.name(i));
        }
        long number = batch.longs[i];
        if (label.spelling() == Field.Spelling.INDEX) {
            return classes.at(number);
        }
        // Negative is also what UINT64 has beyond the longs.
        return number >= 0 ? classes.named(number) : classes.named(batch.name(i));
    }

    @Override
    public void takeMissing(int first, int count) {
        throw new BadDataException(rows.place(first), "a null", classes.expected());
    }
}
