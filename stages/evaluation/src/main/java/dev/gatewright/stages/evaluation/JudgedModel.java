// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.util.ArrayList;
import java.util.List;

/**
 * The model of a run, where it is the very one that passed the gates of evaluate-metrics.
 *
 * @param judgedBy the stage that judged it
 */
public record JudgedModel(ModelFile file, StageName judgedBy) {
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
