// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes orders for a supervisor on a loopback port from whoever knows the token. */
final class Control implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 16;
    private static final int THREADS = 8;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Supervisor supervisor;
    private final byte[] authorization;
    private final Runnable stop;

    /** Listens from now on; {@code stop} is what the order to stop does. */
    Control(Supervisor supervisor, String token, Runnable stop) throws IOException {
        this.supervisor = supervisor;
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.stop = stop;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String said = exchange.getRequestHeaders().getFirst("Authorization");
            byte[] given = (said == null ? "" : said).getBytes(StandardCharsets.UTF_8);
            if (!MessageDigest.isEqual(given, authorization)) {
                answer(exchange, 401, Json.object().put("error", "no token").build());
                return;
            }
            try {
                Json order = JsonReader.read(exchange.getRequestBody().readNBytes(MOST_BYTES));
                String path = exchange.getRequestURI().getPath();
                obey(path, order instanceof Json.Obj object ? object : empty());
                // Who renews the deadline must not wait for a server that is being started: the state would.
                answer(exchange, 200, path.equals("/arm") ? empty() : supervisor.state());
            } catch (IOException | RuntimeException e) {
                answer(
                        exchange,
                        409,
                        Json.object()
                                .put("error", String.valueOf(e.getMessage()))
                                .build());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answer(exchange, 503, Json.object().put("error", "it ends").build());
            }
        }
    }

    private static Json.Obj empty() {
        return Json.object().build();
    }

    private void obey(String path, Json.Obj order) throws IOException, InterruptedException {
        switch (path) {
            case "/state" -> {}
            case "/start" -> supervisor.start(order.text("digest").orElse(""));
            case "/weigh" ->
                supervisor.weigh(order.number("percent").orElse(-1.0).intValue());
            case "/arm" ->
                supervisor.arm(Duration.ofMillis(
                        order.number("milliseconds").orElse(0.0).longValue()));
            case "/roll-back" -> supervisor.rollBack();
            case "/release" -> supervisor.release();
            case "/stay" -> supervisor.stay();
            case "/stop" -> stop.run();
            default -> throw new IOException("there is no order " + path);
        }
    }

    private static void answer(HttpExchange exchange, int status, Json document) throws IOException {
        byte[] body = JsonWriter.compact(document).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(1);
        threads.shutdownNow();
    }
}
