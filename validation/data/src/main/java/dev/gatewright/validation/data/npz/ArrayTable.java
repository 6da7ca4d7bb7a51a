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

/**
 * Numpy's arrays, each a column whose first axis are the rows: those of an archive, or files of one array each, which are
 * named as the files are.
 */
public final class ArrayTable implements Table {
    private static final int EXTENSION = ".npy".length();

    private final Path path;
    private final Limits limits;
    private final List<NpzArray> arrays;
    private final List<Column> columns = new ArrayList<>();

    private ArrayTable(Path path, List<NpzArray> arrays, Limits limits) {
        this.path = path;
        this.limits = limits;
        this.arrays = arrays;
        for (NpzArray array : arrays) {
            columns.add(new Column(columns.size(), array.name(), array.content()));
        }
    }

    /** Reads the directory of the archive {@code file} and the header of each of its arrays. */
    public static ArrayTable ofArchive(OpenFile file, Limits limits) {
        List<NpzArray> arrays = new ArrayList<>();
        for (ZipEntry entry : ZipDirectory.read(file, limits)) {
            arrays.add(NpzArray.read(file, entry, limits));
        }
        return new ArrayTable(file.path(), arrays, limits);
    }

    /** Reads the header of {@code file}, which is one array. */
    public static ArrayTable ofFile(OpenFile file, Limits limits) {
        NpzArray array = read(file.path(), () -> new StoredBytes(file, false), limits);
        return new ArrayTable(file.path(), List.of(array), limits);
    }

    /** Reads the header of each of {@code files}, which are one array each. */
    public static ArrayTable ofFiles(FileSet files, Limits limits) {
        List<NpzArray> arrays = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < files.count(); i++) {
            int index = i;
            NpzArray array = read(files.file(i), () -> new StoredBytes(files.open(index), true), limits);
            if (!names.add(array.name())) {
                throw new BadDataException(
                        Place.of(files.path()), "two arrays " + Quote.of(array.name()), "names that differ");
            }
            arrays.add(array);
        }
        return new ArrayTable(files.path(), arrays, limits);
    }

    private static NpzArray read(Path file, ArrayBytes.Source source, Limits limits) {
        String name = String.valueOf(file.getFileName());
        return NpzArray.read(Place.array(file, name.substring(0, name.length() - EXTENSION)), source, limits);
    }

    @Override
    public String noun() {
        return "array";
    }

    @Override
    public List<Column> columns() {
        return Collections.unmodifiableList(columns);
    }

    /** The rows of the first array that can be read. */
    @Override
    public long aboutRows() {
        for (Column column : columns) {
            if (column.content() instanceof Column.Values values) {
                return values.rows();
            }
        }
        return 0;
    }

    @Override
    public RowReader open(List<Binding> bindings) {
        return new NpzReader(path, arrays, bindings, limits);
    }
}
