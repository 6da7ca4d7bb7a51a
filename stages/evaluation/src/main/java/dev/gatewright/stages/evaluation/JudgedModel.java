// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.util.ArrayList;
import java.util.List;

/**
 * The model of a run, where it is the very one that passed the gates of evaluate-metrics.
 *
 * @param judgedBy the stage that judged it
 */
public record JudgedModel(ModelFile file, StageName judgedBy) {
    /** Adds a problem where no run of {@code spec} can have such a model for {@code stage}, whose section is at {@code place}. */
    public static void check(StageName stage, Place place, Spec spec, Problems problems) {
        if (spec.stage(StageName.EVALUATE_METRICS).isEmpty()) {
            problems.add(
                    place,
                    stage.spelling()
                            + " takes only a model that passed the gates of evaluate-metrics, and the spec has no such stage",
                    "evaluate-metrics: {data: holdout, gates: [{metric: accuracy, min: 0.95}]}");
        }
        if (spec.model().path() == null && spec.stage(StageName.EXPORT_ONNX).isEmpty()) {
            problems.add(
                    place,
                    stage.spelling() + " takes an ONNX model, and neither model.path nor a stage export-onnx gives one",
                    "path: build/model.onnx");
        }
    }

    /**
     * The run's model.
     *
     * @throws StageFailedException if there is none, or it was not judged
     */
    public static JudgedModel of(StageRequest request) throws InterruptedException {
        ModelFile file = ModelOfRun.of(request).file();
        List<String> judged = new ArrayList<>();
        for (Report earlier : request.earlier()) {
            // The stages that make another form of the model judge it by the gates of evaluate-metrics too.
            List<Artifact> forms = switch (earlier.stage()) {
                case EVALUATE_METRICS -> earlier.inputs();
                case EXPORT_ONNX, QUANTIZE -> earlier.outputs();
                default -> List.of();
            };
            for (Artifact form : forms) {
                if (form.name().equals(ModelOfRun.NAME)) {
                    if (form.sha256().equals(file.digest())) {
                        return new JudgedModel(file, earlier.stage());
                    }
                    judged.add(form.sha256() + " by " + earlier.stage().spelling());
                }
            }
        }
        throw new StageFailedException(
                "the model " + file.path() + " with the digest " + file.digest()
                        + " has passed no gates of evaluate-metrics in this run, and only such a model goes on"
                        + (judged.isEmpty() ? "" : "; judged was " + String.join(", ", judged)),
                "let evaluate-metrics judge the model itself",
                null);
    }
}
