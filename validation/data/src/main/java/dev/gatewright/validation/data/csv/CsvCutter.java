// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.csv;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.text.RowWindow;
import dev.gatewright.validation.data.text.TextBytes;
import dev.gatewright.validation.data.text.TextFile;
import dev.gatewright.validation.data.text.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts the records of a CSV file, the header first, into ranges of bytes. A record of which the window holds only the
 * begin is cut again when more has been read, so that no state is carried from one window to the next.
 */
final class CsvCutter implements AutoCloseable {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EIGHT_MINUSES = 0x2D2D2D2D2D2D2D2DL;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int INCOMPLETE = -1;
    private static final int USUAL_CELLS = 64;
    private static final String UTF_8 = "text in UTF-8";

    private final Path path;
    private final Separator separator;
    private final byte separatorByte;
    private final TextBytes text;
    private final RowWindow window;
    private final Limits limits;

    private List<String> names = List.of();
    private int[] from;
    private int[] to;
    private int cells;
    private int cellStart;
    private int lineEndsInside;
    private boolean quotesInside; // doubled ones, in cells whose ends are kept as complements until they are undone
    private long row = -1;
    private long line;
    private long nextLine = 1;

    /** Cuts {@code file} from its begin on, into cells with a {@code separator} between them. */
    CsvCutter(TextFile file, Separator separator, Limits limits) {
        this.path = file.path();
        this.separator = separator;
        this.separatorByte = separator.character();
        this.limits = limits;
        this.from = new int[Math.min(USUAL_CELLS, limits.columns())];
        this.to = new int[from.length];
        this.text = file.open();
        this.window = new RowWindow(text, limits.rowBytes());
        window.more();
        window.moveTo(Utf8.markLength(window.bytes(), window.limit()));
    }

    /** Says how the columns are called in messages. */
    void name(List<String> columns) {
        names = columns;
    }

    /** Cuts the next record; false at the end of the file. */
    boolean next() {
        row++;
        line = nextLine;
        int end = cut();
        while (end == INCOMPLETE) {
            boolean none = window.position() == window.limit();
            checkOpenCell();
            if (!window.more()) {
                if (none) {
                    return false;
                }
                throw badCell("a quote that is never closed", "a closing quote before the end of the file");
            }
            end = cut();
        }
        checkRow(end);
        window.moveTo(end);
        nextLine = line + lineEndsInside + 1;
        if (quotesInside) {
            undoDoubledQuotes();
        }
        return true;
    }

    /** The bytes that the cells are ranges of. */
    byte[] bytes() {
        return window.bytes();
    }

    /** Where each cell begins. */
    int[] from() {
        return from;
    }

    /** Where each cell ends. */
    int[] to() {
        return to;
    }

    /** The number of cells. */
    int cells() {
        return cells;
    }

    /** The number of the row, from 1; 0 of the header. */
    long row() {
        return row;
    }

    /** The line on which the record begins, from 1. */
    long line() {
        return line;
    }

    /** Whether the record is an empty line. */
    boolean isBlank() {
        // A quoted empty cell is none: its range begins at the closing quote.
        return cells == 1 && from[0] == to[0] && window.bytes()[from[0]] != '"';
    }

    /** What is wrong with this record as a whole. */
    BadDataException bad(String found, String expected) {
        return new BadDataException(new Place(path, row, line, "", ""), found, expected);
    }

    @Override
    public void close() {
        text.close();
    }

    private int cut() {
        byte[] bytes = window.bytes();
        int limit = window.limit();
        int at = window.position();
        cells = 0;
        lineEndsInside = 0;
        quotesInside = false;
        while (true) {
            cellStart = at;
            at = bytes[at] == '"' ? quoted(bytes, at + 1, limit) : plain(bytes, at, limit);
            if (at == INCOMPLETE || at == limit) {
                return INCOMPLETE;
            }
            if (bytes[at] == '\n') {
                return at + 1;
            }
            if (bytes[at] != separatorByte) {
                return lineEnd(bytes, at, limit);
            }
            at++;
        }
    }

