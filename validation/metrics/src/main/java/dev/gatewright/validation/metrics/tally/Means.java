// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.Estimate;
import dev.gatewright.validation.metrics.statistics.ExactSum;
import dev.gatewright.validation.metrics.statistics.MeansStatistic;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A number that follows from the means of one or several columns of the same rows. */
final class Means {
    private final MeansStatistic statistic;
    private final double[][] columns;

    Means(MeansStatistic statistic, double[]... columns) {
        this.statistic = statistic;
        this.columns = columns;
    }

    /** The mean of one column itself. */
    static Means of(double[] column) {
        return new Means(means -> means[0], column);
    }

    /** The number, from exact sums; NaN or infinite of no rows, or where a row is not finite. */
    double value() {
        return statistic.valueOf(Arrays.stream(columns).mapToDouble(Means::mean).toArray());
    }

    private static double mean(double[] column) {
        ExactSum sum = new ExactSum();
        for (double value : column) {
            sum.add(value);
        }
        return column.length == 0 ? Double.NaN : sum.rounded() / column.length;
    }

    /** The number with its intervals. */
    Reading reading(Bootstrap bootstrap) {
        if (columns[0].length == 0) {
            return new Reading.Missing("there are no rows");
        }
        double value = value();
        return Double.isFinite(value)
                ? new Reading.Sampled(
                        columns[0].length, new LazyEstimate(value, () -> bootstrap.ofMeans(statistic, columns)))
                : new Reading.Missing("its value is " + value);
    }

    /** The number compared with that of {@code reference}, on the same rows; {@code name} is what the reference is. */
    Sample compared(Direction direction, Means reference, String name, double confidence, Bootstrap bootstrap) {
        double ofReference = reference.value();
        double degradation = direction.degradation(value(), ofReference);
        return new Comparing(direction, reading(bootstrap), reference.reading(bootstrap), name)
                .sample(
                        () -> new LazyEstimate(degradation, () -> bootstrap(direction, reference, false, bootstrap)),
                        () -> new LazyEstimate(
                                Comparing.percent(degradation, ofReference),
                                () -> bootstrap(direction, reference, true, bootstrap)),
                        confidence,
                        List.of());
    }

    private Estimate bootstrap(Direction direction, Means reference, boolean percent, Bootstrap bootstrap) {
        int own = columns.length;
        MeansStatistic difference = means -> {
            double first = statistic.valueOf(Arrays.copyOf(means, own));
            double second = reference.statistic.valueOf(Arrays.copyOfRange(means, own, means.length));
            double degradation = direction.degradation(first, second);
            return percent ? Comparing.percent(degradation, second) : degradation;
        };
        double[][] both =
                Stream.of(columns, reference.columns).flatMap(Arrays::stream).toArray(double[][]::new);
        return bootstrap.ofMeans(difference, both);
    }
}
