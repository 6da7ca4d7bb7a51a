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
import java.util.List;

/**
 * Cuts the records of a CSV file, the header first, into ranges of bytes. A record of which the window holds only the
 * begin is cut again when more has been read, so that no state is carried from one window to the next; the records before
 * it are handed over first.
 */
final class CsvCutter implements AutoCloseable {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EIGHT_MINUSES = 0x2D2D2D2D2D2D2D2DL;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int INCOMPLETE = -1;
    private static final String UTF_8 = "text in UTF-8";

    private final Path path;
    private final Separator separator;
    private final byte separatorByte;
    private final TextBytes text;
    private final RowWindow window;
    private final Limits limits;

    private List<String> names = List.of();
    private Records records = new Records(0);
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
        this.text = file.open();
        this.window = new RowWindow(text, limits.rowBytes());
        window.more();
        window.moveTo(Utf8.markLength(window.bytes(), window.limit()));
    }

    /** Says how the columns are called in messages. */
    void name(List<String> columns) {
        names = columns;
    }

    /** The file's path, as it was given. */
    Path path() {
        return path;
    }

    /**
     * Cuts records until these are full, the window is used up, or the file has ended; at least one, if there is one. What
     * is wrong with the record behind them is kept in them too.
     *
     * @return {@code into}; its bytes are changed by the next but one call only, or the next one where they are more than
     *     {@link RowWindow#USUAL_BYTES}
     */
    Records cut(Records into) {
        records = into;
        records.clear(row);
        try {
            while (!records.isFull() && next()) {
                records.endRecord(window.bytes(), line);
                if (quotesInside) {
                    undoDoubledQuotes();
                }
            }
        } catch (RuntimeException e) {
            records.fail(e);
        }
        return records;
    }

    /** Cuts the next record; false at the end of the file, and where more must be read while there are records. */
    private boolean next() {
        row++;
        line = nextLine;
        int end = cut();
        if (end == INCOMPLETE && records.count() > 0) {
            row--;
            return false;
        }
        while (end == INCOMPLETE) {
            boolean none = window.position() == window.limit();
            checkOpenCell();
            if (!window.more()) {
                if (none) {
                    records.endFile();
                    return false;
                }
                throw badCell("a quote that is never closed", "a closing quote before the end of the file");
            }
            end = cut();
        }
        checkRow(end);
        window.moveTo(end);
        nextLine = line + lineEndsInside + 1;
        return true;
    }

    @Override
    public void close() {
        text.close();
    }

    private int cut() {
        byte[] bytes = window.bytes();
        int limit = window.limit();
        int at = window.position();
        records.dropOpenCells(0);
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
        records.dropOpenCells(records.openCells() - 1); // the cell that was kept is the one to blame
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
        if (records.openCells() == limits.columns()) {
            throw bad("more than " + limits.columns() + " cells", "at most " + limits.columns());
        }
        records.keep(start, end);
    }

    /** Makes the doubled quotes of this record's cells single ones, in place: the record will not be cut again. */
    private void undoDoubledQuotes() {
        byte[] bytes = window.bytes();
        int record = records.count() - 1;
        for (int i = 0; i < records.cells(record); i++) {
            if (records.to(record, i) < 0) {
                int end = ~records.to(record, i);
                int kept = records.from(record, i);
                for (int at = kept; at < end; at += bytes[at] == '"' ? 2 : 1) {
                    bytes[kept++] = bytes[at];
                }
                records.shorten(i, kept);
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

    private BadDataException bad(String found, String expected) {
        return new BadDataException(new Place(path, row, line, "", ""), found, expected);
    }

    /** What is wrong with the cell being cut. */
    private BadDataException badCell(String found, String expected) {
        int cell = records.openCells();
        String name = cell < names.size() ? names.get(cell) : "";
        return new BadDataException(new Place(path, row, line, "column", name), found, expected);
    }
}
