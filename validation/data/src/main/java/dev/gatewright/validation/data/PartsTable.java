// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files of one format and of the same columns, which are read as one. Only one of them is open at a time. */
final class PartsTable implements Table {
    private final FileSet files;
    private final Limits limits;
    private final String noun;
    private final List<Column> columns;
    private long aboutRows;

    /** Reads what each of {@code files} says of its columns. */
    PartsTable(FileSet files, Limits limits) {
        this.files = files;
        this.limits = limits;
        try (OpenFile file = files.open(0)) {
            Table first = DataFormat.read(file, limits);
            this.noun = first.noun();
            this.columns = new ArrayList<>(first.columns());
            this.aboutRows = first.aboutRows();
        }
        for (int i = 1; i < files.count(); i++) {
            try (OpenFile file = files.open(i)) {
                Table other = DataFormat.read(file, limits);
                aboutRows += other.aboutRows();
                join(file.path(), other.columns());
            }
        }
    }

    /** Holds the columns of another file against those of the first, and adds its rows. */
    private void join(Path path, List<Column> others) {
        Map<String, Column> byName = byName(others);
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (column.name().isEmpty()) {
                continue;
            }
            Column other = byName.remove(column.name());
            if (other == null) {
                throw misfit(path, column.name(), "no such " + noun);
            }
            columns.set(i, new Column(i, column.name(), both(path, column, other)));
        }
        for (String name : byName.keySet()) {
            throw misfit(
                    path,
                    name,
                    "a " + noun + " that is not in "
                            + Quote.of(String.valueOf(files.file(0).getFileName())));
        }
    }

    private Column.Content both(Path path, Column column, Column other) {
        if (column.content() instanceof Column.Unreadable || other.content() instanceof Column.Unreadable) {
            return column.content() instanceof Column.Unreadable ? column.content() : other.content();
        }
        if (!column.shape().equals(other.shape())) {
            throw misfit(
                    path, column.name(), "rows of shape " + other.shape() + " where others have " + column.shape());
        }
        if (column.content() instanceof Column.Values values && other.content() instanceof Column.Values more) {
            if (values.type() != more.type()) {
                String found = more.type().numpyName() + " where others have "
                        + values.type().numpyName();
                throw misfit(path, column.name(), found);
            }
            return new Column.Values(values.type(), values.shape(), values.width(), values.rows() + more.rows());
        }
        return column.content() instanceof Column.Cells cells && !cells.numeric() ? cells : other.content();
    }

    private BadDataException misfit(Path path, String column, String found) {
        return new BadDataException(
                new Place(path, 0, 0, noun, column), found, "the same columns in each file of " + files.path());
    }

    private static Map<String, Column> byName(List<Column> columns) {
        Map<String, Column> byName = new HashMap<>();
        for (Column column : columns) {
            if (!column.name().isEmpty()) {
                byName.put(column.name(), column);
            }
        }
        return byName;
    }

    @Override
    public String noun() {
        return noun;
    }

    @Override
    public List<Column> columns() {
        return Collections.unmodifiableList(columns);
    }

    @Override
    public long aboutRows() {
        return aboutRows;
    }

    @Override
    public RowReader open(List<Binding> bindings) {
        return new PartsReader(files, bindings, limits);
    }

    /** {@code bindings} to the columns of the same names that {@code table} has. */
    static List<Binding> bind(List<Binding> bindings, Table table) {
        Map<String, Column> byName = byName(table.columns());
        List<Binding> bound = new ArrayList<>();
        for (Binding binding : bindings) {
            List<Column> columns = new ArrayList<>();
            for (Column column : binding.columns()) {
                columns.add(byName.get(column.name()));
            }
            bound.add(new Binding(binding.field(), columns));
        }
        return bound;
    }
}
