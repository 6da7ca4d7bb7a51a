// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program: when it says that it is ready, how it ends, and why it does not begin. */
class ServerMainTest {
    private static final long SECONDS = 60;

    @TempDir
    private Path folder;

    private @Nullable Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void saysThatItIsReadyAndEndsWithZeroOnceItsRequestsAreAnswered() throws Exception {
        Path model = RunningServer.classifier(folder);
        Process server = start(RunningServer.config(model, "\"batching\": {\"rows\": 8, \"wait-ms\": 700}"));
        Json.Obj ready = (Json.Obj) JsonReader.read(firstLine(server).getBytes(StandardCharsets.UTF_8));
        assertThat(ready.text("model")).contains("m");
        assertThat(ready.text("sha256")).contains(RunningServer.sha256(model));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(ready.text("url").orElseThrow() + "/v1/models/m:predict"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"instances\": [[1, 2]]}"))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        // It waits in its batch, so that the server has it when it is told to end.
        CompletableFuture<HttpResponse<String>> asked = client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        while (!metrics(client, ready).contains("gatewright_requests_in 1")) {
            Thread.onSpinWait();
        }

        server.destroy();

        assertThat(asked.get(SECONDS, TimeUnit.SECONDS).body()).startsWith("{\"predictions\":");
        assertThat(server.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
    }

    @Test
    void doesNotServeAnotherModelThanTheOneThatWasJudged() throws Exception {
        Path config = RunningServer.config(RunningServer.classifier(folder), "");
        Files.writeString(
                config, Files.readString(config).replaceFirst("\"[0-9a-f]{64}\"", "\"" + "0".repeat(64) + "\""));

        assertThat(errors(config, 3))
                .contains("the one that was judged has " + "0".repeat(64))
                .contains("Next: ");
    }

    @Test
    void doesNotServeWhatItDoesNotTakeForAModel() throws Exception {
        Path model = Files.writeString(folder.resolve("no.onnx"), "no model");

        assertThat(errors(RunningServer.config(model, ""), 3)).contains("is refused");
    }

    @Test
    void saysAllThatIsWrongWithItsConfiguration() throws Exception {
        Path config = Files.writeString(
                folder.resolve("server.json"),
                "{\"format\": \"gatewright-server/v1\", \"model\": {\"name\": \"a/b\", \"sha256\": \"x\"}, \"port\": 1.5, \"prot\": 1,"
                        + " \"keys\": [\"0123456789\"]}");

        assertThat(errors(config, 2))
                .contains("model.name: letters, digits")
                .contains("model.path: it is missing")
                .contains("model.sha256: 64 hexadecimal digits")
                .contains("port: a whole number from 0 to 65535")
                .contains("prot: there is no such member")
                .contains("keys[0]: ")
                .doesNotContain("0123456789\"");
    }

    @Test
    void saysWhereItCannotListen() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Path config = RunningServer.config(RunningServer.classifier(folder), "");
            Files.writeString(
                    config, Files.readString(config).replace("\"port\": 0", "\"port\": " + taken.getLocalPort()));

            assertThat(errors(config, 3)).contains("cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    private Process start(Path config) throws IOException {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerMain.class.getName(),
                        config.toString())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        process = started;
        return started;
    }

    private String errors(Path config, int code) throws Exception {
        Process started = start(config);
        assertThat(started.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        String errors = Files.readString(folder.resolve("errors"));
        assertThat(started.exitValue()).as(errors).isEqualTo(code);
        return errors;
    }

    private static String firstLine(Process server) throws IOException {
        return new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    private static String metrics(HttpClient client, Json.Obj ready) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(ready.text("url").orElseThrow() + "/metrics"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
