// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import dev.gatewright.validation.data.format.Binding;
import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Reads the selected columns of a file side by side, each once, however many fields take from it. */
final class ParquetReader implements RowReader {
    private static final int PAGES = 4; // largest rows that the pages of all columns may take together

    private final Map<Integer, ColumnRows> columns = new TreeMap<>();
    private final List<CategoryTaker> categories = new ArrayList<>();
    private final long rows;
    private long next;

    /** A reader of {@code bindings} to the columns {@code all} of the file that {@code footer} describes. */
    ParquetReader(OpenFile file, Footer footer, List<ParquetColumn> all, List<Binding> bindings, Limits limits) {
        Map<ElementType, Batch> batches = new EnumMap<>(ElementType.class); // columns are read one after the other
        Memory memory = new Memory((long) PAGES * limits.rowBytes());
        for (Binding binding : bindings) {
            int fieldWidth = binding.width();
            int offset = 0;
            for (Column column : binding.columns()) {
                ColumnRows rows = columns.computeIfAbsent(column.index(), index -> {
                    Leaf leaf = Objects.requireNonNull(all.get(index).leaf());
                    int entries = ((Column.Values) column.content()).width();
                    Batch batch = batches.computeIfAbsent(leaf.type(), type -> new Batch(leaf));
                    Pages pages = new Pages(file, leaf, footer.groups(), limits, memory);
                    return new ColumnRows(
                            Place.column(file.path(), column.name()), leaf, entries, pages, batch, limits);
                });
                rows.add(taker(binding.field(), fieldWidth, rows, offset, limits));
                offset += rows.width();
            }
        }
        rows = footer.rows();
    }

    private Taker taker(Field field, int fieldWidth, ColumnRows rows, int offset, Limits limits) {
        if (field instanceof Field.Matrix matrix) {
            return rows.isText()
                    ? new TextTaker(matrix, fieldWidth, offset, rows)
                    : new NumberTaker(matrix, fieldWidth, offset, rows);
        }
        if (field instanceof Field.ClassLabel label) {
            return new LabelTaker(label, rows);
        }
        if (field instanceof Field.Category category) {
            CategoryTaker taker = new CategoryTaker(category, rows, limits);
            categories.add(taker);
            return taker;
        }
        return new ScalarTaker((Field.Scalar) field, rows);
    }

    @Override
    public int read(RowBlock block) {
        int count = (int) Math.min(block.capacity(), rows - next);
        for (ColumnRows column : columns.values()) {
            column.read(block, next + 1, count);
        }
        block.filled(next + 1, count);
        next += count;
        return count;
    }

    @Override
    public List<String> categories(Field.Category category) {
        for (CategoryTaker taker : categories) {
            if (taker.takes(category)) {
                return taker.texts();
            }
        }
        throw new IllegalArgumentException("column '" + category.column() + "' was not selected as a category");
    }

    @Override
    public void close() {
        // The file is closed by who opened it.
    }
}
