// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.csv;

import dev.gatewright.validation.data.cells.CellRow;
import dev.gatewright.validation.data.cells.CellSource;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.text.TextFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of a CSV file, each with as many cells as the header. */
final class CsvRows implements CellSource {
    private final Path path;
    private final CsvCutter cutter;
    private final List<String> header;
    private final CellRow row;

    /** Reads the header of {@code file}; the first row is next. */
    CsvRows(TextFile file, Separator separator, Limits limits) {
        this.path = file.path();
        this.cutter = new CsvCutter(file, separator, limits);
        try {
            this.header = header();
        } catch (Throwable e) {
            cutter.close();
            throw e;
        }
        cutter.name(header);
        this.row = new CellRow(path, CellRow.Style.PLAIN, header::get);
    }

    /** The names of the columns; empty for one without. */
    List<String> names() {
        return header;
    }

    @Override
    public void close() {
        cutter.close();
    }

    @Override
    public int firstCell(Column column) {
        return column.index();
    }

    @Override
    public CellRow row() {
        return row;
    }

    @Override
    public boolean next() {
        if (!cutter.next()) {
            return false;
        }
        if (cutter.isBlank()) {
            endAfterBlankLines();
            return false;
        }
        if (cutter.cells() != header.size()) {
            throw cutter.bad(
                    cutter.cells() + (cutter.cells() == 1 ? " cell" : " cells"), header.size() + " as in the header");
        }
        row.set(cutter.bytes(), cutter.from(), cutter.to(), cutter.row(), cutter.line());
        return true;
    }

    private void endAfterBlankLines() {
        long line = cutter.line();
        while (cutter.next()) {
            if (!cutter.isBlank()) {
                throw new BadDataException(lineOnly(line), "a blank line", "a row, since other rows follow");
            }
        }
    }

    private List<String> header() {
        if (!cutter.next() || cutter.isBlank()) {
            throw new BadDataException(lineOnly(1), "no header", "the columns' names in the first line");
        }
        List<String> names = new ArrayList<>(cutter.cells());
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < cutter.cells(); i++) {
            int from = cutter.from()[i];
            String name = new String(cutter.bytes(), from, cutter.to()[i] - from, StandardCharsets.UTF_8);
            Integer before = name.isEmpty() ? null : positions.put(name, i + 1);
            if (before != null) {
                throw new BadDataException(
                        new Place(path, 0, 1, "column", name),
                        "this name for columns " + before + " and " + (i + 1),
                        "a name of its own for every column");
            }
            names.add(name);
        }
        return Collections.unmodifiableList(names);
    }

    private Place lineOnly(long line) {
        return new Place(path, 0, line, "", "");
    }
}
