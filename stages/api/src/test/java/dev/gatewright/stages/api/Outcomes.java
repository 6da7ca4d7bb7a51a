// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.MeasuredMetric;
import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.Catalogue;
import dev.gatewright.validation.metrics.catalogue.CountMetrics;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Correction;
import dev.gatewright.validation.metrics.gate.Finding;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.gate.SliceRule;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.metrics.statistics.Interval;
import java.util.List;

/** What stages of tests leave. */
public final class Outcomes {
    private static final List<String> CLASSES = List.of("cat", "dog", "owl");

    private Outcomes() {}

    /** An outcome with one gate of each of {@code verdicts}. */
    public static StageOutcome of(Verdict... verdicts) {
        return of(List.of(verdicts).stream()
                .map(verdict -> gate(verdict, OnFailure.BLOCK))
                .toList());
    }

    /** An outcome with {@code gates} and nothing else. */
    public static StageOutcome of(List<GateResult> gates) {
        return new StageOutcome(gates, List.of(), List.of(), List.of(), empty(), empty());
    }

    /** A gate {@code accuracy min 0.9} that came to {@code verdict}. */
    public static GateResult gate(Verdict verdict, OnFailure onFailure) {
        Bound bound = new Bound(Bound.Kind.MIN, 0.9);
        boolean judged = verdict != Verdict.NOT_EVALUATED;
        Finding finding = new Finding(
                "",
                bound,
                verdict,
                judged ? 0.85 : Double.NaN,
                judged ? 0.85 : Double.NaN,
                null,
                judged ? 100 : 0,
                null,
                judged && verdict != Verdict.PASSED ? "0.85" : null,
                judged ? null : "there are no rows");
        Gate gate = new Gate(
                MetricChoice.of(CountMetrics.ACCURACY, CLASSES), List.of(bound), null, null, null, 0, onFailure);
        return new GateResult(gate, verdict, List.of(finding));
    }

    /** An outcome in which every field of a report is filled. */
    public static StageOutcome full() {
        return new StageOutcome(
                List.of(comparing(), sliced(), timed()),
                List.of(
                        new MeasuredMetric(
                                MetricChoice.of(CountMetrics.ACCURACY, CLASSES),
                                "writer=7",
                                0.95,
                                120,
                                new Interval(0.9, 0.98, 0.95, "wilson")),
                        new MeasuredMetric(
                                MetricChoice.of(Catalogue.find("latency_p95_ms").orElseThrow(), CLASSES),
                                "",
                                12.5,
                                1000,
                                null)),
                List.of(
                        new Artifact("model", "build/model.onnx", 1024, "a".repeat(64)),
                        new Artifact("holdout", "/data/holdout.csv", 4096, "b".repeat(64))),
                List.of(new Artifact("predictions", "predictions.csv", 77, "c".repeat(64))),
                Json.object()
                        .put("batch", 64L)
                        .put("device", "cpu")
                        .put("rows", Json.object().put("read", 1080L).build())
                        .build(),
                Json.object()
                        .put("threads", 2L)
                        .put("java", "17.0.1")
                        .put("tools", Json.object().put("onnxruntime", "1.29.0").build())
                        .build());
    }

    private static GateResult comparing() {
        Bound bound = new Bound(Bound.Kind.MAX_DEGRADATION, 0.005);
        Gate gate = new Gate(
                MetricChoice.averaged(CountMetrics.F1, Average.MACRO, ZeroDivision.ZERO, CLASSES),
                List.of(bound),
                0.95,
                "baseline",
                null,
                10,
                OnFailure.APPROVE);
        Finding finding = new Finding(
                "",
                bound,
                Verdict.FAILED,
                0.9,
                0.02,
                new Interval(0.01, 0.03, 0.95, "bootstrap"),
                1080,
                new Sample.Comparison("baseline", 0.92, 0.004, List.of("the same on 1000 rows")),
                "0.03",
                null);
        return new GateResult(gate, Verdict.FAILED, List.of(finding));
    }

    private static GateResult sliced() {
        Bound bound = new Bound(Bound.Kind.MIN, 0.9);
        Gate gate = new Gate(
                MetricChoice.of(CountMetrics.ACCURACY, CLASSES),
                List.of(bound),
                0.95,
                null,
                new SliceRule("writer", Correction.HOLM, SliceRule.SmallSlices.REPORT),
                50,
                OnFailure.WARN);
        return new GateResult(
                gate,
                Verdict.INCONCLUSIVE,
                List.of(
                        new Finding(
                                "writer=7",
                                bound,
                                Verdict.INCONCLUSIVE,
                                0.91,
                                0.91,
                                new Interval(0.88, 0.94, 0.95, "wilson"),
                                60,
                                null,
                                "0.88",
                                null),
                        new Finding("writer=8", bound, null, 0.5, 0.5, null, 2, null, null, "too small")));
    }

    private static GateResult timed() {
        Bound bound = new Bound(Bound.Kind.MAX, 20);
        Gate gate =
                Gate.of(MetricChoice.of(Catalogue.find("latency_p95_ms").orElseThrow(), CLASSES), Bound.Kind.MAX, 20);
        Finding finding = new Finding("", bound, Verdict.PASSED, 12.5, 12.5, null, 1000, null, null, null);
        return new GateResult(gate, Verdict.PASSED, List.of(finding));
    }

    private static Json.Obj empty() {
        return Json.object().build();
    }
}
