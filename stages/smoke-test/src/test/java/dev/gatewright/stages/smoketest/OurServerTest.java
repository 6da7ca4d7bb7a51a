// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server that containers and the local target start passes, in both protocols, with proof of identity. */
@Timeout(120)
class OurServerTest {
    @TempDir
    private Path path;

    private SmokeFolder folder;
    private Process server;
    private String url;

    @BeforeEach
    void start() throws Exception {
        folder = new SmokeFolder(path);
        String sha256 = Artifact.of("model", path.resolve("model.onnx"), path).sha256();
        Path config = Files.writeString(
                path.resolve("server.json"),
                "{\"format\": \"gatewright-server/v1\", \"port\": 0, \"model\": {\"name\": \"m\", \"path\": \"model.onnx\","
                        + " \"sha256\": \"" + sha256 + "\"}}");
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.gatewright.stages.modelserver.ServerMain",
                        config.toString())
                .redirectError(path.resolve("server.log").toFile())
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        assertThat(line).as(Files.readString(path.resolve("server.log"))).isNotNull();
        url = ((Json.Obj) JsonReader.read(line.getBytes(StandardCharsets.UTF_8)))
                .text("url")
                .orElseThrow();
    }

    @AfterEach
    void stop() throws Exception {
        server.destroy();
        server.waitFor();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2", "v1"})
    void passes(String protocol) throws Exception {
        Report report = folder.asking("endpoint: {url: \"" + url + "\", protocol: " + protocol + "}")
                .with("load: {rate: 50, time: 400ms}", "burst: 20", "identity: digest")
                .gates("[{metric: accuracy, min: 0.9}, {metric: agreement, min: 1}, {metric: error_rate, max: 0}]")
                .run();

        assertThat(SmokeFolder.headline(report))
                .as(report.document().object("environment").toString())
                .isEqualTo("PASSED");
    }
}
