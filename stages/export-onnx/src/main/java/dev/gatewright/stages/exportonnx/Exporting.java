// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.MeasuredMetric;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.evaluation.DigestChain;
import dev.gatewright.stages.evaluation.EvaluationSection;
import dev.gatewright.stages.evaluation.FormJudge;
import dev.gatewright.stages.evaluation.FormJudgement;
import dev.gatewright.stages.evaluation.ModelOfRun;
import dev.gatewright.stages.evaluation.SourceRun;
import dev.gatewright.validation.evaluation.Parity;
import dev.gatewright.validation.evaluation.Steadiness;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.sourcemodels.FedParity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One export: the model is placed, measured, judged, and reported. */
record Exporting(ExportOnnxSection section, EvaluationSection rows, FormJudge judge, StageRequest request) {
    /** Answers that differ by this with the rows beside them are no matter of rounding. */
    private static final double NOT_ROUNDING = 1e-3;

    private static final String BATCH_NORMALISATION =
            "its answers depend on the rows beside a row, as where batch normalisation was left in training mode: export it in"
                    + " evaluation mode";

    /** Where the model comes from: a source, or an ONNX model that is its own. */
    private record From(
            @Nullable SourceRun source, @Nullable ModelFile onnx) {}

    /** The source's ONNX form. */
    StageOutcome judge(SourceRun source) throws InterruptedException {
        ModelFile made = ModelOfRun.open(Objects.requireNonNull(source.answer().model()));
        Map<String, List<String>> names = new LinkedHashMap<>();
        Spec spec = request.spec();
        List<String> classes = spec.model().classes();
        List<String> ofSource = source.answer().classes();
        if (!classes.isEmpty() && (ofSource.isEmpty() || ofSource.equals(classes))) {
            names.put(ExportedModel.CLASSES, classes);
        }
        if (source.fed().size() == 1) {
            names.put(ExportedModel.FEATURES, source.fed().get(0).columns());
        }
        ModelFile model = ExportedModel.place(made, names, request.folder());
        return judge(model, new From(source, null));
    }

    /** A model that is ONNX already. */
    StageOutcome passThrough() throws InterruptedException {
        ModelFile original = ModelOfRun.of(request).file();
        ModelFile model = ExportedModel.place(original, Map.of(), request.folder());
        return judge(model, new From(null, original));
    }

    private StageOutcome judge(ModelFile model, From from) throws InterruptedException {
        request.progress().step("comparing the exported model with its source");
        SourceRun source = from.source();
        Parity parity =
                source == null ? judge.parity(model, Objects.requireNonNull(from.onnx())) : judge.parity(model, source);
        Steadiness steadiness = judge.steadiness(model);
        FedParity fed = fed(source);
        List<String> defects = new Defects()
                .form(section, model.description(), source)
                .classes(request.spec(), source)
                .outputs(parity)
                .batches(section, steadiness)
                .found();
        ParityJudge distances = new ParityJudge(parity, steadiness, fed, defects);
        List<GateResult> gates = new ArrayList<>(distances.always());
        for (ExportGate.OfParity gate : section.ofParity()) {
            gates.add(distances.judge(gate.gate()));
        }
        request.progress().step("judging the exported model");
        FormJudgement judgement = null;
        try {
            judgement = source == null
                    ? judge.judge(model, Objects.requireNonNull(from.onnx()))
                    : judge.judge(model, source);
            gates.addAll(judgement.gates());
        } catch (StageFailedException e) {
            if (gates.stream().noneMatch(gate -> gate.verdict() == Verdict.FAILED)) {
                throw e;
            }
            // What is wrong is known already, and says more than that the rest could not be judged.
            gates.addAll(judge.unjudged(String.valueOf(e.getMessage())));
        }
        Optional<String> cause = cause(gates, steadiness, model, source);
        if (cause.isPresent()) {
            gates.replaceAll(gate -> gate.failingBecause(cause.get()));
        }
        return outcome(model, from, distances, judgement, gates);
    }

    private static @Nullable FedParity fed(@Nullable SourceRun source) {
        return source == null || source.section().preprocess() == null
                ? null
                : FedParity.of(source.fed(), source.answer().fed());
    }

    /** What explains that a gate was lost, where something known does. */
    private Optional<String> cause(
            List<GateResult> gates, Steadiness steadiness, ModelFile model, @Nullable SourceRun source)
            throws InterruptedException {
        if (source == null || gates.stream().noneMatch(gate -> gate.verdict() == Verdict.FAILED)) {
            return Optional.empty();
        }
        if (steadiness.repeats() == 0 && steadiness.batches() > NOT_ROUNDING) {
            return Optional.of(BATCH_NORMALISATION);
        }
        if (steadiness.repeats() > 0) {
            return Optional.empty();
        }
        Optional<String> diagnosis = judge.diagnosis(model, source);
        return diagnosis.isPresent()
                ? diagnosis
                : WeightLoss.of(model, source.answer().weights());
    }

    private StageOutcome outcome(
            ModelFile model,
            From from,
            ParityJudge distances,
            @Nullable FormJudgement judgement,
            List<GateResult> gates)
            throws InterruptedException {
        Spec spec = request.spec();
        List<Artifact> inputs = new ArrayList<>();
        SourceRun source = from.source();
        if (source != null && source.artifact() != null) {
            inputs.add(source.artifact());
        }
        if (from.onnx() != null) {
            inputs.add(ModelOfRun.artifact(from.onnx(), spec));
        }
        Json.Builder facts = Json.object();
        Json.Builder environment = Json.object();
        List<MeasuredMetric> metrics = new ArrayList<>(distances.metrics());
        if (judgement != null) {
            inputs.addAll(judgement.inputs());
            judgement.facts().members().forEach(facts::put);
            judgement.environment().members().forEach(environment::put);
            metrics.addAll(judgement.metrics());
        }
        DigestChain.verify(request, inputs);
        if (source != null) {
            facts.put("source", source.facts(spec));
        }
        facts.put("structure", ParityJson.structure(model.description(), distances.defects()));
        environment.put("parity", ParityJson.outputs(distances.parity()));
        environment.put("worstRows", ParityJson.worstRows(distances.parity()));
        return new StageOutcome(
                gates, metrics, inputs, List.of(ModelOfRun.artifact(model, spec)), facts.build(), environment.build());
    }
}
