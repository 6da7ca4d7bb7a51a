// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Field;
import java.util.List;

/** A field and the columns that give it: one, or those of a matrix side by side, in order. */
public record Binding(Field field, List<Column> columns) {
    public Binding {
        columns = List.copyOf(columns);
    }

    /** The number of elements that the field has a row. */
    public int width() {
        int width = 0;
        for (Column column : columns) {
            width = Math.addExact(width, column.width());
        }
        return width;
    }
}
