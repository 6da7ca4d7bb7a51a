// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluatemetrics;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.testkit.StageContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** On a model that is not ONNX yet, by its own command. */
class SourceContractTest extends StageContract {
    @Override
    protected Stage<?> stage() {
        return new EvaluateMetricsStage();
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        new SourceFolder(folder)
                .judge(
                        "",
                        "",
                        "{metric: accuracy, min: 0.9, confidence: 0.95}",
                        "{metric: accuracy, slice: writer, min: 0.7, min-samples: 50}",
                        "{metric: log_loss, max: 0.5}");
    }

    @Override
    protected List<String> inputs() {
        return List.of("weights.bin", "holdout.csv");
    }
}
