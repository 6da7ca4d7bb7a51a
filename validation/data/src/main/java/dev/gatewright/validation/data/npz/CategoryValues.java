// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.format.Categories;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Quote;
import dev.gatewright.validation.data.rows.RowBlock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Takes the category of a row. */
final class CategoryValues implements ValueTaker {
    private static final int SMALL = 256;

    private final Field.Category category;
    private final Categories categories;
    private final ArrayRows rows;
    private final RawTexts raw;
    private final int[] small = new int[SMALL]; // the codes of the numbers below it, as far as they were met
    private int[] codes = {};

    CategoryValues(Field.Category category, ArrayRows rows, Limits limits) {
        this.category = category;
        this.categories = new Categories(limits);
        this.rows = rows;
        this.raw = new RawTexts(rows);
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
    public void take(ByteBuffer bytes, int at, long first, int count) {
        for (int i = 0; i < count; i++) {
            int position = at + i * rows.type().bytes();
            long number = raw.areIntegers() ? raw.integer(bytes, position) : -1;
            if (number >= 0 && number < SMALL) {
                if (small[(int) number] == Categories.NONE) {
                    small[(int) number] = code(bytes, position, first + i);
                }
                codes[(int) first + i] = small[(int) number];
            } else {
                codes[(int) first + i] = code(bytes, position, first + i);
            }
        }
    }

    private int code(ByteBuffer bytes, int at, long element) {
        String text = raw.text(bytes, at, element);
        byte[] spelling = text.getBytes(StandardCharsets.UTF_8);
        int code = categories.code(spelling, 0, spelling.length);
        if (code == Categories.NONE) {
            throw categories.refusal(rows.place(element), Quote.of(text), spelling.length);
        }
        return code;
    }
}
