// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

import dev.gatewright.validation.data.format.Categories;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.RowBlock;
import java.util.List;

/** Takes the category of a row. */
final class CategoryCells implements CellTaker {
    private final Field.Category category;
    private final int column;
    private final Categories categories;
    private int[] codes = {};

    CategoryCells(Field.Category category, int column, Limits limits) {
        this.category = category;
        this.column = column;
        this.categories = new Categories(limits);
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
    public void take(CellRow row, int index) {
        int from = row.textFrom(column);
        int to = row.textTo(column);
        int code = categories.code(row.bytes(), from, to);
        if (code == Categories.NONE) {
            throw categories.refusal(row.place(column), row.found(column), to - from);
        }
        codes[index] = code;
    }
}
