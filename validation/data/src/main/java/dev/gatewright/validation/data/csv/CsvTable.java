// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.csv;

import dev.gatewright.validation.data.cells.CellReader;
import dev.gatewright.validation.data.format.Binding;
import dev.gatewright.validation.data.format.Table;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.data.text.TextFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A file of values with a separator between them: UTF-8, a header, cells quoted where they need be (RFC 4180). A line ends
 * with LF or CRLF, also both in one file.
 */
public final class CsvTable implements Table {
    private final TextFile file;
    private final Separator separator;
    private final Limits limits;
    private final List<Column> columns;

    /** Reads the header of {@code file}, and the first row, if there is one, to see what the columns hold. */
    public CsvTable(TextFile file, Separator separator, Limits limits) {
        this.file = file;
        this.separator = separator;
        this.limits = limits;
        List<Column> found = new ArrayList<>();
        try (CsvRows rows = new CsvRows(file, separator, limits)) {
            boolean isEmpty = !rows.next();
            for (String name : rows.names()) {
                int index = found.size();
                Column.Cells content = isEmpty
                        ? new Column.Cells(true, "no row", List.of())
                        : rows.row().content(index);
                found.add(new Column(index, name, content));
            }
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
    public long aboutRows() {
        int header = 1;
        return Math.max(0, file.aboutLines() - header);
    }

    @Override
    public RowReader open(List<Binding> bindings) {
        return new CellReader(new CsvRows(file, separator, limits), bindings, limits);
    }
}
