// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.testkit.StageContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** On a model that is ONNX already. */
@Tag("slow")
class ExportOnnxContractTest extends StageContract {
    @Override
    protected Stage<?> stage() {
        return new ExportOnnxStage();
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        new ExportFolder(folder)
                .passesThrough(ExportFolder.right())
                .gates("[{metric: max_absolute_difference, max: 0.0001}, {metric: accuracy, max-degradation: 0.01}]")
                .write();
    }

    @Override
    protected List<String> inputs() {
        return List.of("model.onnx", "holdout.csv");
    }
}
