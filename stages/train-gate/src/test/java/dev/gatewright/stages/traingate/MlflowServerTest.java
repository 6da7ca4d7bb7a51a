// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract against MLflow's own server and client. */
@Tag("python")
@Tag("slow")
class MlflowServerTest extends MetricsSourceContract {
    @TempDir
    private static Path serverFolder;

    private static Process server;
    private static String address;

    @BeforeAll
    static void start() throws Exception {
        Path python = Requires.python();
        int port = freePort();
        address = "http://127.0.0.1:" + port;
        List<String> command = List.of(
                python.toString(),
                "-m",
                "mlflow",
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--workers",
                "1",
                "--backend-store-uri",
                "sqlite:///" + serverFolder.resolve("mlflow.db"),
                "--artifacts-destination",
                serverFolder.resolve("artifacts").toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(serverFolder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(serverFolder.resolve("server.log").toFile());
        // The server starts others by name.
        builder.environment().merge("PATH", python.getParent().toString(), (path, bin) -> bin + ":" + path);
        server = builder.start();
        awaitHealth();
    }

    @AfterAll
    static void end() throws Exception {
        if (server != null) {
            List<ProcessHandle> all = server.descendants().toList();
            server.destroy();
            all.forEach(ProcessHandle::destroy);
            server.onExit().join();
            all.forEach(process -> process.onExit().join());
        }
    }

    @Override
    protected String metrics() {
        return "{mlflow: {server: \"" + address + "\", experiment: digits}}";
    }

    @Override
    protected String logs(TrainingFolder folder, List<Double> values) throws IOException {
        String series = values.stream().map(value -> "float('" + value + "')").collect(Collectors.joining(", "));
        Files.writeString(folder.path("train.py"), """
                import mlflow
                with mlflow.start_run():
                    for step, value in enumerate([%s]):
                        mlflow.log_metric("val_loss", value, step=step)
                        mlflow.log_metric("val_accuracy", value, step=step)
                    mlflow.log_metric("val_accuracy", 1.0, step=1000)
                """.formatted(series));
        return Requires.python() + " train.py";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitHealth() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/health")).build();
        while (true) {
            assertThat(server.isAlive())
                    .as("the server: %s", Files.readString(serverFolder.resolve("server.log")))
                    .isTrue();
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not up yet.
            }
            Thread.sleep(200);
        }
    }
}
