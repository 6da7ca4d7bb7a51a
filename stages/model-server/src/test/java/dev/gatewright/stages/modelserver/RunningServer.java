// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.modelserver.config.ConfigReader;
import dev.gatewright.stages.modelserver.config.ServerConfig;
import dev.gatewright.stages.modelserver.http.Keys;
import dev.gatewright.stages.modelserver.http.ModelServer;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** A server in this process, and a client of it. */
final class RunningServer implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final ModelServer server;
    private final ModelLoader loader;

    private RunningServer(ServerConfig config, Map<String, String> environment) throws Exception {
        Keys keys = Keys.of(config.keys(), name -> Optional.ofNullable(environment.get(name)));
        server = new ModelServer(
                config, "1.2.3", keys, Clock.systemUTC(), new PrintStream(log, true, StandardCharsets.UTF_8));
        loader = new ModelLoader(config, server::ran);
    }

    /** Serves {@code model}; {@code settings} are further members of the configuration. */
    static RunningServer of(Path model, String settings) throws Exception {
        RunningServer running = unopened(model, settings, Map.of());
        running.open();
        return running;
    }

    /** The same with environment variables. */
    static RunningServer of(Path model, String settings, Map<String, String> environment) throws Exception {
        RunningServer running = unopened(model, settings, environment);
        running.open();
        return running;
    }

    /** A server that listens and has no model yet. */
    static RunningServer unopened(Path model, String settings, Map<String, String> environment) throws Exception {
        RunningServer running = new RunningServer(ConfigReader.read(config(model, settings)), environment);
        running.server.start();
        return running;
    }

    void open() throws Exception {
        loader.begin();
        server.open(loader.await());
    }

    /** A configuration beside {@code model}, on any free port. */
    static Path config(Path model, String settings) {
        String more = settings.isEmpty() ? "" : ", " + settings;
        return write(model.resolveSibling(model.getFileName() + ".json"), """
                {"format": "gatewright-server/v1", "port": 0, "threads": 2,
                 "model": {"name": "m", "version": "7", "path": "%s", "sha256": "%s"}%s}
                """.formatted(
                        model.getFileName(), sha256(model), more));
    }

    /** {@code scores = softmax(x · weights)} of two features and three classes. */
    static Path classifier(Path folder) {
        return Onnx.softmaxClassifier(new float[][] {{1, 0, -1}, {0.5f, -0.5f, 0.25f}}, new float[] {0, 0.1f, 0})
                .writeTo(folder.resolve("classifier.onnx"));
    }

    /** Whatever type an input has, an output gives it back. */
    static Path echo(Path folder, String rows) {
        return Onnx.model()
                .input("f", Onnx.FLOAT, rows + ",2")
                .input("l", Onnx.INT64, rows)
                .input("b", Onnx.BOOL, rows)
                .input("t", Onnx.STRING, rows)
                .node("Identity", "f", "f_out")
                .node("Identity", "l", "l_out")
                .node("Identity", "b", "b_out")
                .node("Identity", "t", "t_out")
                .output("f_out", Onnx.FLOAT, rows + ",2")
                .output("l_out", Onnx.INT64, rows)
                .output("b_out", Onnx.BOOL, rows)
                .output("t_out", Onnx.STRING, rows)
                .writeTo(folder.resolve("echo-" + rows + ".onnx"));
    }

    static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return server.url();
    }

    int port() {
        return URI.create(url()).getPort();
    }

    HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url() + path)), headers);
    }

    HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws Exception {
        return send(
                HttpRequest.newBuilder(URI.create(url() + path)).POST(HttpRequest.BodyPublishers.ofByteArray(body)),
                headers);
    }

    HttpResponse<byte[]> post(String path, String body) throws Exception {
        return post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, String... headers) throws Exception {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** The document in a response. */
    static Json.Obj json(HttpResponse<byte[]> response) throws Exception {
        return (Json.Obj) JsonReader.read(response.body());
    }

    /** The text of a response, its spaces those of the server. */
    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** What a refusal says. */
    static String error(HttpResponse<byte[]> response) throws Exception {
        return json(response)
                .text("error")
                .orElseThrow(() -> new AssertionError(JsonWriter.compact(Json.of(text(response)))));
    }

    /** What was logged so far. */
    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
        loader.close();
    }
}
