// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.LabelSets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How many rows have the same sets: a cell is made of the numbers of a label and one or two predictions, the label highest. */
final class SetCells {
    private final LabelSets sets;
    private final CellCounts counts;
    /** The cells in canonical order; null where rows have come since it was made. */
    private long @Nullable [] canonical;

    /** @param numbers how many numbers make a cell */
    SetCells(LabelSets sets, int numbers) {
        this(sets, new CellCounts(size(sets, numbers)));
    }

    private SetCells(LabelSets sets, CellCounts counts) {
        this.sets = sets;
        this.counts = counts;
    }

    private static long size(LabelSets sets, int numbers) {
        long size = 1;
        for (int i = 0; i < numbers; i++) {
            size = Math.multiplyExact(size, (long) sets.bound());
        }
        return size;
    }

    /** What {@link #toBytes} wrote, of the same sets. */
    static SetCells fromBytes(byte[] bytes, LabelSets sets, int numbers) {
        return new SetCells(sets, CellCounts.fromBytes(bytes, size(sets, numbers)));
    }

    byte[] toBytes() {
        return counts.toBytes();
    }

    void add(long cell, long rows) {
        counts.add(cell, rows);
        canonical = null;
    }

    void merge(SetCells other) {
        counts.merge(other.counts);
        canonical = null;
    }

    /** The cells with rows in them, in an order that does not depend on that in which the sets of their rows were met. */
    long[] cells() {
        long[] cells = canonical;
        if (cells == null) {
            cells = sets.areOfOneClass() ? counts.cells() : ordered(counts.cells());
            canonical = cells;
        }
        return cells;
    }

    /** The rows of {@code cells}. */
    long[] rows(long... cells) {
        return counts.counts(cells);
    }

    private long[] ordered(long[] cells) {
        return Arrays.stream(cells)
                .boxed()
                .sorted(this::compare)
                .mapToLong(Long::longValue)
                .toArray();
    }

    private int compare(long one, long other) {
        if (one == other) {
            return 0;
        }
        long bound = sets.bound();
        int higher = compare(one / bound, other / bound);
        return higher != 0 ? higher : sets.compare((int) (one % bound), (int) (other % bound));
    }
}
