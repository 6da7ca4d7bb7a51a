// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import dev.gatewright.validation.data.format.Binding;
import dev.gatewright.validation.data.format.FileSet;
import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.format.Table;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of several files, one file after the other. A block is filled across their borders. */
final class PartsReader implements RowReader {
    private final FileSet files;
    private final List<Binding> bindings;
    private final Limits limits;
    private final List<PartCategories> categories = new ArrayList<>();
    private @Nullable OpenFile file;
    private @Nullable RowReader reader;
    private int next;
    private long rows;

    PartsReader(FileSet files, List<Binding> bindings, Limits limits) {
        this.files = files;
        this.bindings = bindings;
        this.limits = limits;
        for (Binding binding : bindings) {
            if (binding.field() instanceof Field.Category category) {
                categories.add(new PartCategories(category, limits));
            }
        }
    }

    @Override
    public int read(RowBlock block) {
        int filled = 0;
        while (filled < block.capacity()) {
            RowReader current = reader == null ? openNext() : reader;
            if (current == null) {
                break;
            }
            RowBlock rest = filled == 0 ? block : block.tail(filled);
            int count = current.read(rest);
            translate(rest, current);
            if (rest != block) {
                block.take(rest, filled);
            }
            filled += count;
            if (count < rest.capacity()) {
                close();
            }
        }
        block.filled(rows + 1, filled);
        rows += filled;
        return filled;
    }

    private void translate(RowBlock block, RowReader current) {
        for (Binding binding : bindings) {
            if (binding.field() instanceof Field.Category category) {
                Place place = Place.column(files.file(next - 1), category.column());
                of(category).translate(block, current.categories(category), place);
            }
        }
    }

    private @Nullable RowReader openNext() {
        if (next == files.count()) {
            return null;
        }
        categories.forEach(PartCategories::begin);
        file = files.open(next++);
        Table table = DataFormat.read(file, limits);
        reader = table.open(PartsTable.bind(bindings, table));
        return reader;
    }

    @Override
    public List<String> categories(Field.Category category) {
        return of(category).texts();
    }

    private PartCategories of(Field.Category category) {
        for (PartCategories each : categories) {
            if (each.takes(category)) {
                return each;
            }
        }
        throw new IllegalArgumentException("'" + category.column() + "' was not selected as a category");
    }

    @Override
    public void close() {
        RowReader openReader = reader;
        OpenFile openFile = file;
        reader = null;
        file = null;
        if (openReader != null) {
            openReader.close();
        }
        if (openFile != null) {
            openFile.close();
        }
    }
}
