// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.jsonl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatewright.validation.data.cells.CellNames;
import dev.gatewright.validation.data.cells.CellRow;
import dev.gatewright.validation.data.cells.CellSource;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of a file: the values of the selected keys, each array as many cells side by side. */
final class JsonRows implements CellSource {
    private static final int NOT_SELECTED = -1;
    private static final int MOST_CELLS = 1 << 22;
    private static final String FLAT =
            "one JSON object a line, as pandas writes it with orient=\"records\", lines=True";

    private final JsonLines lines;
    private final List<Column> columns;
    private final Limits limits;
    private final Map<String, Integer> positions = new HashMap<>();
    private final int[] firstCells;
    private final long[] lastSeen;
    private final CellBytes cells = new CellBytes();
    private final CellRow row;

    /** Reads {@code selected} of {@code columns}, from the first of {@code lines} on. */
    JsonRows(JsonLines lines, Path path, List<Column> columns, List<Column> selected, Limits limits) {
        this.lines = lines;
        this.columns = columns;
        this.limits = limits;
        this.firstCells = new int[columns.size()];
        this.lastSeen = new long[columns.size()];
        Arrays.fill(firstCells, NOT_SELECTED);
        for (Column column : columns) {
            positions.put(column.name(), column.index());
        }
        int width = 0;
        for (Column column : selected) {
            if (firstCells[column.index()] == NOT_SELECTED) {
                firstCells[column.index()] = width;
                width = Math.addExact(width, column.width());
            }
        }
        if (width > MOST_CELLS) {
            throw new BadDataException(
                    Place.of(path), width + " values of a line selected", "at most " + MOST_CELLS, "save them as NPZ");
        }
        cells.makeRoom(width);
        this.row = new CellRow(path, CellRow.Style.JSON, new Names());
    }

    /** Steps into the object that the line must be. */
    static void begin(JsonLines lines, JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token != JsonToken.START_OBJECT) {
            throw lines.bad("", token == JsonToken.START_ARRAY ? "an array" : "a single value", FLAT);
        }
    }

    /** Sees that nothing follows the object. */
    static void end(JsonLines lines, JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw lines.bad("", "more behind the object", FLAT);
        }
        parser.close();
    }

    @Override
    public boolean next() {
        if (!lines.next()) {
            return false;
        }
        try (JsonParser parser = lines.parser()) {
            read(parser);
        } catch (JsonProcessingException e) {
            throw lines.bad(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        row.set(cells.bytes(), cells.from(), cells.to(), 0, lines.line(), lines.line());
        return true;
    }

    private void read(JsonParser parser) throws IOException {
        cells.clear();
        begin(lines, parser);
        int seen = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int position = position(parser.currentName(), seen);
            if (lastSeen[position] == lines.line()) {
                throw lines.bad(parser.currentName(), "this key twice", "each key once");
            }
            lastSeen[position] = lines.line();
            parser.nextToken();
            if (firstCells[position] == NOT_SELECTED) {
                parser.skipChildren();
            } else {
                put(parser, columns.get(position), 0, firstCells[position]);
            }
            seen++;
        }
        if (seen < columns.size()) {
            throw missing();
        }
        end(lines, parser);
    }

    /** The position of {@code key}; in most files keys come in the same order in each line. */
    private int position(String key, int expected) {
        if (expected < columns.size() && columns.get(expected).name().equals(key)) {
            return expected;
        }
        Integer position = positions.get(key);
        if (position == null) {
            throw lines.bad(key, "a key that the first line does not have", "the same keys in each line");
        }
        return position;
    }

    private RuntimeException missing() {
        for (Column column : columns) {
            if (lastSeen[column.index()] != lines.line()) {
                return lines.bad(
                        column.name(), "no such key", "the same keys in each line, with null where a value is missing");
            }
        }
        throw new IllegalStateException("a key is missing that was seen");
    }

    /** Puts the value here, which lies {@code axis} arrays deep, into the cells from {@code cell} on. Gives the next one. */
    private int put(JsonParser parser, Column column, int axis, int cell) throws IOException {
        boolean isArray = parser.currentToken() == JsonToken.START_ARRAY;
        if (isArray != axis < column.shape().size() || parser.currentToken() == JsonToken.START_OBJECT) {
            throw shape(column);
        }
        if (!isArray) {
            if (!cells.put(cell, parser)) {
                throw lines.bad(column.name(), "an escape that is half a character", "whole characters");
            }
            int quotes = 2;
            if (cells.length(cell) > limits.cellBytes() + quotes) {
                throw lines.bad(column.name(), "a text of more than " + limits.cellBytes() + " bytes", "a shorter one");
            }
            return cell + 1;
        }
        int next = cell;
        int length = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (length++ == column.shape().get(axis)) {
                throw shape(column);
            }
            next = put(parser, column, axis + 1, next);
        }
        if (length < column.shape().get(axis)) {
            throw shape(column);
        }
        return next;
    }

    private RuntimeException shape(Column column) {
        List<Integer> shape = column.shape();
        return lines.bad(
                column.name(),
                shape.isEmpty() ? "an array or an object" : "something else than an array of shape " + shape,
                (shape.isEmpty() ? "a single value" : "an array of that shape") + ", as in the first line");
    }

    @Override
    public int firstCell(Column column) {
        return firstCells[column.index()];
    }

    @Override
    public CellRow row() {
        return row;
    }

    @Override
    public void close() {
        lines.close();
    }

    /** Found by going through the columns, which only messages do. */
    private final class Names implements CellNames {
        @Override
        public String column(int cell) {
            return of(cell).name();
        }

        @Override
        public String position(int cell) {
            Column column = of(cell);
            int position = cell - firstCells[column.index()] + 1;
            return column.shape().isEmpty() ? "" : " (value " + position + " of " + column.width() + ")";
        }

        private Column of(int cell) {
            for (Column column : columns) {
                int first = firstCells[column.index()];
                if (first != NOT_SELECTED && cell >= first && cell < first + column.width()) {
                    return column;
                }
            }
            throw new IllegalArgumentException("no column has cell " + cell);
        }
    }
}
