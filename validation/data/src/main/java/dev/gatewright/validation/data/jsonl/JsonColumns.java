// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.jsonl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Quote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the first line says of the columns: their keys, and the axes of those that are arrays. */
final class JsonColumns {
    private static final int MOST_AXES = 8;
    private static final int MOST_VALUES =
            1 << 20; // of one array: numbers that large are better kept in another format

    private final JsonLines lines;
    private final JsonParser parser;
    private boolean numeric;
    private String sample = "";

    private JsonColumns(JsonLines lines) {
        this.lines = lines;
        this.parser = lines.parser();
    }

    /** The columns by the line that {@code lines} stand at. */
    static List<Column> of(JsonLines lines, Limits limits) {
        try {
            return new JsonColumns(lines).read(limits);
        } catch (JsonProcessingException e) {
            throw lines.bad(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Column> read(Limits limits) throws IOException {
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        JsonRows.begin(lines, parser);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (!names.add(name)) {
                throw lines.bad(name, "this key twice", "each key once");
            }
            if (columns.size() == limits.columns()) {
                throw lines.bad("", "more than " + limits.columns() + " keys", "at most as many");
            }
            parser.nextToken();
            columns.add(new Column(columns.size(), name, content()));
        }
        JsonRows.end(lines, parser);
        return columns;
    }

    private Column.Content content() throws IOException {
        numeric = true;
        sample = "";
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            parser.skipChildren();
            return new Column.Unreadable("objects", "write each of their values under a key of its own");
        }
        List<Integer> shape = new ArrayList<>();
        if (!measure(shape, 0)) {
            return new Column.Unreadable(
                    "arrays whose parts differ in length, or that are empty, or hold objects",
                    "write arrays of one shape, or each value under a key of its own");
        }
        long values = 1;
        for (int length : shape) {
            values *= length;
            if (values > MOST_VALUES) {
                return new Column.Unreadable("arrays of more than " + MOST_VALUES + " values", "save them as NPZ");
            }
        }
        return new Column.Cells(numeric, sample, shape);
    }

    /** Notes the axes from {@code axis} on of the value here, the first time that they are met; false if they differ. */
    private boolean measure(List<Integer> shape, int axis) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT || axis > MOST_AXES) {
            parser.skipChildren();
            return false;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            note();
            return axis == shape.size();
        }
        boolean isFirst = axis == shape.size() && sample.isEmpty();
        if (isFirst) {
            shape.add(0);
        }
        boolean isEven = axis < shape.size();
        int length = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            isEven &= measure(shape, axis + 1);
            length++;
        }
        if (isFirst) {
            shape.set(axis, length);
        }
        return isEven && length > 0 && shape.get(axis) == length;
    }

    private void note() throws IOException {
        JsonToken token = parser.currentToken();
        numeric &= token != JsonToken.VALUE_STRING;
        if (sample.isEmpty()) {
            String text = token == JsonToken.VALUE_STRING ? '"' + parser.getText() + '"' : parser.getText();
            sample = token == JsonToken.VALUE_NULL ? "null" : Quote.of(text);
        }
    }
}
