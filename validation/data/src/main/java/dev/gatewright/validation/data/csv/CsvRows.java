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
    private final CutAhead ahead;
    private final List<String> header;
    private final CellRow row;
    private Records records = new Records(1); // the header alone, whose names messages of the next ones need
    private int current;

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
        this.ahead = new CutAhead(cutter);
        this.row = new CellRow(path, CellRow.Style.PLAIN, header::get);
    }

    /** The names of the columns; empty for one without. */
    List<String> names() {
        return header;
    }

    @Override
    public void close() {
        ahead.close();
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
        if (!advance()) {
            return false;
        }
        if (records.isBlank(current)) {
            endAfterBlankLines();
            return false;
        }
        int cells = records.cells(current);
        if (cells != header.size()) {
            throw new BadDataException(
                    new Place(path, records.row(current), records.line(current), "", ""),
                    cells + (cells == 1 ? " cell" : " cells"),
                    header.size() + " as in the header");
        }
        records.show(current, row);
        return true;
    }

    /** Makes the next record the current one; false at the end of the file. */
    private boolean advance() {
        current++;
        while (current >= records.count()) {
            if (records.isLast()) {
                return false;
            }
            records = ahead.next();
            current = 0;
        }
        return true;
    }

    private void endAfterBlankLines() {
        long line = records.line(current);
        while (advance()) {
            if (!records.isBlank(current)) {
                throw new BadDataException(lineOnly(line), "a blank line", "a row, since other rows follow");
            }
        }
    }

    private List<String> header() {
        cutter.cut(records);
        if ((records.count() == 0 && records.isLast()) || records.isBlank(0)) {
            throw new BadDataException(lineOnly(1), "no header", "the columns' names in the first line");
        }
        List<String> names = new ArrayList<>(records.cells(0));
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < records.cells(0); i++) {
            int from = records.from(0, i);
            String name = new String(records.bytes(), from, records.to(0, i) - from, StandardCharsets.UTF_8);
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
