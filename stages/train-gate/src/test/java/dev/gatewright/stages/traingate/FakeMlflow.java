// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of an MLflow server that is asked. A run has logged the values once its id stands in the file {@code logged}, to
 * which the training writes it.
 */
final class FakeMlflow implements AutoCloseable {
    private final HttpServer server;
    private Path logged = Path.of("nowhere");
    private List<Double> values = List.of();
    private int runs;
    private volatile String lastUpdate = "";

    FakeMlflow() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/2.0/mlflow/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on runs log these, once they are named in {@code file}. */
    synchronized void willLog(Path file, List<Double> losses) {
        this.logged = file;
        this.values = losses;
    }

    /** The last change of a run that was asked for. */
    String lastUpdate() {
        return lastUpdate;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        String method = asked.getPath().substring("/api/2.0/mlflow/".length());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = asked.getQuery() == null ? "" : asked.getQuery();
        String answer = switch (method) {
            case "experiments/get-by-name" -> "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\"}";
            case "experiments/create" -> "{\"experiment_id\": \"7\"}";
            case "runs/create" -> "{\"run\": {\"info\": {\"run_id\": \"run" + ++runs + "\"}}}";
            case "runs/get" -> run(query.substring(query.indexOf('=') + 1));
            case "runs/update" -> {
                lastUpdate = body;
                yield "{}";
            }
            default -> history(query.contains("val_accuracy"), query.contains("page_token"));
        };
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.contains("error_code") ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private String run(String id) throws IOException {
        boolean hasLogged =
                Files.exists(logged) && Files.readString(logged).strip().equals(id);
        String metrics =
                hasLogged ? "{\"key\": \"val_loss\", \"value\": 0}, {\"key\": \"val_accuracy\", \"value\": 1}" : "";
        return "{\"run\": {\"info\": {\"status\": \"" + (hasLogged ? "FINISHED" : "RUNNING")
                + "\"}, \"data\": {\"metrics\": [" + metrics + "]}}}";
    }

    /** In two pages, and not in the order of the steps. */
    private String history(boolean isAccuracy, boolean isSecondPage) {
        List<String> points = new ArrayList<>();
        for (int step = 0; step < values.size(); step++) {
            points.add(point(step, String.valueOf(values.get(step))));
        }
        if (isAccuracy) {
            points.add(point(values.size(), "1"));
        }
        List<String> page =
                isSecondPage ? points.subList(0, points.size() - 1) : points.subList(points.size() - 1, points.size());
        return "{\"metrics\": [" + String.join(", ", page) + "]" + (isSecondPage ? "" : ", \"next_page_token\": \"2\"")
                + "}";
    }

    private static String point(int step, String value) {
        boolean isText = value.endsWith("NaN") || value.endsWith("Infinity");
        return "{\"step\": " + step + ", \"timestamp\": 1, \"value\": " + (isText ? '"' + value + '"' : value) + "}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
