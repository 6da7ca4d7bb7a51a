// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import dev.gatewright.stages.api.report.MeasuredMetric;
import dev.gatewright.validation.endpoint.LoadResult;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.RunMetrics;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.tally.RunTimes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latencies of a load as metrics, spelled and estimated as those of a model's calls. */
final class Latencies {
    private static final List<Metric> TOLD =
            List.of(RunMetrics.LATENCY_P50_MS, RunMetrics.LATENCY_P95_MS, RunMetrics.LATENCY_P99_MS);

    private final @Nullable RunTimes times;

    Latencies(@Nullable LoadResult load) {
        this.times = load == null || !load.hasLatencies() ? null : new RunTimes(load.latencies(), 1);
    }

    GateResult judge(Gate gate) {
        return times == null
                ? GateJudge.notEvaluated(gate, "no request of the load was answered")
                : GateJudge.judge(gate, new Evidence.Whole(Sample.of(reading((MetricChoice) gate.measure(), times))));
    }

    private static Reading reading(MetricChoice choice, RunTimes times) {
        return times.reading(choice.metric(), new Bootstrap(LoadSection.SEED, choice.spelling() + "|"));
    }

    /** Those that are told whatever the gates ask for. */
    List<MeasuredMetric> measured() {
        RunTimes measured = times;
        if (measured == null) {
            return List.of();
        }
        return TOLD.stream()
                .map(metric -> MetricChoice.of(metric, List.of()))
                .map(choice -> {
                    Reading reading = reading(choice, measured);
                    long n = reading instanceof Reading.Sampled sampled ? sampled.n() : 0;
                    return new MeasuredMetric(choice, "", reading.value(), n, null);
                })
                .toList();
    }
}