    /** Keeps the unquoted cell that begins at {@code start}. Gives the position behind it. */
    private int plain(byte[] bytes, int start, int limit) {
        int at = start;
        while (true) {
            // Of what numbers and words are made of only the plus is below the minus. The lowest high bit of the stops
            // is that of the first byte which is below the minus or beyond ASCII.
            long word = (long) WORDS.get(bytes, at);
            long stops = ((word - EIGHT_MINUSES) | word) & HIGH_BITS;
            if (stops == 0) {
                at += Long.BYTES;
                continue;
            }
            at += Long.numberOfTrailingZeros(stops) >>> 3;
            byte stop = bytes[at];
            if (stop == separatorByte || stop == '\n' || stop == '\r') {
                keep(start, at);
                return at;
            }
            if (at >= limit) {
                return INCOMPLETE;
            }
            if (stop == '"') {
                throw badCell(
                        "a quote inside an unquoted cell", "quotes around the whole cell, and those in it doubled");
            }
            at += characterLength(bytes, at, limit);
        }
    }

    /** Keeps the cell whose contents begin at {@code start}, behind a quote. Gives the position behind the closing one. */
    private int quoted(byte[] bytes, int start, int limit) {
        boolean doubled = false;
        int at = start;
        while (at < limit) {
            byte character = bytes[at];
            if (character != '"') {
                if (character == '\n') {
                    lineEndsInside++;
                }
                at += character > 0 ? 1 : characterLength(bytes, at, limit);
            } else if (at + 1 == limit) {
                return INCOMPLETE;
            } else if (bytes[at + 1] == '"') {
                doubled = true;
                at += 2;
            } else {
                quotesInside |= doubled;
                keep(start, doubled ? ~at : at);
                return at + 1;
            }
        }
        return INCOMPLETE;
    }

    /** The position behind the line end at {@code at}, where a cell has ended with neither a separator nor a line feed. */
    private int lineEnd(byte[] bytes, int at, int limit) {
        if (at + 1 == limit) {
            return INCOMPLETE;
        }
        if (bytes[at] == '\r' && bytes[at + 1] == '\n') {
            return at + 2;
        }
        cells--; // the cell that was kept is the one to blame
        if (bytes[at] == '\r') {
            throw badCell("a carriage return without a line feed", "a line feed after it, or quotes around the cell");
        }
        throw badCell("text after a closing quote", "a " + separator.noun() + " or the end of the line");
    }

    /** The length of the character at {@code at}; up to the limit where only the character's begin is there. */
    private int characterLength(byte[] bytes, int at, int limit) {
        if (bytes[at] == 0) {
            throw badCell("a NUL byte", UTF_8);
        }
        int length = Utf8.length(bytes, at, limit);
        if (length == 0) {
            if (limit - at < Utf8.LONGEST && !window.isEnded()) {
                return limit - at;
            }
            throw badCell("the byte 0x" + Integer.toHexString(bytes[at] & 0xFF) + ", which is not UTF-8", UTF_8);
        }
        return length;
    }

    private void keep(int start, int end) {
        if ((end < 0 ? ~end : end) - start > limits.cellBytes()) {
            throw tooLongCell();
        }
        if (cells == from.length) {
            grow();
        }
        from[cells] = start;
        to[cells] = end;
        cells++;
    }

    private void grow() {
        if (cells >= limits.columns()) {
            throw bad("more than " + cells + " cells", "at most " + limits.columns());
        }
        from = Arrays.copyOf(from, Math.min(2 * cells, limits.columns()));
        to = Arrays.copyOf(to, from.length);
    }

    /** Makes the doubled quotes of this record's cells single ones, in place: the record will not be cut again. */
    private void undoDoubledQuotes() {
        byte[] bytes = window.bytes();
        for (int i = 0; i < cells; i++) {
            if (to[i] < 0) {
                int end = ~to[i];
                int kept = from[i];
                for (int at = from[i]; at < end; at += bytes[at] == '"' ? 2 : 1) {
                    bytes[kept++] = bytes[at];
                }
                to[i] = kept;
            }
        }
    }

    private void checkOpenCell() {
        checkRow(window.limit());
        int quotes = 2;
        if (window.limit() - cellStart > limits.cellBytes() + quotes) {
            throw tooLongCell();
        }
    }

    private void checkRow(int end) {
        if (end - window.position() > limits.rowBytes()) {
            throw bad(
                    "a row of more than " + limits.rowBytes() + " bytes, or a quote that is never closed",
                    "a shorter row");
        }
    }

    private BadDataException tooLongCell() {
        return badCell(
                "a cell of more than " + limits.cellBytes() + " bytes, or a quote that is never closed",
                "a shorter cell");
    }

    /** What is wrong with the cell being cut. */
    private BadDataException badCell(String found, String expected) {
        String name = cells < names.size() ? names.get(cells) : "";
        return new BadDataException(new Place(path, row, line, "column", name), found, expected);
    }
}
