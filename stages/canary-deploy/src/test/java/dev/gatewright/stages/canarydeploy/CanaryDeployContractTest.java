// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.testkit.StageContract;
import dev.gatewright.stages.testkit.StageRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class CanaryDeployContractTest extends StageContract {
    @Override
    protected Stage<?> stage() {
        return new CanaryDeployStage();
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        new CanaryDeployFolder(folder).write("""
                        steps: [{weight: 50, hold: 100ms}, {weight: 100, hold: 100ms}]
                        no-traffic: replay
                        replay: {rate: 100}
                        gates: [{metric: error_rate, max: 0.1}, {metric: accuracy, min: 0.9}]
                        """, "0");
    }

    @Override
    protected StageRun in(Path prepared) {
        return new CanaryDeployFolder(prepared).run();
    }

    @Override
    protected List<String> inputs() {
        return List.of("model.onnx", "golden.json");
    }
}
