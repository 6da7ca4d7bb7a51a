// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.testkit.StageContract;
import dev.gatewright.stages.testkit.StageRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class ContainerizeContractTest extends StageContract {
    private final Map<Path, ContainerizeFolder> folders = new HashMap<>();

    @Override
    protected Stage<?> stage() {
        return new ContainerizeStage();
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        folders.put(
                folder,
                new ContainerizeFolder(folder)
                        .write("archive: build/m.tar, gates: [{metric: image_bytes, max: 1000000}]"));
    }

    @Override
    protected StageRun in(Path prepared) {
        return folders.get(prepared).run();
    }

    @Override
    protected List<String> inputs() {
        return List.of("model.onnx", "server/onnxruntime-1.29.0.jar", "golden.json");
    }
}
