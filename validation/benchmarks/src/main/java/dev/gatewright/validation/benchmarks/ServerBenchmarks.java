// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewright.validation.endpoint.Arrivals;
import dev.gatewright.validation.endpoint.LoadResult;
import dev.gatewright.validation.endpoint.OpenLoad;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the model server beside FastAPI, and prints what came of it as Markdown: which load each holds, in the open model, with
 * the same p99.
 */
public final class ServerBenchmarks {
    private static final double MOST_MILLISECONDS = 25;
    private static final double FIRST_RATE = 400;
    private static final double STEP = 1.25;
    private static final double SECONDS = 5;
    private static final int WARM_UPS = 5;
    private static final int CONNECTIONS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Setup setup;
    private final PrintStream out;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /**
     * What a server held.
     *
     * @param microseconds of a processor that a request took, at the first rate: that differs little on a busy machine
     * @param load the highest that it held; none where it held not even the first
     */
    private record Held(
            double readySeconds,
            double microseconds,
            double megabytes,
            @Nullable LoadResult load) {
        double rate() {
            return load == null ? 0 : load.achievedRate();
        }
    }

    private ServerBenchmarks(Setup setup, PrintStream out) {
        this.setup = setup;
        this.out = out;
    }

    /** Takes what {@link Setup} holds. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new ServerBenchmarks(Setup.of(arguments, " --server"), System.out).print();
    }

    private void print() throws IOException, InterruptedException {
        out.println(Machine.describe(setup.program(), setup.python()));
        int port = freePort();
        List<String> ours = List.of(
                setup.program().toString(),
                "serve",
                "digits.onnx",
                "--name",
                "model",
                "--port",
                Integer.toString(port));
        List<String> theirs = List.of(
                setup.python().toString(),
                "-m",
                "uvicorn",
                "--app-dir",
                setup.scripts().toString(),
                "serve:app",
                "--workers",
                Integer.toString(Runtime.getRuntime().availableProcessors()),
                "--no-access-log",
                "--log-level",
                "warning",
                "--port",
                Integer.toString(port));
        out.println(
                "| rows a request | what | ready after | processor time a request | memory | load held | p50 | p99 |");
        out.println("|--:|---|--:|--:|--:|--:|--:|--:|");
        for (int rows : new int[] {1, 32}) {
            Held one = measure(ours, port, rows);
            row(rows, "ours", one);
            Held other = measure(theirs, port, rows);
            row(rows, "FastAPI", other);
            out.printf(
                    Locale.ROOT,
                    "| %d | times better |  | %.1f |  | %.1f |  |  |%n",
                    rows,
                    other.microseconds() / one.microseconds(),
                    one.rate() / other.rate());
        }
    }

    private void row(int rows, String what, Held held) {
        LoadResult load = held.load();
        out.printf(
                Locale.ROOT,
                "| %d | %s | %.2f s | %.0f µs | %.0f MB | %s |%n",
                rows,
                what,
                held.readySeconds(),
                held.microseconds(),
                held.megabytes(),
                load == null
                        ? "none |  | "
                        : String.format(
                                Locale.ROOT,
                                "%.0f/s | %.1f ms | %.1f ms",
                                load.achievedRate(),
                                load.latency(0.5),
                                load.latency(0.99)));
    }

    private Held measure(List<String> command, int port, int rows) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(setup.work().toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            awaitReady(process, port);
            double ready = (System.nanoTime() - start) / 1e9;
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/v1/models/model:predict"))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body(rows)))
                    .build();
            double microseconds = processorMicroseconds(process, request);
            LoadResult best = null;
            double rate = FIRST_RATE;
            for (LoadResult found = held(request, rate); found != null; found = held(request, rate)) {
                best = found;
                rate *= STEP;
            }
            return new Held(ready, microseconds, ProcessTree.residentBytes(process.pid()) / 1e6, best);
        } finally {
            List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                    .toList();
            all.forEach(ProcessHandle::destroy);
            all.forEach(each -> each.onExit().join());
        }
    }

    /** A load that is held; null where it is held in none of three tries, of which the first may warm up what only it needs. */
    private @Nullable LoadResult held(HttpRequest request, double rate) throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            LoadResult found = load(request, rate);
            if (found.errorRate() == 0 && found.latency(0.99) <= MOST_MILLISECONDS) {
                return found;
            }
        }
        return null;
    }

    /** Of all its processes, a request, once it is warm. */
    private double processorMicroseconds(Process process, HttpRequest request) throws InterruptedException {
        for (int i = 0; i < WARM_UPS; i++) {
            load(request, FIRST_RATE);
        }
        double before = processorSeconds(process);
        LoadResult load = load(request, FIRST_RATE);
        return 1e6 * (processorSeconds(process) - before) / load.answered();
    }

    private static double processorSeconds(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                        .flatMap(each -> each.info().totalCpuDuration().stream())
                        .mapToLong(Duration::toNanos)
                        .sum()
                / 1e9;
    }

    private LoadResult load(HttpRequest request, double rate) throws InterruptedException {
        return OpenLoad.run(Arrivals.poisson(rate, SECONDS, 7), CONNECTIONS, PATIENCE, index -> send(request));
    }

    private CompletableFuture<OpenLoad.Outcome> send(HttpRequest request) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .handle((response, failure) -> failure == null && response.statusCode() == 200
                        ? OpenLoad.Outcome.ANSWERED
                        : OpenLoad.Outcome.failed(
                                failure == null ? "answered " + response.statusCode() : failure.toString()));
    }

    private void awaitReady(Process process, int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v2/health/ready"))
                .build();
        while (process.isAlive()) {
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            Thread.sleep(10);
        }
        throw new IOException("the server ended with " + process.exitValue());
    }

    /** Rows of the data set, as a request. */
    private String body(int rows) throws IOException {
        List<List<Double>> instances = Files.readAllLines(setup.work().resolve("1000.csv")).stream()
                .skip(1)
                .limit(rows)
                .map(line -> List.of(line.split(",", -1)).subList(1, 65).stream()
                        .map(Double::valueOf)
                        .toList())
                .toList();
        return new ObjectMapper().writeValueAsString(Map.of("instances", instances));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
