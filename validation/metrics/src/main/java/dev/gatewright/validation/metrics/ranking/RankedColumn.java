// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

/** Rows in the order of one of their scores, each known by its position among the rows. */
public final class RankedColumn implements Ranking {
    private final RankedRows rows;
    private final Scores scores;
    private final int[] ascending;
    private final int positive;
    private final long positives;

    RankedColumn(RankedRows rows, Scores scores, int[] ascending, int positive) {
        this.rows = rows;
        this.scores = scores;
        this.ascending = ascending;
        this.positive = positive;
        this.positives = rows.labelled(positive);
    }

    @Override
    public long positives() {
        return positives;
    }

    @Override
    public long negatives() {
        return ascending.length - positives;
    }

    @Override
    public void walk(Groups groups) {
        int first = 0;
        while (first < ascending.length) {
            int end = groupEnd(first);
            int count = 0;
            for (int i = first; i < end; i++) {
                count += isPositive(i) ? 1 : 0;
            }
            groups.take(count, (long) end - first - count);
            first = end;
        }
    }

    /** Adds {@code weight} times each row's influence on {@code area}, whose value is {@code value}, to that row's total. */
    public void addInfluences(Area area, double value, double weight, double[] totals) {
        int[] next = {0};
        area.influences(this, value, (up, ofPositive, down, ofNegative) -> {
            int end = next[0] + (int) (up + down);
            for (int i = next[0]; i < end; i++) {
                totals[ascending[i]] += weight * (isPositive(i) ? ofPositive : ofNegative);
            }
            next[0] = end;
        });
    }

    /** The area under the precision-recall curve of any multiple of each row. */
    public ResampledPrecision resampledPrecision() {
        int size = ascending.length;
        int[] cells = new int[size];
        boolean[] ofPositives = new boolean[size];
        boolean[] last = new boolean[size];
        int step = size;
        for (int first = 0; first < size; first = groupEnd(first)) {
            int end = groupEnd(first);
            // Downwards, a group's lowest row comes last.
            for (int i = first; i < end; i++) {
                step--;
                cells[step] = ascending[i];
                ofPositives[step] = isPositive(i);
                last[step] = i == first;
            }
        }
        return new ResampledPrecision(cells, ofPositives, last);
    }

    private int groupEnd(int first) {
        double score = scores.get(ascending[first]);
        int end = first + 1;
        while (end < ascending.length && scores.get(ascending[end]) == score) {
            end++;
        }
        return end;
    }

    private boolean isPositive(int index) {
        return rows.isOf(ascending[index], positive);
    }
}
