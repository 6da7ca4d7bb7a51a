// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.testkit;

import dev.gatewright.stages.api.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The contract of {@link CountingStage} and of those that break it. */
abstract class CountingContract extends StageContract {
    private final Stage<?> stage;

    CountingContract(Stage<?> stage) {
        this.stage = stage;
    }

    @Override
    protected Stage<?> stage() {
        return stage;
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        Files.writeString(folder.resolve("gatewright.yaml"), """
                gatewright: 1
                model: {name: m, task: binary-classification, classes: [wrong, right]}
                stages:
                  evaluate-metrics:
                    rows: rows.txt
                    gates: [{metric: accuracy, min: 0.5}]
                """);
        Files.writeString(folder.resolve("rows.txt"), "right\nright\nwrong\n");
    }

    @Override
    protected List<String> inputs() {
        return List.of("rows.txt");
    }
}
