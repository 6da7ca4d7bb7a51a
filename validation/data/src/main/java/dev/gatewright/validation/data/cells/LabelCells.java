// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

import dev.gatewright.validation.data.format.LabelClasses;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;

/** Takes the class of a row. */
final class LabelCells implements CellTaker {
    private final Field.ClassLabel label;
    private final LabelClasses classes;
    private final int column;
    private int[] codes = {};

    LabelCells(Field.ClassLabel label, int column) {
        this.label = label;
        this.classes = new LabelClasses(label);
        this.column = column;
    }

    @Override
    public void begin(RowBlock block) {
        codes = block.codes(label);
    }

    @Override
    public void take(CellRow row, int index) {
        byte[] bytes = row.bytes();
        int code = label.spelling() == Field.Spelling.NAME
                ? classes.named(bytes, row.textFrom(column), row.textTo(column))
                : classes.at(WholeNumber.parse(bytes, row.from(column), row.to(column)));
        if (code == LabelClasses.NONE) {
            throw row.bad(column, classes.expected());
        }
        codes[index] = code;
    }
}
