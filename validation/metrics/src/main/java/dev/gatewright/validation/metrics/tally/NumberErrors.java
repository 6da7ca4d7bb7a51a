// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.Estimate;
import dev.gatewright.validation.metrics.statistics.MeansStatistic;
import dev.gatewright.validation.metrics.statistics.MedianEstimate;
import dev.gatewright.validation.metrics.statistics.NormalEstimate;
import dev.gatewright.validation.metrics.statistics.SeparateEstimates;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a metric makes of the numbers that one side predicted for {@code targets}. */
final class NumberErrors {
    private final MetricChoice choice;
    private final double[] targets;
    private final double[] predictions;

    NumberErrors(MetricChoice choice, double[] targets, double[] predictions) {
        this.choice = choice;
        this.targets = targets;
        this.predictions = predictions;
    }

    Reading reading(Bootstrap bootstrap) {
        String undefined = undefined();
        if (undefined != null) {
            return new Reading.Missing(undefined);
        }
        return isOfOrder() ? new Reading.Sampled(targets.length, ofOrder()) : means().reading(bootstrap);
    }

    Sample compared(NumberErrors reference, String name, double confidence, Bootstrap bootstrap) {
        boolean defined = undefined() == null && reference.undefined() == null;
        if (defined && !isOfOrder()) {
            return means().compared(choice.direction(), reference.means(), name, confidence, bootstrap);
        }
        return new Comparing(choice.direction(), reading(bootstrap), reference.reading(bootstrap), name)
                .sample(
                        () -> new SeparateEstimates(ofOrder(), reference.ofOrder(), (own, other) -> own - other),
                        () -> new SeparateEstimates(
                                ofOrder(), reference.ofOrder(), (own, other) -> Comparing.percent(own - other, other)),
                        confidence,
                        List.of());
    }

    /** Whether the metric is one of the errors in order, and no function of means. */
    private boolean isOfOrder() {
        Kernel kernel = choice.metric().kernel();
        return kernel instanceof Kernel.MedianError || kernel instanceof Kernel.LargestError;
    }

    private Estimate ofOrder() {
        double[] errors = column((target, prediction, none) -> Math.abs(target - prediction));
        return choice.metric().kernel() instanceof Kernel.MedianError
                ? MedianEstimate.of(errors)
                : new NormalEstimate(Arrays.stream(errors).max().orElse(Double.NaN), Double.NaN);
    }

    private Means means() {
        if (choice.metric().kernel() instanceof Kernel.RowNumbers kernel) {
            return new Means(means -> kernel.ofMean().applyAsDouble(means[0]), column(kernel.value()));
        }
        boolean forgivesOffset = ((Kernel.ExplainedShare) choice.metric().kernel()).forgivesOffset();
        // Any number may be taken from all targets. With their mean the two terms of a variance do not cancel.
        double middle = Means.of(targets).value();
        MeansStatistic explained = means -> {
            double unexplained = forgivesOffset ? means[1] - means[0] * means[0] : means[1];
            return 1 - unexplained / (means[3] - means[2] * means[2]);
        };
        return new Means(
                explained,
                column((target, prediction, none) -> target - prediction),
                column((target, prediction, none) -> (target - prediction) * (target - prediction)),
                column((target, prediction, none) -> target - middle),
                column((target, prediction, none) -> (target - middle) * (target - middle)));
    }

    private double[] column(Kernel.NumberFunction function) {
        return IntStream.range(0, targets.length)
                .mapToDouble(row -> function.of(targets[row], predictions[row], choice.parameter()))
                .toArray();
    }

    /** Why there is no value; null where there is one. */
    private @Nullable String undefined() {
        if (targets.length == 0) {
            return "there are no rows";
        }
        if (choice.metric().kernel() instanceof Kernel.ExplainedShare
                && Arrays.stream(targets).allMatch(target -> target == targets[0])) {
            return "it is undefined, because the targets of all " + targets.length
                    + " rows are the same; add rows with other targets";
        }
        for (double value : column((target, prediction, none) -> target - prediction)) {
            if (!Double.isFinite(value)) {
                return "a prediction is " + value + " away from its target";
            }
        }
        return null;
    }
}
