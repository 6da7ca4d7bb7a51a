// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.CountMetrics;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.RunMetrics;
import dev.gatewright.validation.metrics.catalogue.ScoreMetrics;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Correction;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.SliceRule;
import java.util.List;

/** Gates that tests judge by. */
final class Gates {
    static final List<String> CLASSES = LabelledRows.CLASSES;
    static final MetricChoice ACCURACY = MetricChoice.of(CountMetrics.ACCURACY, CLASSES);
    static final MetricChoice LOG_LOSS = MetricChoice.of(ScoreMetrics.LOG_LOSS, CLASSES);
    static final MetricChoice MACRO_F1 =
            MetricChoice.averaged(CountMetrics.F1, Average.MACRO, ZeroDivision.UNDEFINED, CLASSES);
    static final MetricChoice SIZE = MetricChoice.of(RunMetrics.SIZE_BYTES, CLASSES);
    static final MetricChoice LATENCY = MetricChoice.of(RunMetrics.LATENCY_P50_MS, CLASSES);

    private Gates() {}

    static Gate min(MetricChoice metric, double limit) {
        return Gate.of(metric, Bound.Kind.MIN, limit);
    }

    static Gate max(MetricChoice metric, double limit) {
        return Gate.of(metric, Bound.Kind.MAX, limit);
    }

    /** At most so much worse than the baseline, by the interval at 95%. */
    static Gate notWorse(MetricChoice metric, double limit) {
        return new Gate(
                metric,
                List.of(new Bound(Bound.Kind.MAX_DEGRADATION, limit)),
                0.95,
                "baseline",
                null,
                0,
                OnFailure.BLOCK);
    }

    /** At least {@code limit} for each value of {@code slice}. */
    static Gate onSlices(MetricChoice metric, String slice, double limit) {
        return new Gate(
                metric,
                List.of(new Bound(Bound.Kind.MIN, limit)),
                null,
                null,
                new SliceRule(slice, Correction.NONE, SliceRule.SmallSlices.INCONCLUSIVE),
                0,
                OnFailure.BLOCK);
    }
}
