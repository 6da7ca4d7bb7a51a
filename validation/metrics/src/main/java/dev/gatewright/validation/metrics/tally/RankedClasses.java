// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.ranking.Area;
import dev.gatewright.validation.metrics.ranking.RankedColumn;
import dev.gatewright.validation.metrics.ranking.RankedRows;
import dev.gatewright.validation.metrics.ranking.ResampledPrecision;
import dev.gatewright.validation.metrics.statistics.CountStatistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One model's rankings of rows, one for each class that a metric looks at, and the mean of the areas under their curves. */
final class RankedClasses {
    private final MetricChoice choice;
    private final RankedRows rows;
    private final int firstColumn;
    private final Area area;
    /** The classes of all rows: as many as rows, where each has one. */
    private final long labels;

    private final List<OneClass> classes = new ArrayList<>();
    private final @Nullable String undefined;
    private final double value;

    private record OneClass(int index, RankedColumn ranking, double area, double weight) {}

    private RankedClasses(MetricChoice choice, RankedRows rows, int[] ranked, int firstColumn) {
        this.choice = choice;
        this.rows = rows;
        this.firstColumn = firstColumn;
        this.area = Areas.of(choice);
        this.labels = rows.labels();
        String missing =
                rows.rows() == 0 ? "there are no rows" : labels == 0 ? "no row is labelled with a class" : null;
        double sum = 0;
        for (int i = 0; i < ranked.length && missing == null; i++) {
            int k = ranked[i];
            double weight = weight(k);
            if (weight > 0) {
                RankedColumn ranking = rows.ranked(firstColumn + i, k);
                double ofClass = area.of(ranking);
                missing = Areas.undefined(choice, k, ranking);
                classes.add(new OneClass(k, ranking, ofClass, weight));
                sum += weight * ofClass;
            }
        }
        this.undefined = missing;
        this.value = sum;
    }

    /**
     * The rankings that {@code choice} looks at.
     *
     * @param ranked the classes whose scores {@code rows} hold
     * @param firstColumn where they hold the first of them
     */
    static RankedClasses of(MetricChoice choice, RankedRows rows, int[] ranked, int firstColumn) {
        return new RankedClasses(choice, rows, ranked, firstColumn);
    }

    private double weight(int k) {
        if (choice.onlyClass() >= 0) {
            return choice.onlyClass() == k ? 1 : 0;
        }
        return choice.average() == Average.WEIGHTED
                ? (double) rows.labelled(k) / labels
                : 1.0 / choice.classes().size();
    }

    MetricChoice choice() {
        return choice;
    }

    int firstColumn() {
        return firstColumn;
    }

    /** Why there is no value; null where there is one. */
    @Nullable
    String undefined() {
        return undefined;
    }

    /** The area, or the mean of all classes' areas. */
    double value() {
        return value;
    }

    /** The least value after so many rows moved in each ranking. */
    double lowest(int moves) {
        double sum = 0;
        for (OneClass one : classes) {
            sum += one.weight * FarthestArea.of(area, one.area, one.ranking).lowest(moves);
        }
        return sum;
    }

    /** The greatest value after so many rows moved in each ranking. */
    double highest(int moves) {
        double sum = 0;
        for (OneClass one : classes) {
            sum += one.weight * FarthestArea.of(area, one.area, one.ranking).highest(moves);
        }
        return sum;
    }

    /** Adds {@code slope} times the influence of each row on the value to that row's total. */
    void addInfluences(double slope, double[] totals) {
        double[] byClass = new double[choice.classes().size()];
        Arrays.fill(byClass, value);
        for (OneClass one : classes) {
            one.ranking.addInfluences(area, one.area, slope * one.weight, totals);
            byClass[one.index] = one.area;
        }
        if (choice.average() == Average.WEIGHTED) {
            // The weights are shares of these rows and vary with them.
            double scale = slope * rows.rows() / labels / StrictMath.sqrt(rows.rows() * (rows.rows() - 1.0));
            for (int row = 0; row < rows.rows(); row++) {
                for (int k : rows.classesOf(row)) {
                    totals[row] += scale * (byClass[k] - value);
                }
            }
        }
    }

    /** The mean of the areas under the precision-recall curves of any multiple of each row. */
    CountStatistic resampled() {
        List<ResampledPrecision> areas =
                classes.stream().map(one -> one.ranking.resampledPrecision()).toList();
        boolean weighted = choice.average() == Average.WEIGHTED;
        return counts -> {
            double sum = 0;
            long all = 0;
            long[] labelled = new long[choice.classes().size()];
            for (int row = 0; row < counts.length && weighted; row++) {
                for (int k : rows.classesOf(row)) {
                    labelled[k] += counts[row];
                    all += counts[row];
                }
            }
            for (int i = 0; i < areas.size(); i++) {
                OneClass one = classes.get(i);
                double weight = weighted ? (double) labelled[one.index] / all : one.weight;
                sum += weight == 0 ? 0 : weight * areas.get(i).valueOf(counts);
            }
            return sum;
        };
    }
}
