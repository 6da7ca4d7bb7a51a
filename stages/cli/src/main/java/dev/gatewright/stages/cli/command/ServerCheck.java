// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether the server serves a model on this machine. */
final class ServerCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ROW = "{\"instances\": [[1, 0, 0]]}";

    private ServerCheck() {}

    /** What was found. */
    record Answer(boolean isRight, String sentence) {}

    /** Serves {@code model}, which takes rows of three numbers, and asks it for one. */
    static Answer run(Installation.Part server, Path model) throws IOException, InterruptedException {
        Path config = model.resolveSibling("server.json");
        Path log = model.resolveSibling("server.log");
        Files.writeString(config, JsonWriter.pretty(ServeCommand.config(model, "check", 0)));
        long before = System.nanoTime();
        try (ServerProcess process = ServerProcess.start(
                server, config, ProcessBuilder.Redirect.PIPE, ProcessBuilder.Redirect.to(log.toFile()))) {
            String ready = firstLine(process.process());
            double seconds = (System.nanoTime() - before) / 1e9;
            if (ready.isEmpty()) {
                return new Answer(
                        false,
                        "the server did not become ready: "
                                + Files.readString(log).strip());
            }
            HttpResponse<String> response = ask(ready);
            return response.statusCode() == 200
                    ? new Answer(
                            true, String.format(Locale.ROOT, "a model was served, %.1f s after its start", seconds))
                    : new Answer(false, "the server answered " + response.statusCode() + ": " + response.body());
        }
    }

    /** Empty where it ends without one, or takes too long. */
    private static String firstLine(Process process) throws InterruptedException {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
            try {
                String read = process.inputReader(StandardCharsets.UTF_8).readLine();
                return read == null ? "" : read;
            } catch (IOException e) {
                return "";
            }
        });
        try {
            return line.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return "";
        }
    }

    private static HttpResponse<String> ask(String ready) throws IOException, InterruptedException {
        Json.Obj line = (Json.Obj) JsonReader.read(ready.getBytes(StandardCharsets.UTF_8));
        URI address = URI.create(line.text("url").orElseThrow() + "/v1/models/check:predict");
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(ROW))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
