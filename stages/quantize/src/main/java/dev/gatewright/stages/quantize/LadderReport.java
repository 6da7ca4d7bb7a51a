// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.MeasuredMetric;
import dev.gatewright.stages.evaluation.FormJudgement;
import dev.gatewright.stages.quantize.Ladder.Climbed;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.quantization.QuantizedNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rungs as a report tells them. What they were judged by is one part; times, and sentences that may hold times, are another,
 * which is no part of the judgement.
 */
final class LadderReport {
    private final QuantizeSection section;
    private final ModelFile original;
    private final FormJudgement ofOriginal;
    private final Calibration calibration;
    private final List<Climbed> climbed;
    private final @Nullable Climbed taken;

    LadderReport(
            QuantizeSection section,
            ModelFile original,
            FormJudgement ofOriginal,
            Calibration calibration,
            List<Climbed> climbed,
            @Nullable Climbed taken) {
        this.section = section;
        this.original = original;
        this.ofOriginal = ofOriginal;
        this.calibration = calibration;
        this.climbed = climbed;
        this.taken = taken;
    }

    Calibration calibration() {
        return calibration;
    }

    /** What does not depend on time: forms, values, verdicts. */
    Json facts() {
        List<Json> rungs = new ArrayList<>();
        climbed.forEach(rung -> rungs.add(facts(rung)));
        untried()
                .forEach(rung -> rungs.add(Json.object()
                        .put("mode", rung.spelling())
                        .put("verdict", (String) null)
                        .build()));
        return Json.object()
                .put(
                        "unquantised",
                        Json.object()
                                .put("bytes", original.description().bytes())
                                .put("metrics", values(ofOriginal, false))
                                .build())
                .put("calibration", calibration.toJson())
                .put("rungs", rungs)
                .build();
    }

    private Json facts(Climbed rung) {
        Tried tried = rung.tried();
        FormJudgement judgement = tried.judgement();
        ModelFile form = tried.form();
        Json.Builder json = Json.object()
                .put("mode", tried.rung().spelling())
                .put("verdict", tried.verdict().name())
                .put("taken", tried.passes())
                .put("shown", rung.equals(taken))
                .put("nodes", (long) tried.nodes().size())
                .put(
                        "weights",
                        tried.nodes().stream().mapToLong(QuantizedNode::weights).sum());
        if (form != null) {
            json.put("bytes", form.description().bytes()).put("sha256", form.digest());
        }
        if (judgement != null) {
            json.put("metrics", values(judgement, false));
        }
        List<Json> gates = new ArrayList<>();
        for (GateResult gate : tried.gates()) {
            gates.add(Json.object()
                    .put("metric", gate.gate().measure().spelling())
                    .put("bounds", bounds(gate))
                    .put("verdict", gate.verdict().name())
                    .build());
        }
        json.put("gates", gates);
        if (!tried.excluded().isEmpty()) {
            json.put("excluded", Json.texts(tried.excluded()));
        }
        Blame blame = rung.blame();
        if (blame != null) {
            json.put("blame", BlameJson.facts(blame));
        }
        return json.build();
    }

    private static Json bounds(GateResult gate) {
        return Json.texts(gate.gate().bounds().stream().map(Object::toString).toList());
    }

    /** What was measured of a form on all rows, by its spelling: what comes from time, or all else. */
    private static Json values(FormJudgement judgement, boolean runTime) {
        Json.Builder values = Json.object();
        for (MeasuredMetric metric : judgement.metrics()) {
            boolean ofOneClass = metric.measure() instanceof MetricChoice choice && choice.onlyClass() >= 0;
            if (metric.rows().isEmpty() && !ofOneClass && metric.measure().isRunTime() == runTime) {
                values.put(metric.measure().spelling(), metric.value());
            }
        }
        return values.build();
    }

    /** What comes from this run and this machine. */
    Json environment() {
        List<Json> rungs = new ArrayList<>();
        for (Climbed rung : climbed) {
            Json.Builder json = Json.object()
                    .put("mode", rung.tried().rung().spelling())
                    .put("sentence", sentence(rung.tried()))
                    .put(
                            "gates",
                            Json.texts(rung.tried().gates().stream()
                                    .map(GateResult::sentence)
                                    .toList()));
            FormJudgement judgement = rung.tried().judgement();
            if (judgement != null) {
                json.put("metrics", values(judgement, true));
            }
            Blame blame = rung.blame();
            if (blame != null) {
                json.put("steps", BlameJson.sentences(blame));
            }
            rungs.add(json.build());
        }
        untried()
                .forEach(rung -> rungs.add(Json.object()
                        .put("mode", rung.spelling())
                        .put("sentence", why())
                        .build()));
        return Json.object()
                .put(
                        "unquantised",
                        Json.object().put("metrics", values(ofOriginal, true)).build())
                .put("rungs", rungs)
                .build();
    }

    private static String sentence(Tried tried) {
        if (tried.nodes().isEmpty() && tried.form() != null) {
            return "there is nothing to quantise: the model has no node that "
                    + tried.rung().spelling()
                    + " makes smaller; write when: quantisable to let such models pass through";
        }
        return tried.excluded().isEmpty()
                ? tried.sentence()
                : "without " + String.join(", ", tried.excluded()) + ": " + tried.sentence();
    }

    private String why() {
        return taken != null && taken.tried().passes()
                ? taken.tried().rung().spelling() + " passed before it"
                : "the model has nothing that it makes smaller";
    }

    private List<Rung> untried() {
        List<Rung> tried = climbed.stream().map(rung -> rung.tried().rung()).toList();
        return section.rungs().stream().filter(rung -> !tried.contains(rung)).toList();
    }
}
