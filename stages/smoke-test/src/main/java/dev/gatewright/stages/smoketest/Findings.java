// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.MeasuredMetric;
import dev.gatewright.validation.endpoint.LoadResult;
import dev.gatewright.validation.endpoint.Probes.Probed;
import dev.gatewright.validation.endpoint.Tls;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was seen of an endpoint, beside its answers. */
final class Findings {
    private static final int MOST_TOLD = 20;
    private static final double NANOS_A_MILLI = 1e6;

    final List<String> mismatches = new ArrayList<>();
    final List<Probed> probes = new ArrayList<>();
    double greatestDifference;
    Duration readyAfter = Duration.ZERO;

    @Nullable
    Tls tls;

    @Nullable
    LoadResult load;

    @Nullable
    LoadResult burst;

    /** A gate on what only an endpoint has. */
    GateResult judge(Gate gate, ServingMeasure measure) {
        Reading reading = reading(measure);
        return reading instanceof Reading.Missing missing
                ? GateJudge.notEvaluated(gate, missing.why())
                : GateJudge.judge(gate, new Evidence.Whole(Sample.of(reading)));
    }

    private Reading reading(ServingMeasure measure) {
        LoadResult sent = load;
        if (measure == ServingMeasure.READY_AFTER_MS) {
            return new Reading.Exact(readyAfter.toNanos() / NANOS_A_MILLI);
        }
        if (sent == null) {
            return new Reading.Missing("no load was sent");
        }
        return switch (measure) {
            case ERROR_RATE -> new Reading.Exact(sent.errorRate());
            case ACHIEVED_RATE -> new Reading.Exact(sent.achievedRate());
            case DROPPED_REQUESTS -> new Reading.Exact(sent.dropped());
            default ->
                sent.hasLatencies()
                        ? new Reading.Exact(sent.largestLatency())
                        : new Reading.Missing("no request of the load was answered");
        };
    }

    /** What is told whatever the gates ask for. */
    List<MeasuredMetric> measured() {
        List<MeasuredMetric> measured = new ArrayList<>();
        for (ServingMeasure measure : ServingMeasure.values()) {
            if (measure == ServingMeasure.READY_AFTER_MS || (measure.isOfLoad() && load != null)) {
                measured.add(new MeasuredMetric(measure, "", reading(measure).value(), 0, null));
            }
        }
        return measured;
    }

    /** What comes from this run. */
    Json.Obj environment(Served served) {
        Json.Builder endpoint = Json.object()
                .put("url", served.endpoint().toString())
                .put("protocol", served.protocol().spelling())
                .put("readyAfterMs", readyAfter.toNanos() / NANOS_A_MILLI)
                .put("greatestDifference", greatestDifference)
                .put(
                        "mismatches",
                        Json.texts(mismatches.stream().limit(MOST_TOLD).toList()))
                .put("probes", probes.stream().map(Findings::json).toList());
        Tls agreed = tls;
        if (agreed != null) {
            endpoint.put(
                    "tls",
                    Json.object()
                            .put("version", agreed.version())
                            .put("suite", agreed.suite())
                            .put("expires", agreed.expires().toString())
                            .build());
        }
        if (load != null) {
            endpoint.put("load", json(load, true));
        }
        if (burst != null) {
            endpoint.put("burst", json(burst, false));
        }
        return Json.object().put("endpoint", endpoint.build()).build();
    }

    private static Json json(Probed probe) {
        return Json.object()
                .put("name", probe.name())
                .put("held", Json.of(probe.held()))
                .put("what", probe.what())
                .build();
    }

    private static Json json(LoadResult sent, boolean rated) {
        Json.Builder json = Json.object().put("requests", sent.intended());
        if (rated) {
            json.put("intendedRate", sent.intendedRate()).put("achievedRate", sent.achievedRate());
            json.put("seed", LoadSection.SEED);
        }
        json.put("seconds", sent.seconds())
                .put("answered", sent.answered())
                .put("failed", sent.failed())
                .put("dropped", sent.dropped())
                .put("lagP99Ms", sent.lag(0.99));
        Json.Builder reasons = Json.object();
        sent.reasons().forEach(reasons::put);
        json.put("reasons", reasons.build());
        if (sent.hasLatencies()) {
            List<Json> curve = new ArrayList<>();
            sent.curve()
                    .forEach(point ->
                            curve.add(new Json.Arr(List.of(Json.of(point.quantile()), Json.of(point.milliseconds())))));
            json.put("latencies", curve);
        }
        return json.build();
    }
}
