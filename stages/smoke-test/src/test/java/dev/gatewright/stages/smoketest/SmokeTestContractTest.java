// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.testkit.StageContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class SmokeTestContractTest extends StageContract {
    private static ModelServer server;

    @BeforeAll
    static void start() throws IOException {
        server = new ModelServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected Stage<?> stage() {
        return new SmokeTestStage();
    }

    @Override
    protected void prepare(Path folder) throws IOException {
        new SmokeFolder(folder)
                .golden("golden: {data: holdout, rows: 10}")
                .asking(server, "")
                .with("load: {rate: 50, time: 200ms}", "burst: 8")
                .gates(
                        "[{metric: accuracy, min: 0.9}, {metric: latency_p99_ms, max: 60000}, {metric: error_rate, max: 0.5}]")
                .write();
    }

    @Override
    protected List<String> inputs() {
        return List.of("model.onnx", "holdout.csv");
    }
}
