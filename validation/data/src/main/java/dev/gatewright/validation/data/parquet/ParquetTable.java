// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import dev.gatewright.validation.data.format.Binding;
import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.format.Table;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.Quote;
import dev.gatewright.validation.data.rows.RowReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A Parquet file: flat columns of numbers and text, and lists of one length, which are arrays of one axis. */
public final class ParquetTable implements Table {
    private final OpenFile file;
    private final Limits limits;
    private final Footer footer;
    private final List<ParquetColumn> parquet = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();

    /** Reads the footer of {@code file}. */
    public ParquetTable(OpenFile file, Limits limits) {
        this.file = file;
        this.limits = limits;
        this.footer = FooterReader.read(file, limits);
        Set<String> names = new HashSet<>();
        for (SchemaNode node : footer.columns()) {
            if (!node.name().isEmpty() && !names.add(node.name())) {
                throw new BadDataException(
                        Place.of(file.path()), "two columns " + Quote.of(node.name()), "names that differ");
            }
            ParquetColumn column = column(node);
            columns.add(new Column(columns.size(), node.name(), column.content()));
            parquet.add(column);
        }
    }

    private ParquetColumn column(SchemaNode node) {
        try {
            return ParquetColumn.of(node, footer.groups(), limits);
        } catch (Malformed e) {
            throw new BadDataException(Place.column(file.path(), node.name()), e.found(), e.expected());
        }
    }

    @Override
    public String noun() {
        return "column";
    }

    @Override
    public List<Column> columns() {
        return Collections.unmodifiableList(columns);
    }

    @Override
    public long aboutRows() {
        return footer.rows();
    }

    @Override
    public RowReader open(List<Binding> bindings) {
        return new ParquetReader(file, footer, parquet, bindings, limits);
    }
}
