// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.format.Binding;
import dev.gatewright.validation.data.format.FileSet;
import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.format.Table;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.Quote;
import dev.gatewright.validation.data.rows.RowReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Files of one numpy array each, which are the columns, named as the files are. */
public final class NpyTable implements Table {
    private static final int EXTENSION = ".npy".length();

    private final Path path;
    private final Limits limits;
    private final List<NpzArray> arrays = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();

    /** Reads the header of {@code file}. */
    public NpyTable(OpenFile file, Limits limits) {
        this.path = file.path();
        this.limits = limits;
        add(file.path(), () -> new StoredBytes(file, false));
    }

    /** Reads the header of each of {@code files}. */
    public NpyTable(FileSet files, Limits limits) {
        this.path = files.path();
        this.limits = limits;
        Set<String> names = new HashSet<>();
        for (int i = 0; i < files.count(); i++) {
            int index = i;
            add(files.file(i), () -> new StoredBytes(files.open(index), true));
            String name = columns.get(i).name();
            if (!names.add(name)) {
                throw new BadDataException(Place.of(path), "two arrays " + Quote.of(name), "names that differ");
            }
        }
    }

    private void add(Path file, ArrayBytes.Source source) {
        String name = String.valueOf(file.getFileName());
        String stem = name.substring(0, name.length() - EXTENSION);
        NpzArray array = NpzArray.read(Place.array(file, stem), source, limits);
        columns.add(new Column(columns.size(), stem, array.content()));
        arrays.add(array);
    }

    @Override
    public String noun() {
        return "array";
    }

    @Override
    public List<Column> columns() {
        return Collections.unmodifiableList(columns);
    }

    @Override
    public long aboutRows() {
        return NpzTable.aboutRows(columns);
    }

    @Override
    public RowReader open(List<Binding> bindings) {
        return new NpzReader(path, arrays, bindings, limits);
    }
}
