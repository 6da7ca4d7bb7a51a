// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.metrics.ranking.ScoreMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Counts the answers of block after block, for all rows and for each value of each slice. */
final class Scoring {
    private final Counted counted;
    private final RowFields fields;
    private final ScoreMemory memory = new ScoreMemory();
    private final GroupTally all;
    private final List<List<GroupTally>> bySlice = new ArrayList<>();
    private final RowOutcome outcome;

    Scoring(Counted counted, RowFields fields) {
        this.counted = counted;
        this.fields = fields;
        this.all = new GroupTally(counted, memory);
        this.outcome = new RowOutcome(counted);
        fields.slices().forEach(slice -> bySlice.add(new ArrayList<>()));
    }

    /** Counts the rows of a block. */
    void add(RowBlock block, Answers candidate, @Nullable Answers reference) {
        IntUnaryOperator labels = labels(block);
        double[] targets = fields.label() instanceof Field.Scalar scalar ? block.numbers(scalar) : null;
        for (int row = 0; row < block.rows(); row++) {
            outcome.take(
                    row, labels.applyAsInt(row), targets == null ? Double.NaN : targets[row], candidate, reference);
            all.add(outcome);
            for (int slice = 0; slice < bySlice.size(); slice++) {
                group(slice, block.codes(fields.slices().get(slice))[row]).add(outcome);
            }
        }
    }

    /** The number of each row's label; 0 in a regression. */
    private IntUnaryOperator labels(RowBlock block) {
        if (fields.label() instanceof Field.ClassLabel label) {
            int[] codes = block.codes(label);
            return row -> codes[row];
        }
        if (fields.label() instanceof Field.Matrix matrix) {
            ByteBuffer ones = block.memory(matrix);
            int classes = counted.sets().classes();
            BitSet set = new BitSet();
            return row -> {
                set.clear();
                for (int k = 0; k < classes; k++) {
                    set.set(k, ones.get(row * classes + k) != 0);
                }
                return counted.number(set);
            };
        }
        return row -> 0;
    }

    /** The codes of a category count up in the order in which its values are met. */
    private GroupTally group(int slice, int code) {
        List<GroupTally> groups = bySlice.get(slice);
        while (groups.size() <= code) {
            groups.add(new GroupTally(counted, memory));
        }
        return groups.get(code);
    }

    /** The tally of all rows. */
    GroupTally all() {
        return all;
    }

    /**
     * The tallies of a slice by its values, in the order of the values.
     *
     * @param values the values by their codes
     */
    SortedMap<String, GroupTally> slice(int slice, List<String> values) {
        SortedMap<String, GroupTally> groups = new TreeMap<>();
        for (int code = 0; code < bySlice.get(slice).size(); code++) {
            groups.put(values.get(code), bySlice.get(slice).get(code));
        }
        return groups;
    }

    /** A tally of the rows of several groups. */
    GroupTally merged(List<GroupTally> groups) {
        GroupTally merged = new GroupTally(counted, memory);
        groups.forEach(merged::merge);
        return merged;
    }
}
