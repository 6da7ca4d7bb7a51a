// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import org.jspecify.annotations.Nullable;

/** One page of a column, taken entry by entry: values, and those that are missing. */
final class Page {
    private final Leaf leaf;
    private final @Nullable RunLengths repetitions;
    private final @Nullable RunLengths definitions;
    private final Values values;
    private int left;

    /** A page of {@code entries} entries, with the levels that its column has. */
    Page(Leaf leaf, int entries, @Nullable RunLengths repetitions, @Nullable RunLengths definitions, Values values) {
        this.leaf = leaf;
        this.left = entries;
        this.repetitions = repetitions;
        this.definitions = definitions;
        this.values = values;
    }

    /** The number of entries not yet taken. */
    int left() {
        return left;
    }

    /**
     * Takes the next {@code count} entries' places in their rows, which must be {@code width} a row.
     *
     * @param levels room for that many
     * @param entry the place of the first one in its row
     */
    void checkRows(int[] levels, int entry, int width, int count) {
        if (repetitions == null) {
            return;
        }
        repetitions.take(levels, count);
        int place = entry;
        for (int i = 0; i < count; i++) {
            if ((levels[i] == 0) != (place == 0)) {
                throw new Malformed("a list of another length than " + width);
            }
            place = place + 1 == width ? 0 : place + 1;
        }
    }

    /** Takes at most {@code most} values into {@code batch}: how many there are before one that is missing. */
    int values(Batch batch, int most) {
        int count = definitions == null ? most : definitions.takeWhile(true, leaf.definition(), most);
        values.take(batch, count);
        batch.count = count;
        left -= count;
        return count;
    }

    /** Takes at most {@code most} entries that are missing: how many there are before one that is not. */
    int missing(int most) {
        int count = definitions == null ? 0 : definitions.takeWhile(false, leaf.definition(), most);
        left -= count;
        return count;
    }
}
