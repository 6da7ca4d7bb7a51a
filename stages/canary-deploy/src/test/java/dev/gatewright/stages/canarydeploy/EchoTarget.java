// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.canarydeploy.port.Side;
import dev.gatewright.stages.canarydeploy.port.Target;
import dev.gatewright.stages.canarydeploy.port.TargetKind;
import dev.gatewright.stages.canarydeploy.port.TargetPlan;
import dev.gatewright.stages.canarydeploy.port.Traffic;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A target in this process whose one version answers with what it is asked. It listens while a stage has it open. */
final class EchoTarget implements Target {
    /** The same for all, so that documents are alike everywhere. */
    private static final int PORT = freePort();

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final AtomicLong requests = new AtomicLong();
    private final HttpServer server;
    private @Nullable String candidate;
    private int weight;

    /** {@code target: {kind: echo}}. */
    public static final class Kind implements TargetKind {
        private static final Key<String> KIND =
                Key.required("kind", Shapes.oneOf(Map.of("echo", "echo")), "Which kind.", "kind: echo");

        @Override
        public String spelling() {
            return "echo";
        }

        @Override
        public Shape<? extends TargetPlan> shape() {
            return new Section<>("target", List.of(KIND), (values, problems) -> new Plan());
        }
    }

    private static final class Plan implements TargetPlan {
        @Override
        public String name(Spec spec) {
            return "echo";
        }

        @Override
        public Target open(Path folder, Spec spec, Installation installation) {
            return new EchoTarget();
        }
    }

    private EchoTarget() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            Json.Obj asked =
                    (Json.Obj) JsonReader.read(exchange.getRequestBody().readAllBytes());
            Json.Obj input = asked.objects("inputs").get(0);
            Json.Builder output = Json.object();
            input.members().forEach(output::put);
            byte[] body = JsonWriter.compact(Json.object()
                            .put("model_name", "m")
                            .put("outputs", List.of(output.put("name", "scores").build()))
                            .build())
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Gatewright-Model-Digest", "sha256:" + candidate);
            exchange.getResponseHeaders().set(Side.HEADER, Side.CANDIDATE.spelling());
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public State read() {
        URI url = URI.create("http://127.0.0.1:" + PORT);
        return new State(
                url,
                null,
                Optional.ofNullable(candidate)
                        .map(digest -> new Version(digest, url))
                        .orElse(null),
                weight);
    }

    @Override
    public void start(ModelFile model, String name) {
        candidate = model.digest();
    }

    @Override
    public void weigh(int percent) {
        weight = percent;
        requests.set(0);
    }

    @Override
    public Map<Side, Traffic> traffic() {
        return Map.of(Side.CANDIDATE, new Traffic(requests.get(), 0, List.of(1.0, 2.0, 3.0)));
    }

    @Override
    public void arm(Duration time) {}

    @Override
    public void rollBack() {
        candidate = null;
        weight = 0;
    }

    @Override
    public void release() {}

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
