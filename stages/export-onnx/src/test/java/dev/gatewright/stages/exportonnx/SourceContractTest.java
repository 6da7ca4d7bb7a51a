// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.testkit.StageContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** On a source that a command exports. */
class SourceContractTest extends StageContract {
    @Override
    protected Stage<?> stage() {
        return new ExportOnnxStage();
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        new ExportFolder(folder)
                .exports(ExportFolder.right())
                .gates("[{metric: max_absolute_difference, max: 0.0001}, {metric: accuracy, max-degradation: 0.01}]")
                .write();
    }

    @Override
    protected List<String> inputs() {
        return List.of("weights.bin", "holdout.csv", "exported.onnx");
    }
}
