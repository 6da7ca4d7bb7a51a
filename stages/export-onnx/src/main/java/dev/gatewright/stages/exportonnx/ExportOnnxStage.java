// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.SourceSection;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.evaluation.EvaluationSection;
import dev.gatewright.stages.evaluation.FormJudge;
import dev.gatewright.stages.evaluation.SourceRun;
import java.util.Optional;

/**
 * Makes the ONNX form of the spec's source model, and judges it by its distance from the source and by the gates of
 * evaluate-metrics, on the same rows. A model that is ONNX already goes the same way: it is its own source.
 */
public final class ExportOnnxStage implements Stage<ExportOnnxSection> {
    /** What gates call the model that the exported one was made of; they compare with it where they do not say with what. */
    static final String SOURCE = "source";

    @Override
    public StageName name() {
        return StageName.EXPORT_ONNX;
    }

    @Override
    public Shape<ExportOnnxSection> shape() {
        return ExportOnnxSection.SHAPE;
    }

    @Override
    public boolean runsModel(ExportOnnxSection section) {
        return true;
    }

    @Override
    public void check(ExportOnnxSection section, Spec spec, Problems problems) {
        Optional<EvaluationSection> ofEvaluateMetrics = EvaluationSection.of(spec);
        Placed<String> data = section.data();
        if (ofEvaluateMetrics.isPresent() && data != null) {
            problems.add(
                    data.place(), "the model is judged on the rows of evaluate-metrics, by its gates too; remove data");
        } else if (ofEvaluateMetrics.isEmpty() && data == null) {
            problems.add(
                    section.place(),
                    "export-onnx judges what it makes, and neither a stage evaluate-metrics nor the key 'data' says on which rows",
                    "data: holdout");
        } else {
            EvaluationSection rows = rows(section, spec);
            if (ofEvaluateMetrics.isEmpty()) {
                rows.check(spec, problems);
            }
            FormJudge.check(rows, section.ofTask(), SOURCE, SourceRun.isOf(spec), spec, problems);
        }
        checkPreprocessing(section, spec, problems);
    }

    private static void checkPreprocessing(ExportOnnxSection section, Spec spec, Problems problems) {
        SourceSection source = spec.model().source();
        boolean isNamed = source != null && source.preprocess() != null;
        for (ExportGate.OfParity gate : section.ofParity()) {
            if (!isNamed && gate.measure().kind() == ParityMeasure.Kind.PREPROCESSING) {
                problems.add(
                        gate.place(),
                        gate.measure().spelling()
                                + " compares with what the training would feed, and nothing says how it makes that",
                        "preprocess: train:tensors");
            }
        }
    }

    static EvaluationSection rows(ExportOnnxSection section, Spec spec) {
        return EvaluationSection.of(spec)
                .orElseGet(() -> EvaluationSection.withoutGates(
                        section.place(),
                        Optional.ofNullable(section.data())
                                .orElseThrow(() -> new IllegalStateException("an unchecked spec is run"))));
    }

    @Override
    public StageOutcome run(ExportOnnxSection section, StageRequest request) throws InterruptedException {
        EvaluationSection rows = rows(section, request.spec());
        FormJudge judge = FormJudge.of(rows, section.ofTask(), SOURCE, request);
        if (!SourceRun.isOf(request.spec())) {
            return new Exporting(section, rows, judge, request).passThrough();
        }
        try (SourceRun source = SourceRun.export(rows.rowsName(), section.opset(), request)) {
            return new Exporting(section, rows, judge, request).judge(source);
        }
    }
}
