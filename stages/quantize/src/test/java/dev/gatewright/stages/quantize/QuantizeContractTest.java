// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.testkit.StageContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class QuantizeContractTest extends StageContract {
    @Override
    protected Stage<?> stage() {
        return new QuantizeStage();
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        new QuantizeFolder(folder)
                .writeModel()
                .gates("[{metric: accuracy, max-degradation: 0.05, confidence: 0.9}, {metric: size_ratio, max: 0.99},"
                        + " {metric: latency_p95_ms, max: 60000}]")
                .ladder("[int8-dynamic, fp16]");
    }

    @Override
    protected List<String> inputs() {
        return List.of("model.onnx", "holdout.csv");
    }
}
