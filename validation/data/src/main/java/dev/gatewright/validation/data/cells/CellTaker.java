// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

import dev.gatewright.validation.data.format.Binding;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.RowBlock;

/** What takes one field out of a row of cells and puts it into a block. */
interface CellTaker {
    /** Takes into {@code block} from now on. */
    void begin(RowBlock block);

    /** Takes the field from {@code row} into row {@code index} of the block, from 0. */
    void take(CellRow row, int index);

    /** The one that takes the field of {@code binding}. */
    static CellTaker of(Binding binding, CellSource source, Limits limits) {
        Field field = binding.field();
        if (field instanceof Field.Matrix matrix) {
            int[] columns = new int[binding.width()];
            int filled = 0;
            for (Column column : binding.columns()) {
                int first = source.firstCell(column);
                for (int i = 0; i < column.width(); i++) {
                    columns[filled++] = first + i;
                }
            }
            if (matrix.type() == ElementType.STRING) {
                return new TextCells(matrix, columns);
            }
            return matrix.type().isFloat() ? new FloatCells(matrix, columns) : new WholeCells(matrix, columns);
        }
        int column = source.firstCell(binding.columns().get(0));
        if (field instanceof Field.ClassLabel label) {
            return new LabelCells(label, column);
        }
        if (field instanceof Field.Category category) {
            return new CategoryCells(category, column, limits);
        }
        return new ScalarCells((Field.Scalar) field, column);
    }
}
