// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The classifier of {@link SmokeFolder} behind a port, written once more in Java: in versions 2 and 1 and in JSON of its own at
 * {@code /score}. It can be told to do what no server should.
 */
final class ModelServer implements AutoCloseable {
    private final HttpServer server;
    private final ThreadPoolExecutor threads = (ThreadPoolExecutor) Executors.newFixedThreadPool(4);
    private volatile List<String> digests = List.of();
    private volatile @Nullable String key;
    private volatile boolean acceptsAnything;
    private volatile double limit;
    private volatile int failingEvery;
    private int answered;

    ModelServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads.prestartAllCoreThreads();
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** It names these in turn; none: it names none. */
    ModelServer naming(String... sha256) {
        this.digests = List.of(sha256);
        return this;
    }

    ModelServer demanding(String secret) {
        this.key = secret;
        return this;
    }

    ModelServer acceptingAnything() {
        this.acceptsAnything = true;
        return this;
    }

    /** It serves another model: one that says yes above {@code x0}. */
    ModelServer sayingYesAbove(double x0) {
        this.limit = x0;
        return this;
    }

    /** Each request of that number is answered 500. */
    ModelServer failingEvery(int request) {
        this.failingEvery = request;
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        boolean asksForRows = exchange.getRequestMethod().equals("POST");
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        if (key != null && asksForRows && !("Bearer " + key).equals(given)) {
            send(exchange, 401, "{}");
            return;
        }
        try {
            String said = switch (path) {
                case "/v2/models/m/ready", "/v2/models/m", "/health" -> "{}";
                case "/v1/models/m" -> "{\"model_version_status\": [{\"state\": \"AVAILABLE\"}]}";
                case "/v2/models/m/infer" -> openInference(tree(body));
                case "/v1/models/m:predict" -> "{\"predictions\": [" + predictions(tree(body)) + "]}";
                case "/score" -> score(tree(body));
                default -> throw new IOException("there is no " + path);
            };
            boolean fails = asksForRows && failingEvery > 0 && next() % failingEvery == 0;
            send(exchange, fails ? 500 : 200, fails ? "{\"error\": \"out of order\"}" : said);
        } catch (IOException | RuntimeException e) {
            send(exchange, acceptsAnything ? 200 : 400, "{\"error\": \"it is wrong\"}");
        }
    }

    private synchronized int next() {
        return ++answered;
    }

    private void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<String> named = digests;
        if (!named.isEmpty()) {
            exchange.getResponseHeaders().add("Gatewright-Model-Digest", "sha256:" + named.get(next() % named.size()));
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Json.Obj tree(byte[] body) throws IOException {
        return (Json.Obj) JsonReader.read(body);
    }

    private String openInference(Json.Obj asked) throws IOException {
        Json.Obj input = asked.objects("inputs").get(0);
        List<Double> data = numbers(input.items("data"));
        List<Double> shape = numbers(input.items("shape"));
        boolean fits = input.text("name").orElse("").equals("x")
                && input.text("datatype").orElse("").equals("FP32")
                && shape.get(0) * 2 == data.size();
        if (!fits) {
            throw new IOException("no rows of x");
        }
        List<String> scores = new ArrayList<>();
        for (int i = 0; i < data.size(); i += 2) {
            scores.add(scores(data.get(i)));
        }
        return "{\"model_name\": \"m\", \"outputs\": [{\"name\": \"scores\", \"datatype\": \"FP32\", \"shape\": ["
                + scores.size() + ", 2], \"data\": [" + String.join(",", scores) + "]}]}";
    }

    private String predictions(Json.Obj asked) throws IOException {
        List<String> scores = new ArrayList<>();
        for (Json instance : asked.items("instances")) {
            List<Double> row = numbers(((Json.Arr) instance).items());
            if (row.size() != 2) {
                throw new IOException("no row of x");
            }
            scores.add("[" + scores(row.get(0)) + "]");
        }
        if (scores.isEmpty()) {
            throw new IOException("no rows");
        }
        return String.join(",", scores);
    }

    private String score(Json.Obj asked) throws IOException {
        double x0 = asked.object("row").number("a").orElseThrow(() -> new IOException("no a"));
        return JsonWriter.compact(Json.object().put("ok", true).build())
                .replace("}", ", \"result\": {\"scores\": [" + scores(x0) + "]}}");
    }

    private static List<Double> numbers(List<Json> items) throws IOException {
        List<Double> numbers = new ArrayList<>();
        for (Json item : items) {
            if (!(item instanceof Json.Num number)) {
                throw new IOException("no number");
            }
            numbers.add(number.value());
        }
        return numbers;
    }

    /** The softmax of -10 (x0 - limit) and 10 (x0 - limit). */
    private String scores(double x0) {
        double yes = 1 / (1 + StrictMath.exp(-20 * (x0 - limit)));
        return (float) (1 - yes) + "," + (float) yes;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
