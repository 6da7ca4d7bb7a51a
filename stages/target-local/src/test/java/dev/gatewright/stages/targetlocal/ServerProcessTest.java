// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server as its keeper starts it. */
class ServerProcessTest {
    @TempDir
    private Path folder;

    @Test
    void tellsTheMakerOfOnnxRuntimeNothing() throws Exception {
        Path environment = folder.resolve("environment");
        String script = "env >" + environment + "; echo '{\"url\":\"http://127.0.0.1:1\"}'; exec sleep 1000";

        try (ServerProcess server = ServerProcess.start(
                List.of("/bin/sh", "-c", script),
                folder.resolve("config.json"),
                folder.resolve("log"),
                Duration.ofSeconds(30))) {
            assertThat(server.url()).isEqualTo(URI.create("http://127.0.0.1:1"));
            assertThat(Files.readAllLines(environment)).contains("ORT_DISABLE_TELEMETRY=1");
        }
    }
}
