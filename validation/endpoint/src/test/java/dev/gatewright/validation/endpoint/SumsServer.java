// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** {@link Sums} behind a port: versions 2 and 1, and JSON of its own at {@code /score}. */
final class SumsServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    volatile @Nullable String key;
    volatile boolean acceptsAnything;
    volatile float bias;
    volatile List<String> digests = List.of(Sums.DIGEST);
    private int answered;

    SumsServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    Endpoint endpoint() {
        return Endpoint.at(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        if (key != null && !("Bearer " + key).equals(given) && !path.endsWith("/ready")) {
            send(exchange, 401, "{\"error\": \"who are you, " + given + "?\"}");
            return;
        }
        try {
            String said = switch (path) {
                case "/v2/models/sums/ready" -> "";
                case "/v2/models/sums" ->
                    "{\"name\": \"sums\", \"parameters\": {\"digest\": \"sha256:" + digests.get(0) + "\"}}";
                case "/v1/models/sums" -> "{\"model_version_status\": [{\"state\": \"AVAILABLE\"}]}";
                case "/v2/models/sums/infer" -> openInference(tree(body));
                case "/v1/models/sums:predict" -> predict(tree(body));
                case "/score" -> score(tree(body));
                default -> throw new IOException("there is no " + path);
            };
            send(exchange, 200, said);
        } catch (IOException | RuntimeException e) {
            send(exchange, acceptsAnything ? 200 : 400, "{\"error\": \"it is wrong\"}");
        }
    }

    private synchronized void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .add(InferenceClient.DIGEST_HEADER, "sha256:" + digests.get(answered++ % digests.size()));
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static JsonTree.Obj tree(byte[] body) throws IOException {
        return (JsonTree.Obj) JsonTree.read(body, 0, body.length);
    }

    private static double number(JsonTree tree) {
        return Double.parseDouble(((JsonTree.Num) tree).literal());
    }

    private static List<JsonTree> items(@Nullable JsonTree tree) throws IOException {
        if (!(tree instanceof JsonTree.Arr array)) {
            throw new IOException("no list");
        }
        return array.items();
    }

    private String openInference(JsonTree.Obj asked) throws IOException {
        JsonTree.Obj input = (JsonTree.Obj) items(asked.get("inputs")).get(0);
        List<JsonTree> data = items(input.get("data"));
        List<JsonTree> shape = items(input.get("shape"));
        boolean fits = input.text("name").equals("x")
                && input.text("datatype").equals("FP32")
                && number(shape.get(0)) * 2 == data.size();
        if (!fits) {
            throw new IOException("no rows of x");
        }
        List<String> sums = new ArrayList<>();
        List<String> signs = new ArrayList<>();
        for (int i = 0; i < data.size(); i += 2) {
            float sum = (float) (number(data.get(i)) + number(data.get(i + 1))) + bias;
            sums.add(Float.toString(sum));
            signs.add(sum > 0 ? "1" : "0");
        }
        int rows = sums.size();
        return "{\"model_name\": \"sums\", \"outputs\": [{\"name\": \"sum\", \"datatype\": \"FP32\", \"shape\": ["
                + rows
                + ", 1], \"data\": [" + String.join(",", sums)
                + "]}, {\"name\": \"sign\", \"datatype\": \"INT64\", \"shape\": [" + rows + "], \"data\": ["
                + String.join(",", signs) + "]}]}";
    }

    private String predict(JsonTree.Obj asked) throws IOException {
        List<String> predictions = new ArrayList<>();
        for (JsonTree instance : items(asked.get("instances"))) {
            predictions.add(both(items(instance)));
        }
        return "{\"predictions\": [" + String.join(",", predictions) + "]}";
    }

    private String score(JsonTree.Obj asked) throws IOException {
        JsonTree.Obj row = (JsonTree.Obj) items(asked.get("rows")).get(0);
        List<JsonTree> values = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            JsonTree value = row.get(name);
            if (value == null) {
                throw new IOException("no " + name);
            }
            values.add(value);
        }
        return "{\"result\": [" + both(values) + "]}";
    }

    private String both(List<JsonTree> row) {
        float sum = (float) (number(row.get(0)) + number(row.get(1))) + bias;
        return "{\"sum\": [" + sum + "], \"sign\": " + (sum > 0 ? 1 : 0) + "}";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
