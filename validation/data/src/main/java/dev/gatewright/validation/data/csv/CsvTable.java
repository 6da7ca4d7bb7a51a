// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.csv;

import dev.gatewright.validation.data.cells.CellReader;
import dev.gatewright.validation.data.format.Binding;
import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.format.Table;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.RowReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A file of comma-separated values: UTF-8, a header, cells quoted where they need be (RFC 4180). A line ends with LF or
 * CRLF, also both in one file.
 */
public final class CsvTable implements Table {
    private final OpenFile file;
    private final Limits limits;
    private final List<Column> columns;

    /** Reads the header of {@code file}, and the first row, if there is one, to see what the columns hold. */
    public CsvTable(OpenFile file, Limits limits) {
        this.file = file;
        this.limits = limits;
        CsvRows rows = new CsvRows(file, limits);
        boolean isEmpty = !rows.next();
        List<Column> found = new ArrayList<>(rows.names().size());
        for (String name : rows.names()) {
            int index = found.size();
            Column.Cells content =
                    isEmpty ? new Column.Cells(true, "no row") : rows.row().content(index);
            found.add(new Column(index, name, content));
        }
        this.columns = Collections.unmodifiableList(found);
    }

    @Override
    public String noun() {
        return "column";
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public RowReader open(List<Binding> bindings) {
        return new CellReader(new CsvRows(file, limits), bindings, limits);
    }
}
