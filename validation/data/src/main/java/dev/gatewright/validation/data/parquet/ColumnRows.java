// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.RowBlock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one column, in order, handed to all that take from it. */
final class ColumnRows {
    private final Place place;
    private final Leaf leaf;
    private final int width;
    private final Pages pages;
    private final Limits limits;
    private final Batch batch;
    private final List<Taker> takers = new ArrayList<>();
    private @Nullable Page page;
    private long firstRow = 1;

    /** The rows of the column at {@code place}, {@code width} entries each, from {@code pages} through {@code batch}. */
    ColumnRows(Place place, Leaf leaf, int width, Pages pages, Batch batch, Limits limits) {
        this.place = place;
        this.leaf = leaf;
        this.width = width;
        this.pages = pages;
        this.limits = limits;
        this.batch = batch;
    }

    /** Whether its values are text. */
    boolean isText() {
        return batch.isText();
    }

    /** Whether a row is a list, in which nothing may be missing. */
    boolean isList() {
        return leaf.repetition() > 0;
    }

    /** The number of entries of a row. */
    int width() {
        return width;
    }

    void add(Taker taker) {
        takers.add(taker);
    }

    /** Hands over the next {@code rows} rows, the first of which is row {@code firstRow} of the file. */
    void read(RowBlock block, long firstRow, int rows) {
        this.firstRow = firstRow;
        for (Taker taker : takers) {
            taker.begin(block);
        }
        int entries = Math.multiplyExact(rows, width);
        int done = 0;
        try {
            while (done < entries) {
                done = read(done, entries);
            }
        } catch (Malformed e) {
            throw new BadDataException(place(done), e.found(), e.expected());
        }
    }

    /** Hands over some entries from {@code done} on: how many are done then. */
    private int read(int done, int entries) {
        Page page = this.page;
        if (page == null || page.left() == 0) {
            page = pages.next();
            this.page = page;
        }
        int some = Math.min(Math.min(entries - done, page.left()), Batch.MOST);
        page.checkRows(batch.small, done % width, width, some);
        int end = done + some;
        int at = done;
        while (at < end) {
            int count = page.values(batch, end - at);
            if (count > 0) {
                checkTexts(count);
                for (Taker taker : takers) {
                    taker.take(batch, at);
                }
            }
            at += count;
            int missing = page.missing(end - at);
            if (missing > 0) {
                for (Taker taker : takers) {
                    taker.takeMissing(at, missing);
                }
            }
            at += missing;
        }
        return end;
    }

    private void checkTexts(int count) {
        for (int i = 0; isText() && i < count; i++) {
            int length = batch.to[i] - batch.from[i];
            if (length > limits.cellBytes()) {
                throw new Malformed("a text of " + length + " bytes", "at most " + limits.cellBytes());
            }
        }
    }

    /** {@code found} as a message tells it of entry {@code entry} of those that go into this block. */
    String found(String found, int entry) {
        return width == 1 ? found : found + " (value " + (entry % width + 1) + " of " + width + ")";
    }

    /** Where entry {@code entry} of those that go into this block stands. */
    Place place(int entry) {
        return place.at(firstRow + entry / width);
    }
}
