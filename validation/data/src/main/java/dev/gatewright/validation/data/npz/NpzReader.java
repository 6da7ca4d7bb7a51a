// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.format.Binding;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Reads the selected arrays of an archive side by side, each once, however many fields take from it. */
final class NpzReader implements RowReader {
    private static final int MOST_ARRAYS = 1024;
    private static final int LARGEST_CHUNK = 1 << 18;
    private static final int CHUNKS = 1 << 24; // of all arrays together

    private final List<ArrayRows> arrays = new ArrayList<>();
    private final List<CategoryValues> categories = new ArrayList<>();
    private final long rows;
    private long next;

    /**
     * A reader of {@code bindings}.
     *
     * @throws BadDataException if they take from more arrays than may be read side by side
     */
    NpzReader(Path path, List<NpzArray> all, List<Binding> bindings, Limits limits) {
        Map<Integer, Column.Values> selected = new TreeMap<>();
        for (Binding binding : bindings) {
            for (Column column : binding.columns()) {
                selected.put(column.index(), (Column.Values) column.content());
            }
        }
        if (selected.size() > MOST_ARRAYS) {
            throw new BadDataException(
                    Place.of(path),
                    selected.size() + " arrays selected",
                    "at most " + MOST_ARRAYS,
                    "save them side by side in one, as numpy.stack(arrays, axis=1) does");
        }
        rows = selected.values().iterator().next().rows();
        try {
            open(all, selected, bindings, limits);
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    private void open(List<NpzArray> all, Map<Integer, Column.Values> selected, List<Binding> bindings, Limits limits) {
        int chunk = Math.min(LARGEST_CHUNK, CHUNKS / selected.size());
        Map<Integer, ArrayRows> opened = new HashMap<>();
        for (Map.Entry<Integer, Column.Values> array : selected.entrySet()) {
            ArrayRows rows =
                    new ArrayRows(all.get(array.getKey()), array.getValue().width(), chunk);
            arrays.add(rows);
            opened.put(array.getKey(), rows);
        }
        for (Binding binding : bindings) {
            int offset = 0;
            for (Column column : binding.columns()) {
                ArrayRows rows = Objects.requireNonNull(opened.get(column.index()));
                rows.add(taker(binding, rows, offset, limits));
                offset += rows.width();
            }
        }
    }

    private ValueTaker taker(Binding binding, ArrayRows rows, int offset, Limits limits) {
        Field field = binding.field();
        if (field instanceof Field.Matrix matrix) {
            return rows.isText()
                    ? new TextValues(matrix, binding.width(), offset, rows)
                    : new NumberValues(matrix, binding.width(), offset, rows);
        }
        if (field instanceof Field.ClassLabel label) {
            return new LabelValues(label, rows);
        }
        if (field instanceof Field.Category category) {
            CategoryValues values = new CategoryValues(category, rows, limits);
            categories.add(values);
            return values;
        }
        return new ScalarValues((Field.Scalar) field, rows);
    }

    @Override
    public int read(RowBlock block) {
        int count = (int) Math.min(block.capacity(), rows - next);
        for (ArrayRows array : arrays) {
            array.read(block, next + 1, count);
        }
        block.filled(next + 1, count);
        next += count;
        return count;
    }

    @Override
    public List<String> categories(Field.Category category) {
        for (CategoryValues values : categories) {
            if (values.takes(category)) {
                return values.texts();
            }
        }
        throw new IllegalArgumentException("array '" + category.column() + "' was not selected as a category");
    }

    @Override
    public void close() {
        for (ArrayRows array : arrays) {
            array.close();
        }
    }
}
