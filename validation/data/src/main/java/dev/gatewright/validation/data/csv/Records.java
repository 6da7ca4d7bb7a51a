// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.csv;

import dev.gatewright.validation.data.cells.CellRow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some records that follow each other, cut into ranges of bytes: filled by a {@link CsvCutter}, then read, then filled
 * again. What the cutter came upon behind them belongs to them as well.
 */
final class Records {
    private static final int USUAL_CELLS = 64;

    private final int enoughCells;
    private byte[] bytes = {};
    private int[] from = new int[USUAL_CELLS];
    private int[] to = new int[USUAL_CELLS];
    private int cells;
    private int open; // the first cell of the record being cut
    private int[] ends = new int[USUAL_CELLS]; // of each record among the cells
    private long[] lines = new long[USUAL_CELLS]; // on which each record begins
    private int count;
    private long rowBefore;
    private boolean last;
    private @Nullable RuntimeException failure;

    /** Room for records of {@code enoughCells} cells together, and for the rest of the record that reaches them. */
    Records(int enoughCells) {
        this.enoughCells = enoughCells;
    }

    /** Forgets what is here: the first record to come is the one after row {@code rowBefore}. */
    void clear(long rowBefore) {
        this.rowBefore = rowBefore;
        cells = 0;
        open = 0;
        count = 0;
        last = false;
        failure = null;
    }

    /** Keeps a cell of the record being cut. */
    void keep(int start, int end) {
        if (cells == from.length) {
            from = Arrays.copyOf(from, 2 * cells);
            to = Arrays.copyOf(to, 2 * cells);
        }
        from[cells] = start;
        to[cells] = end;
        cells++;
    }

    /** The number of cells of the record being cut. */
    int openCells() {
        return cells - open;
    }

    /** Forgets the cells of the record being cut but for the first {@code kept}. */
    void dropOpenCells(int kept) {
        cells = open + kept;
    }

    /** Makes the cells kept since the last record one that begins on {@code line}; all are ranges of {@code bytes}. */
    void endRecord(byte[] bytes, long line) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
            lines = Arrays.copyOf(lines, 2 * count);
        }
        this.bytes = bytes;
        ends[count] = cells;
        lines[count] = line;
        count++;
        open = cells;
    }

    /** Says that no record follows these. */
    void endFile() {
        last = true;
    }

    /** Says what stands in the place of the record behind these. */
    void fail(RuntimeException failure) {
        this.failure = failure;
    }

    boolean isFull() {
        return cells >= enoughCells;
    }

    /** Whether no record follows these; throws what stands in its place. */
    boolean isLast() {
        if (failure != null) {
            throw failure;
        }
        return last;
    }

    /** Whether nothing is left to cut behind these. */
    boolean isEnd() {
        return last || failure != null;
    }

    /** The number of records. */
    int count() {
        return count;
    }

    /** The number of cells of record {@code i}, from 0. */
    int cells(int i) {
        return ends[i] - firstCell(i);
    }

    /** Where cell {@code cell} of record {@code i} begins. */
    int from(int i, int cell) {
        return from[firstCell(i) + cell];
    }

    /** Where it ends. */
    int to(int i, int cell) {
        return to[firstCell(i) + cell];
    }

    /** Lets cell {@code cell} of the last record end at {@code end}. */
    void shorten(int cell, int end) {
        to[firstCell(count - 1) + cell] = end;
    }

    /** The bytes that the cells are ranges of. */
    byte[] bytes() {
        return bytes;
    }

    /** The number of record {@code i}'s row, from 1; 0 of the header. */
    long row(int i) {
        return rowBefore + 1 + i;
    }

    /** The line on which record {@code i} begins, from 1. */
    long line(int i) {
        return lines[i];
    }

    /** Whether record {@code i} is an empty line. */
    boolean isBlank(int i) {
        // A quoted empty cell is none: its range begins at the closing quote.
        return cells(i) == 1 && from(i, 0) == to(i, 0) && bytes[from(i, 0)] != '"';
    }

    /** Makes {@code row} that of record {@code i}. */
    void show(int i, CellRow row) {
        row.set(bytes, from, to, firstCell(i), row(i), lines[i]);
    }

    private int firstCell(int i) {
        return i == 0 ? 0 : ends[i - 1];
    }
}
