// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import dev.gatewright.validation.data.format.Binding;
import dev.gatewright.validation.data.format.Table;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/** Fields bound to the columns of a data file, which fit them as far as the file says before its rows are read. */
public final class Selection implements SelectionResult {
    private final Table table;
    private final List<Binding> bindings;

    Selection(Table table, List<Binding> bindings) {
        this.table = table;
        this.bindings = List.copyOf(bindings);
    }

    /** The names of the columns that give {@code field}: those of a matrix in order, its globs expanded. */
    public List<String> columns(Field field) {
        List<String> names = new ArrayList<>();
        for (Column column : binding(field).columns()) {
            names.add(column.name());
        }
        return Collections.unmodifiableList(names);
    }

    /**
     * The axes of one row of {@code matrix}: those of its array, where there is just one that has any; else the number
     * of values side by side. A model's input must equal it, not only its product.
     */
    public List<Integer> shape(Field.Matrix matrix) {
        Binding binding = binding(matrix);
        List<Integer> ofOne = binding.columns().get(0).shape();
        return binding.columns().size() == 1 && !ofOne.isEmpty() ? ofOne : List.of(binding.width());
    }

    /** The number of rows, where the file says it. */
    public OptionalLong rowCount() {
        for (Binding binding : bindings) {
            if (binding.columns().get(0).content() instanceof Column.Values values) {
                return OptionalLong.of(values.rows());
            }
        }
        return OptionalLong.empty();
    }

    /**
     * A block for {@code capacity} rows of these fields.
     *
     * @throws ArithmeticException if one matrix would need 2 GiB or more
     */
    public RowBlock newBlock(int capacity, RowBlock.Memory memory) {
        List<Field> fields = new ArrayList<>();
        int[] widths = new int[bindings.size()];
        for (int i = 0; i < widths.length; i++) {
            fields.add(bindings.get(i).field());
            widths[i] = bindings.get(i).width();
        }
        return new RowBlock(capacity, fields, widths, memory);
    }

    /** A reader from the first row on. Any number may be open at a time. */
    public RowReader open() {
        return table.open(bindings);
    }

    private Binding binding(Field field) {
        for (Binding binding : bindings) {
            if (binding.field() == field) {
                return binding;
            }
        }
        throw new IllegalArgumentException(field.purpose() + " was not selected: ask with the very field that was");
    }
}
