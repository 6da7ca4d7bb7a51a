// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluatemetrics;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.testkit.StageContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** On a model, by the real worker. */
class EvaluateMetricsContractTest extends StageContract {
    @Override
    protected Stage<?> stage() {
        return new EvaluateMetricsStage();
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        new EvaluationFolder(folder)
                .writeRows()
                .writeModel("model.onnx", 0)
                .ofModel(
                        "{metric: accuracy, min: 0.9, confidence: 0.95}",
                        "{metric: accuracy, slice: writer, min: 0.7, min-samples: 50}",
                        "{metric: f1, average: macro, min: 0.9}",
                        "{metric: latency_p95_ms, max: 60000}");
    }

    @Override
    protected List<String> inputs() {
        return List.of("model.onnx", "holdout.csv");
    }
}
