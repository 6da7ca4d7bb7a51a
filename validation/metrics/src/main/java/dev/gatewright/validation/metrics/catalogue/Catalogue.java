// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import static dev.gatewright.validation.metrics.Direction.HIGHER_IS_BETTER;
import static dev.gatewright.validation.metrics.Direction.LOWER_IS_BETTER;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.AVERAGE;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.CLASS;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.POSITIVE;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.THRESHOLD;
import static dev.gatewright.validation.metrics.catalogue.Metric.Option.ZERO_DIVISION;

import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.catalogue.Metric.Option;
import dev.gatewright.validation.metrics.catalogue.Metric.WorkedExample;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All the metrics there are. */
public final class Catalogue {
    private static final Set<Option> OF_CLASSES = EnumSet.of(AVERAGE, CLASS, POSITIVE, THRESHOLD, ZERO_DIVISION);
    private static final String SOKOLOVA =
            "Sokolova and Lapalme, A systematic analysis of performance measures for classification tasks, 2009";

    /** The share of rows whose label was predicted. */
    public static final Metric ACCURACY = new Metric(
            "accuracy",
            "accuracy",
            Unit.FRACTION,
            HIGHER_IS_BETTER,
            new Kernel.Counts(
                    (counts, choice) -> ZeroDivision.UNDEFINED.divide(counts.rowsCorrect(), counts.rows()),
                    (counts, choice) -> Optional.of(new Kernel.Proportion(counts.rowsCorrect(), counts.rows(), true))),
            EnumSet.of(POSITIVE, THRESHOLD),
            "rows predicted as labelled / rows",
            WorkedExample.of("a a b c", "a b b c", "3 of 4 rows are right: 3/4", 0.75),
            SOKOLOVA);

    /** How much of what was predicted as a class belongs to it. */
    public static final Metric PRECISION = new Metric(
            "precision",
            "precision",
            Unit.FRACTION,
            HIGHER_IS_BETTER,
            ClassQuotients.PRECISION.kernel(),
            OF_CLASSES,
            "of a class: rows labelled and predicted as it / rows predicted as it",
            WorkedExample.of("a a b c", "a b b c", "a 1/1, b 1/2, c 1/1; macro: (1 + 1/2 + 1) / 3", 2.5 / 3),
            SOKOLOVA);

    /** How much of what belongs to a class was predicted as it. */
    public static final Metric RECALL = new Metric(
            "recall",
            "recall",
            Unit.FRACTION,
            HIGHER_IS_BETTER,
            ClassQuotients.RECALL.kernel(),
            OF_CLASSES,
            "of a class: rows labelled and predicted as it / rows labelled as it",
            WorkedExample.of("a a b c", "a b b c", "a 1/2, b 1/1, c 1/1; macro: (1/2 + 1 + 1) / 3", 2.5 / 3),
            SOKOLOVA);

    /** The harmonic mean of precision and recall. */
    public static final Metric F1 = new Metric(
            "f1",
            "F1",
            Unit.FRACTION,
            HIGHER_IS_BETTER,
            ClassQuotients.F1.kernel(),
            OF_CLASSES,
            "of a class: 2 · rows labelled and predicted as it / (rows labelled as it + rows predicted as it)",
            WorkedExample.of("a a b c", "a b b c", "a 2/3, b 2/3, c 2/2; macro: (2/3 + 2/3 + 1) / 3", 7.0 / 9),
            "van Rijsbergen, Information Retrieval, 1979; " + SOKOLOVA);

    /** The mean surprise at the true class. */
    public static final Metric LOG_LOSS = new Metric(
            "log_loss",
            "log loss (cross-entropy)",
            Unit.NATS,
            LOWER_IS_BETTER,
            new Kernel.RowProbabilities(
                    (probability, epsilon) -> -StrictMath.log(Math.min(Math.max(probability, epsilon), 1 - epsilon))),
            EnumSet.noneOf(Option.class),
            "mean over the rows of −ln p(true class), p kept within [ε, 1−ε], ε the machine epsilon of the model's output",
            WorkedExample.of("a b", "0.5 0.8", "(−ln 0.5 − ln 0.8) / 2 = (0.693147 + 0.223144) / 2", 0.458145365937),
            "Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.4");

    /** The mean squared difference from the target. */
    public static final Metric MSE = new Metric(
            "mse",
            "mean squared error",
            Unit.TARGET_SQUARED,
            LOWER_IS_BETTER,
            new Kernel.RowNumbers((target, prediction) -> (target - prediction) * (target - prediction)),
            EnumSet.noneOf(Option.class),
            "mean over the rows of (target − prediction)²",
            WorkedExample.of("3 5", "2.5 7", "(0.5² + 2²) / 2", 2.125),
            "Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2009, section 2.4");

    /** All of them, in the order in which they are shown. */
    public static final List<Metric> ALL = List.of(
            ACCURACY,
            PRECISION,
            RECALL,
            F1,
            LOG_LOSS,
            ScoreMetrics.ROC_AUC,
            ScoreMetrics.AVERAGE_PRECISION,
            MSE,
            time("latency_mean_ms", "mean latency", new Kernel.MeanTime(), "mean", "(1 + 2 + 6) / 3", 3),
            time("latency_p50_ms", "median latency", new Kernel.TimeQuantile(0.5), "0.50 quantile", "2nd of 3", 2),
            time(
                    "latency_p95_ms",
                    "95th percentile of latency",
                    new Kernel.TimeQuantile(0.95),
                    "0.95 quantile",
                    "3rd of 3",
                    6),
            time(
                    "latency_p99_ms",
                    "99th percentile of latency",
                    new Kernel.TimeQuantile(0.99),
                    "0.99 quantile",
                    "3rd of 3",
                    6),
            new Metric(
                    "size_bytes",
                    "size of the model",
                    Unit.BYTES,
                    LOWER_IS_BETTER,
                    new Kernel.ModelSize(),
                    EnumSet.noneOf(Option.class),
                    "bytes of the model's file and of all its external data",
                    WorkedExample.of("", "1000 24", "a file of 1000 bytes and one of 24", 1024),
                    "counted"));

    private Catalogue() {}

    /** The metric of that name. */
    public static Optional<Metric> find(String name) {
        for (Metric metric : ALL) {
            if (metric.name().equals(name)) {
                return Optional.of(metric);
            }
        }
        return Optional.empty();
    }

    private static Metric time(
            String name, String title, Kernel kernel, String statistic, String working, double value) {
        return new Metric(
                name,
                title,
                Unit.MILLISECONDS,
                LOWER_IS_BETTER,
                kernel,
                EnumSet.noneOf(Option.class),
                statistic
                        + " of the times of single inference calls after warm-up (a quantile is the smallest time that"
                        + " its share of the calls does not exceed)",
                WorkedExample.of("", "6 1 2", "times 6, 1 and 2 ms: " + working, value),
                "Hyndman and Fan, Sample quantiles in statistical packages, 1996, definition 1");
    }
}
