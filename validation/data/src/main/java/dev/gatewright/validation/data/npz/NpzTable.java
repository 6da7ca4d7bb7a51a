// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.format.Binding;
import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.format.Table;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.RowReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An archive of numpy arrays, each a column whose first axis are the rows. */
public final class NpzTable implements Table {
    private final OpenFile file;
    private final Limits limits;
    private final List<NpzArray> arrays = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();

    /** Reads the directory of {@code file} and the header of each of its arrays. */
    public NpzTable(OpenFile file, Limits limits) {
        this.file = file;
        this.limits = limits;
        for (ZipEntry entry : ZipDirectory.read(file, limits)) {
            NpzArray array = NpzArray.read(file, entry, limits);
            columns.add(new Column(columns.size(), array.name(), array.content()));
            arrays.add(array);
        }
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
        return aboutRows(columns);
    }

    /** The rows of the first of {@code columns} that can be read. */
    static long aboutRows(List<Column> columns) {
        for (Column column : columns) {
            if (column.content() instanceof Column.Values values) {
                return values.rows();
            }
        }
        return 0;
    }

    @Override
    public RowReader open(List<Binding> bindings) {
        return new NpzReader(file.path(), arrays, bindings, limits);
    }
}
