// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.evaluation.ModelOfRun;
import dev.gatewright.stages.testkit.FakeStage;
import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder with a model that gives back what it gets, golden rows of it, and a spec. */
final class CanaryDeployFolder {
    private static final String GOLDEN = """
            {"format": "gatewright-golden/v1",
             "inputs": [{"name": "x", "datatype": "FP32", "shape": [2]}],
             "outputs": [{"name": "scores", "datatype": "FP32", "shape": [2]}],
             "tolerance": {"absolute": 1e-5, "relative": 1e-4},
             "rows": [
               {"id": "one", "inputs": {"x": [1, 0]}, "expected": {"label": "a", "outputs": {"scores": [1, 0]}}},
               {"id": "two", "inputs": {"x": [0, 1]}, "expected": {"label": "b", "outputs": {"scores": [%s, 1]}}}]}
            """;

    private final Path folder;

    CanaryDeployFolder(Path folder) {
        this.folder = folder;
    }

    /** With those keys of the stage beside target and golden rows; {@code second} is what the second row should be answered with. */
    CanaryDeployFolder write(String keys, String second) throws IOException {
        Onnx.model()
                .input("x", Onnx.FLOAT, "N,2")
                .node("Identity", "x", "scores")
                .output("scores", Onnx.FLOAT, "N,2")
                .writeTo(folder.resolve("model.onnx"));
        Files.writeString(folder.resolve("golden.json"), GOLDEN.formatted(second));
        Files.writeString(
                folder.resolve("gatewright.yaml"), """
                gatewright: 1
                model: {name: m, task: multiclass-classification, path: model.onnx, classes: [a, b]}
                stages:
                  evaluate-metrics: {}
                  canary-deploy:
                    target: {kind: echo}
                    golden: {path: golden.json}
                    release-within: 15m
                    %s
                """.formatted(keys.strip().replace("\n", "\n    ")));
        return this;
    }

    /** The stage, after an evaluate-metrics that judged the model as it lies there now. */
    StageRun run() {
        Artifact judged = new Artifact(
                ModelOfRun.NAME,
                "model.onnx",
                1,
                ModelFile.open(folder.resolve("model.onnx"), SafetyLimits.strict())
                        .digest());
        return new StageRun(new CanaryDeployStage(), folder)
                .after(new FakeStage(StageName.EVALUATE_METRICS, request -> {
                    StageOutcome passed = FakeStage.outcome(1);
                    return new StageOutcome(
                            passed.gates(),
                            List.of(),
                            List.of(judged),
                            List.of(),
                            passed.facts(),
                            passed.environment());
                }));
    }
}
