// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.MeasuredMetric;
import dev.gatewright.validation.evaluation.Evaluation;
import dev.gatewright.validation.metrics.gate.GateResult;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a form of a model was judged.
 *
 * @param own the stage's own gates, in their order
 * @param ofEvaluateMetrics the gates of evaluate-metrics, in theirs
 * @param evaluation of the form, compared with the one that it was made of
 * @param metrics as a report shows them
 * @param inputs the rows, and the baseline where a gate compares with it
 * @param facts what the judgement rests on beside
 * @param environment where and with what it ran
 */
public record FormJudgement(
        List<GateResult> own,
        List<GateResult> ofEvaluateMetrics,
        Evaluation evaluation,
        List<MeasuredMetric> metrics,
        List<Artifact> inputs,
        Json.Obj facts,
        Json.Obj environment) {
    /** Keeps its own copies. */
    public FormJudgement {
        own = List.copyOf(own);
        ofEvaluateMetrics = List.copyOf(ofEvaluateMetrics);
        metrics = List.copyOf(metrics);
        inputs = List.copyOf(inputs);
    }

    /** All gates: the stage's own, then those of evaluate-metrics. */
    public List<GateResult> gates() {
        return Stream.concat(own.stream(), ofEvaluateMetrics.stream()).toList();
    }
}
