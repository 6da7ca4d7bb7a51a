// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.gatewright.stages.canarydeploy.port.Side;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One port on loopback in front of both versions. What comes by POST is shared out and counted; all else (health, metadata) goes
 * to stable, or to a candidate with all the traffic.
 *
 * <p>A version that takes no connection has not seen the request: that counts as its error, and the other one answers. Whatever
 * fails later is told to whoever asked, since nobody knows what the version has done with it.
 */
final class Router implements HttpHandler, AutoCloseable {
    private static final int MOST_BYTES = 64 << 20;
    private static final int THREADS = 128;
    private static final int TOO_LARGE = 413;
    private static final int BUSY = 429;
    private static final int FAILED = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Of one connection only, or set by the client itself. */
    private static final Set<String> NOT_FORWARDED = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private volatile Routes routes = Routes.of(null, null, 0);

    /**
     * Listens from now on.
     *
     * @param port 0 for any free one
     * @throws IOException if it is taken
     */
    Router(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Routes routes() {
        return routes;
    }

    /** Requests that come from now on go by {@code next}. */
    void follow(Routes next) {
        routes = next;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                refuse(exchange, TOO_LARGE, "a request has at most " + MOST_BYTES + " bytes");
                return;
            }
            Routes now = routes;
            boolean counts = exchange.getRequestMethod().equals("POST");
            Optional<Side> side = now.next(counts);
            if (side.isEmpty()) {
                refuse(exchange, UNAVAILABLE, "no version is served here");
                return;
            }
            forward(exchange, body, now, side.get(), counts);
        }
    }

    private void forward(HttpExchange exchange, byte[] body, Routes now, Side side, boolean counts) throws IOException {
        URI base = now.url(side);
        if (base == null) {
            refuse(exchange, UNAVAILABLE, "no version is served here");
            return;
        }
        long start = System.nanoTime();
        try {
            HttpResponse<InputStream> answer =
                    client.send(request(exchange, base, body), HttpResponse.BodyHandlers.ofInputStream());
            copy(answer, exchange, side);
            if (counts) {
                boolean isError = answer.statusCode() >= FAILED || answer.statusCode() == BUSY;
                now.of(side).answered(isError, System.nanoTime() - start);
            }
        } catch (ConnectException | HttpConnectTimeoutException e) {
            if (counts) {
                now.of(side).failed();
            }
            Side other = side == Side.STABLE ? Side.CANDIDATE : Side.STABLE;
            boolean mayAnswer = side == Side.CANDIDATE && now.url(other) != null;
            if (mayAnswer) {
                forward(exchange, body, now, other, counts);
            } else {
                refuse(exchange, BAD_GATEWAY, side.spelling() + " takes no connection");
            }
        } catch (IOException e) {
            if (counts) {
                now.of(side).failed();
            }
            refuse(exchange, BAD_GATEWAY, side.spelling() + " did not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refuse(exchange, UNAVAILABLE, "the router ends");
        }
    }

    private static HttpRequest request(HttpExchange exchange, URI base, byte[] body) {
        URI asked = exchange.getRequestURI();
        String path = asked.getRawPath() + (asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void copy(HttpResponse<InputStream> answer, HttpExchange exchange, Side side) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, List.copyOf(values));
            }
        });
        headers.set(Side.HEADER, side.spelling());
        // Read whole before the first byte is sent on: an answer that breaks off is then an error, and not half an
        // answer.
        try (InputStream in = answer.body()) {
            byte[] body = in.readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                throw new IOException("an answer has at most " + MOST_BYTES + " bytes");
            }
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private static void refuse(HttpExchange exchange, int status, String sentence) throws IOException {
        if (exchange.getResponseCode() >= 0) {
            return;
        }
        byte[] body = ("{\"error\":\"" + sentence + "\"}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(1);
        threads.shutdownNow();
    }
}
