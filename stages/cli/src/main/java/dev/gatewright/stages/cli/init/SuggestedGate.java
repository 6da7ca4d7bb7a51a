// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.metrics.catalogue.CountMetrics;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.NumberMetrics;
import dev.gatewright.validation.metrics.catalogue.ScoreMetrics;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A gate as it is written down.
 *
 * @param metric its metric
 * @param keys what it says beside the metric, such as {@code min: 0.9}
 * @param comment where its number comes from; may be empty
 */
public record SuggestedGate(Metric metric, String keys, String comment) {
    private static final double CONFIDENCE = 0.95;
    private static final int DIGITS = 4;

    /** The line of a spec. */
    String line() {
        String gate = "{metric: " + metric.name() + ", " + options(metric) + keys + "}";
        return comment.isEmpty() ? gate : gate + " # " + comment;
    }

    /** Gates that measure what {@code draft} can be judged by; their bounds mean nothing. */
    public static List<SuggestedGate> toMeasure(Draft draft) {
        List<Metric> metrics = new ArrayList<>();
        if (draft.task() == Task.REGRESSION) {
            metrics.add(NumberMetrics.RMSE);
            metrics.add(NumberMetrics.MAE);
        } else if (draft.task() == Task.MULTILABEL_CLASSIFICATION) {
            metrics.add(CountMetrics.HAMMING_LOSS);
            metrics.add(CountMetrics.F1);
        } else {
            metrics.add(CountMetrics.ACCURACY);
            metrics.add(CountMetrics.F1);
            if (draft.hasProbabilities()) {
                metrics.add(ScoreMetrics.LOG_LOSS);
            }
        }
        return metrics.stream()
                .map(metric -> new SuggestedGate(
                        metric, bound(metric) + ": 0.5, confidence: " + Numbers.exact(CONFIDENCE), ""))
                .toList();
    }

    /** The gates whose bounds are what was measured; one is left out where nothing, or nothing that could fail, was. */
    public static List<SuggestedGate> of(List<SuggestedGate> measured, Json.Obj report) {
        List<SuggestedGate> gates = new ArrayList<>();
        List<Json.Obj> judged = report.objects("gates");
        for (int i = 0; i < Math.min(measured.size(), judged.size()); i++) {
            Metric metric = measured.get(i).metric();
            judged.get(i).objects("findings").stream()
                    .findFirst()
                    .flatMap(finding -> of(metric, finding))
                    .ifPresent(gates::add);
        }
        return gates;
    }

    private static Optional<SuggestedGate> of(Metric metric, Json.Obj finding) {
        boolean higher = metric.direction() == Direction.HIGHER_IS_BETTER;
        Optional<Double> value = finding.number("value");
        Optional<Double> end = finding.object("interval").number(higher ? "low" : "high");
        Optional<Double> rows = finding.number("n");
        if (value.isEmpty() || end.isEmpty() || rows.isEmpty()) {
            return Optional.empty();
        }
        if (higher && end.get() <= metric.range().lowest()) {
            return Optional.empty(); // nothing is below: such a gate cannot fail
        }
        String bound = rounded(end.get(), higher ? RoundingMode.FLOOR : RoundingMode.CEILING);
        String comment = "measured " + rounded(value.get(), RoundingMode.HALF_EVEN) + " on "
                + Numbers.exact(rows.get()) + " rows; " + bound + " is the " + (higher ? "lower" : "upper")
                + " end of its 95% interval";
        return Optional.of(new SuggestedGate(metric, bound(metric) + ": " + bound, comment));
    }

    private static String rounded(double value, RoundingMode mode) {
        return new BigDecimal(value)
                .round(new MathContext(DIGITS, mode))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String bound(Metric metric) {
        return metric.direction() == Direction.HIGHER_IS_BETTER ? "min" : "max";
    }

    /** A metric of classes is several numbers, unless it says which. */
    private static String options(Metric metric) {
        return metric.options().contains(Metric.Option.AVERAGE) ? "average: macro, " : "";
    }
}
