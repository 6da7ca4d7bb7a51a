// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.evaluation.EvaluationSection;
import dev.gatewright.stages.evaluation.FormJudge;
import dev.gatewright.stages.evaluation.FormJudgement;
import dev.gatewright.stages.evaluation.ModelOfRun;
import dev.gatewright.stages.evaluation.SourceRun;
import dev.gatewright.stages.quantize.Ladder.Climbed;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a smaller form of the model and judges it by its own gates and by those of evaluate-metrics, on the same rows. The first
 * rung of the ladder that passes is what the run goes on with.
 */
public final class QuantizeStage implements Stage<QuantizeSection> {
    /** What gates call the form that the smaller one was made of; they compare with it where they do not say with what. */
    private static final String ORIGINAL = "unquantised";

    @Override
    public StageName name() {
        return StageName.QUANTIZE;
    }

    @Override
    public Shape<QuantizeSection> shape() {
        return QuantizeSection.SHAPE;
    }

    @Override
    public boolean runsModel(QuantizeSection section) {
        return true;
    }

    @Override
    public void check(QuantizeSection section, Spec spec, Problems problems) {
        Optional<EvaluationSection> ofEvaluateMetrics = EvaluationSection.of(spec);
        Placed<String> data = section.data();
        if (ofEvaluateMetrics.isPresent() && data != null) {
            problems.add(
                    data.place(),
                    "the forms are judged on the rows of evaluate-metrics, by its gates too; remove data");
        } else if (ofEvaluateMetrics.isEmpty() && data == null) {
            problems.add(
                    section.place(),
                    "quantize judges what it makes, and neither a stage evaluate-metrics nor the key 'data' says on which rows",
                    "data: holdout");
        } else {
            EvaluationSection rows = rows(section, spec);
            if (ofEvaluateMetrics.isEmpty()) {
                rows.check(spec, problems);
            }
            FormJudge.check(rows, section.gates(), ORIGINAL, false, spec, problems);
        }
        CalibrationSection calibration = section.calibration();
        if (calibration != null) {
            ofCalibration(calibration).checkRows(spec, problems);
        }
        if (SourceRun.isOf(spec) && spec.stage(StageName.EXPORT_ONNX).isEmpty()) {
            problems.add(
                    section.place(),
                    "quantize makes an ONNX model smaller, and the spec's model is a source that no stage makes ONNX of; put"
                            + " export-onnx before it",
                    "export-onnx: {gates: [{metric: max_absolute_difference, max: 0.001}]}");
        }
    }

    private static EvaluationSection rows(QuantizeSection section, Spec spec) {
        return EvaluationSection.of(spec)
                .orElseGet(() -> EvaluationSection.withoutGates(
                        section.place(),
                        Optional.ofNullable(section.data())
                                .orElseThrow(() -> new IllegalStateException("an unchecked spec is run"))));
    }

    private static EvaluationSection ofCalibration(CalibrationSection calibration) {
        return EvaluationSection.withoutGates(calibration.place(), calibration.data());
    }

    @Override
    public StageOutcome run(QuantizeSection section, StageRequest request) throws InterruptedException {
        try {
            return quantise(section, request);
        } catch (RuntimeException e) {
            // An interrupt closes the files that are read, which then fail in their own words.
            Workshop.throwIfInterrupted(e);
            throw e;
        }
    }

    private static StageOutcome quantise(QuantizeSection section, StageRequest request) throws InterruptedException {
        ModelFile original = ModelOfRun.of(request).file();
        FormJudge judge = FormJudge.of(rows(section, request.spec()), section.gates(), ORIGINAL, request);
        request.progress().step("measuring the unquantised model");
        FormJudgement ofOriginal = judge.measure(original);
        try (Workshop workshop = new Workshop(request.folder())) {
            Calibration calibration = calibration(section, original, workshop, request);
            List<Climbed> climbed =
                    new Ladder(section, original, judge, calibration, workshop, request.progress()).climb();
            Optional<Climbed> taken = Ladder.taken(climbed);
            LadderReport report =
                    new LadderReport(section, original, ofOriginal, calibration, climbed, taken.orElse(null));
            return taken.isEmpty()
                    ? passedThrough(original, ofOriginal, report, request)
                    : outcome(taken.get().tried(), original, judge, ofOriginal, report, workshop, request);
        } catch (IOException e) {
            Workshop.throwIfInterrupted(e);
            throw new StageFailedException(
                    "the model could not be quantised: " + Workshop.reason(e),
                    "see to that file or its disk, and start the stage again",
                    e);
        }
    }

