// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import dev.gatewright.validation.data.format.Categories;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.RowBlock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Takes the category of a row. */
final class CategoryTaker implements Taker {
    private static final int SMALL = 256;

    private final Field.Category category;
    private final Categories categories;
    private final ColumnRows rows;
    private final int[] small = new int[SMALL]; // the codes of the numbers below it, as far as they were met
    private int[] codes = {};

    CategoryTaker(Field.Category category, ColumnRows rows, Limits limits) {
        this.category = category;
        this.categories = new Categories(limits);
        this.rows = rows;
        Arrays.fill(small, Categories.NONE);
    }

    /** Whether {@code asked} is the very field that this takes. */
    boolean takes(Field asked) {
        Field taken = category;
        return taken == asked;
    }

    List<String> texts() {
        return categories.texts();
    }

    @Override
    public void begin(RowBlock block) {
        codes = block.codes(category);
    }

    @Override
    public void take(Batch batch, int first) {
        for (int i = 0; i < batch.count; i++) {
            long number = batch.areIntegers() ? batch.longs[i] : -1;
            if (number >= 0 && number < SMALL) {
                if (small[(int) number] == Categories.NONE) {
                    small[(int) number] = code(batch, i, first + i);
                }
                codes[first + i] = small[(int) number];
            } else {
                codes[first + i] = code(batch, i, first + i);
            }
        }
    }

    private int code(Batch batch, int i, int entry) {
        if (!batch.isText()) {
            byte[] name = batch.name(i).getBytes(StandardCharsets.UTF_8);
            return code(name, 0, name.length, batch, i, entry);
        }
        int known = categories.texts().size();
        int code = code(batch.bytes[i], batch.from[i], batch.to[i], batch, i, entry);
        if (categories.texts().size() > known) {
            batch.text(i); // sees that it is UTF-8
        }
        return code;
    }

    private int code(byte[] bytes, int from, int to, Batch batch, int i, int entry) {
        int code = categories.code(bytes, from, to);
        if (code == Categories.NONE) {
            throw categories.refusal(rows.place(entry), batch.shown(i), to - from);
        }
        return code;
    }

    @Override
    public void takeMissing(int first, int count) {
        throw categories.refusal(rows.place(first), "a null", 0);
    }
}
