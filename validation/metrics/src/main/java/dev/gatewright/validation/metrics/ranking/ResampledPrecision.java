// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

import dev.gatewright.validation.metrics.statistics.CountStatistic;
import java.util.ArrayList;
import java.util.List;

/**
 * The area under the precision-recall curve of cells of rows that each have one kind and one place in the ranking, as a
 * function of how many rows are in each.
 */
public final class ResampledPrecision implements CountStatistic {
    private final int[] cells;
    private final boolean[] ofPositives;
    private final boolean[] last;

    /**
     * Steps from the highest score down.
     *
     * @param cells the cell of each step
     * @param ofPositives whether its rows are positive
     * @param last whether the next step has a lower score
     */
    ResampledPrecision(int[] cells, boolean[] ofPositives, boolean[] last) {
        this.cells = cells;
        this.ofPositives = ofPositives;
        this.last = last;
    }

    @Override
    public double valueOf(long[] counts) {
        long positivesFrom = 0;
        long rowsFrom = 0;
        long inGroup = 0;
        double sum = 0;
        for (int step = 0; step < cells.length; step++) {
            long count = counts[cells[step]];
            rowsFrom += count;
            if (ofPositives[step]) {
                inGroup += count;
            }
            if (last[step] && inGroup > 0) {
                positivesFrom += inGroup;
                sum += inGroup * ((double) positivesFrom / rowsFrom);
                inGroup = 0;
            }
        }
        return positivesFrom == 0 ? Double.NaN : sum / positivesFrom;
    }

    /** A ranking's rows, gathered in as few cells as the area can tell apart. */
    public static final class Cells {
        private final long[] counts;
        private final ResampledPrecision area;

        private Cells(long[] counts, ResampledPrecision area) {
            this.counts = counts;
            this.area = area;
        }

        /** The number of rows in each cell. */
        public long[] counts() {
            return counts.clone();
        }

        /** The area, of counts of these cells. */
        public ResampledPrecision area() {
            return area;
        }

        /** The cells of {@code ranking}: negative rows with no positive one between them lie together. */
        public static Cells of(Ranking ranking) {
            List<Long> ascending = new ArrayList<>();
            // The negative rows below all positive ones, then by turns positive rows, and the negative ones from there
            // on.
            ascending.add(0L);
            ranking.walk((positives, negatives) -> {
                if (positives > 0) {
                    ascending.add(positives);
                    ascending.add(negatives);
                } else {
                    int lowest = ascending.size() - 1;
                    ascending.set(lowest, ascending.get(lowest) + negatives);
                }
            });
            int size = ascending.size();
            int[] cells = new int[size];
            boolean[] ofPositives = new boolean[size];
            boolean[] last = new boolean[size];
            long[] counts = new long[size];
            for (int step = 0; step < size; step++) {
                cells[step] = step;
                counts[step] = ascending.get(size - 1 - step);
                ofPositives[step] = step % 2 == 1;
                last[step] = ofPositives[step];
            }
            return new Cells(counts, new ResampledPrecision(cells, ofPositives, last));
        }
    }
}