    private static Calibration calibration(
            QuantizeSection section, ModelFile original, Workshop workshop, StageRequest request)
            throws InterruptedException {
        CalibrationSection calibration = section.calibration();
        FormJudge rows =
                calibration == null ? null : FormJudge.of(ofCalibration(calibration), List.of(), ORIGINAL, request);
        return new Calibration(
                original, rows, calibration == null ? 0 : calibration.samples(), workshop, request.progress());
    }

    private static StageOutcome outcome(
            Tried tried,
            ModelFile original,
            FormJudge judge,
            FormJudgement ofOriginal,
            LadderReport report,
            Workshop workshop,
            StageRequest request)
            throws InterruptedException, IOException {
        Spec spec = request.spec();
        FormJudgement judgement = tried.judgement() == null ? ofOriginal : tried.judgement();
        Json.Builder facts = Json.object();
        judgement.facts().members().forEach(facts::put);
        facts.put("ladder", report.facts());
        ModelFile form = tried.form();
        if (form != null && tried.judgement() != null && tried.rung().mode().roundsValues()) {
            request.progress().step("measuring batches of 1, 8 and 64 rows");
            facts.put("batches", BatchInvariance.of(form, judge).toJson());
        }
        List<Artifact> outputs = new ArrayList<>();
        if (form != null && tried.passes()) {
            ModelFile kept = workshop.keep(form);
            if (!kept.digest().equals(form.digest())) {
                throw new StageFailedException(
                        "the quantised model changed after it was judged: its digest was " + form.digest() + " and is "
                                + kept.digest(),
                        "let nobody write into the run's folder, and start the stage again",
                        null);
            }
            outputs.add(ModelOfRun.artifact(kept, spec));
        }
        return new StageOutcome(
                tried.gates(),
                judgement.metrics(),
                inputs(original, judgement, report, spec),
                outputs,
                facts.build(),
                environment(judgement, report));
    }

    /** The model as it is, since there is nothing in it that any rung makes smaller and the spec lets such models pass. */
    private static StageOutcome passedThrough(
            ModelFile original, FormJudgement ofOriginal, LadderReport report, StageRequest request) {
        Json.Builder facts = Json.object();
        ofOriginal.facts().members().forEach(facts::put);
        facts.put(
                "skipped",
                "there is nothing to quantise, and the spec says when: quantisable: the model passes through as it is");
        facts.put("ladder", report.facts());
        return new StageOutcome(
                List.of(FormMeasure.QUANTISABLE_NODES.judged(0)),
                ofOriginal.metrics(),
                inputs(original, ofOriginal, report, request.spec()),
                List.of(ModelOfRun.artifact(original, request.spec())),
                facts.build(),
                environment(ofOriginal, report));
    }

    private static List<Artifact> inputs(ModelFile original, FormJudgement judgement, LadderReport report, Spec spec) {
        List<Artifact> inputs = new ArrayList<>();
        inputs.add(ModelOfRun.artifact(original, spec));
        inputs.addAll(judgement.inputs());
        report.calibration()
                .artifact()
                .filter(artifact -> !inputs.contains(artifact))
                .ifPresent(inputs::add);
        return inputs;
    }

    private static Json.Obj environment(FormJudgement judgement, LadderReport report) {
        Json.Builder environment = Json.object();
        judgement.environment().members().forEach(environment::put);
        return environment.put("ladder", report.environment()).build();
    }
}
