// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.Quote;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A row of text cells, cut but not yet read: each cell is a range of UTF-8 bytes, valid and without quoting. A format
 * refills the same row again and again.
 */
public final class CellRow {
    private final Path file;
    private final Style style;
    private final CellNames names;
    private byte[] bytes = {};
    private int[] from = {};
    private int[] to = {};
    private int first;
    private long number;
    private long line;

    /** How a format writes cells. */
    public enum Style {
        /** Each is its text. */
        PLAIN("column", "an empty cell"),
        /** Texts stand in quotes, which tell them from numbers, and no bytes are {@code null}. */
        JSON("key", "null");

        private final String noun;
        private final String nothing;

        Style(String noun, String nothing) {
            this.noun = noun;
            this.nothing = nothing;
        }

        /** What the format calls a column. */
        public String noun() {
            return noun;
        }
    }

    /** A row of {@code file}, whose cells messages call by {@code names}. */
    public CellRow(Path file, Style style, CellNames names) {
        this.file = file;
        this.style = style;
        this.names = names;
    }

    /**
     * Makes it the row {@code number}, from 1, of {@code line}: its first cell is {@code bytes[from[first]]} to before
     * {@code to[first]}, and the others follow.
     */
    public void set(byte[] bytes, int[] from, int[] to, int first, long number, long line) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.first = first;
        this.number = number;
        this.line = line;
    }

    /** What the column of this row's cell holds, as far as one row tells. */
    public Column.Cells content(int column) {
        boolean numeric = isMissing(column) || !Double.isNaN(looseNumber(column));
        return new Column.Cells(numeric, found(column), List.of());
    }

    byte[] bytes() {
        return bytes;
    }

    int from(int column) {
        return from[first + column];
    }

    int to(int column) {
        return to[first + column];
    }

    /** Whether the cell is text, where that can be told from numbers. */
    boolean isText(int column) {
        return style == Style.PLAIN || isQuoted(column);
    }

    /** Where the cell's text begins. */
    int textFrom(int column) {
        return isQuoted(column) ? from(column) + 1 : from(column);
    }

    /** Where the cell's text ends. */
    int textTo(int column) {
        return isQuoted(column) ? to(column) - 1 : to(column);
    }

    String text(int column) {
        int start = textFrom(column);
        return new String(bytes, start, textTo(column) - start, StandardCharsets.UTF_8);
    }

    private boolean isQuoted(int column) {
        return style == Style.JSON && from(column) < to(column) && bytes[from(column)] == '"';
    }

    boolean isEmpty(int column) {
        return from(column) == to(column);
    }

    /** Whether the cell says that its value is missing: it is empty, or {@code nan} in any case. */
    boolean isMissing(int column) {
        return isEmpty(column) || (length(column) == 3 && text(column).equalsIgnoreCase("nan"));
    }

    /** The cell's text without the spaces and tabs around it. */
    String trimmed(int column) {
        int start = from(column);
        int end = to(column);
        while (start < end && isSpace(bytes[start])) {
            start++;
        }
        while (end > start && isSpace(bytes[end - 1])) {
            end--;
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /**
     * The number of a cell that is not written as most are: with spaces around it, or as {@code true} or {@code false} in
     * any case, which count as 1 and 0. NaN if it is no number.
     */
    double looseNumber(int column) {
        String text = trimmed(column);
        if (isTruth(text)) {
            return truth(text);
        }
        byte[] digits = text.getBytes(StandardCharsets.UTF_8);
        return Decimal.parse(digits, 0, digits.length);
    }

    static boolean isTruth(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    static int truth(String text) {
        return text.equalsIgnoreCase("true") ? 1 : 0;
    }

    BadDataException bad(int column, String expected) {
        return new BadDataException(place(column), found(column), expected);
    }

    Place place(int column) {
        return new Place(file, number, line, style.noun(), names.column(column));
    }

    String found(int column) {
        return isEmpty(column)
                ? style.nothing + names.position(column)
                : Quote.of(bytes, from(column), to(column)) + names.position(column);
    }

    private int length(int column) {
        return to(column) - from(column);
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\t';
    }
}
