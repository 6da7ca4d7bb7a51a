// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.jsonl;

import dev.gatewright.validation.data.cells.CellReader;
import dev.gatewright.validation.data.cells.CellRow;
import dev.gatewright.validation.data.format.Binding;
import dev.gatewright.validation.data.format.Table;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.data.text.TextFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A file of JSON Lines: an object a line, of the same keys, whose values are single ones or arrays of one shape. */
public final class JsonTable implements Table {
    private final TextFile file;
    private final Limits limits;
    private final List<Column> columns;

    /** Reads the first line of {@code file}. */
    public JsonTable(TextFile file, Limits limits) {
        this.file = file;
        this.limits = limits;
        try (JsonLines lines = new JsonLines(file, limits)) {
            if (!lines.next()) {
                throw new BadDataException(Place.of(file.path()), "no rows", "a JSON object in each line");
            }
            this.columns = Collections.unmodifiableList(JsonColumns.of(lines, limits));
        }
    }

    @Override
    public String noun() {
        return CellRow.Style.JSON.noun();
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public long aboutRows() {
        return file.aboutLines();
    }

    @Override
    public RowReader open(List<Binding> bindings) {
        List<Column> selected = new ArrayList<>();
        for (Binding binding : bindings) {
            selected.addAll(binding.columns());
        }
        JsonLines lines = new JsonLines(file, limits);
        try {
            return new CellReader(new JsonRows(lines, file.path(), columns, selected, limits), bindings, limits);
        } catch (Throwable e) {
            lines.close();
            throw e;
        }
    }
}
