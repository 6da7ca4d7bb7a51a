// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import dev.gatewright.validation.endpoint.Protocol.Question;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Asks one endpoint in one protocol. Each answer's header {@value #DIGEST_HEADER} is remembered: an endpoint behind which two
 * models answer in turn has two.
 */
public final class InferenceClient implements AutoCloseable {
    /** By which our server tells, with every answer, which model gave it. */
    public static final String DIGEST_HEADER = "Gatewright-Model-Digest";

    private static final int MOST_DIGESTS = 16;
    private static final int LONGEST_SAID = 200;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final Wire wire;
    private final Protocol protocol;
    private final Set<String> digests = new ConcurrentSkipListSet<>();

    /**
     * A client.
     *
     * @throws EndpointFailedException if the endpoint's authority cannot be read
     */
    public InferenceClient(Endpoint endpoint, Protocol protocol) {
        this.wire = new Wire(endpoint);
        this.protocol = protocol;
    }

    /** Where it asks. */
    public Endpoint endpoint() {
        return wire.endpoint();
    }

    /** How it asks. */
    public Protocol protocol() {
        return protocol;
    }

    /** The digests that answers have named so far, in hexadecimal; none where the endpoint names none. */
    public Set<String> digests() {
        return new TreeSet<>(digests);
    }

    /** The same endpoint, asked without the secret. */
    InferenceClient withoutSecret() {
        return new InferenceClient(endpoint().withoutSecret(), protocol);
    }

    /** The same endpoint, asked with a secret that is not its own. */
    InferenceClient withSecret(String other) {
        return new InferenceClient(endpoint().withSecret(other), protocol);
    }

    /** Whether the model can be asked now. Where the protocol has no word for it, whether anything answers there. */
    public boolean isReady() throws InterruptedException {
        return trouble().isEmpty();
    }

    /** Why the model cannot be asked now; empty if it can. */
    public Optional<EndpointFailedException> trouble() throws InterruptedException {
        try {
            Reply reply = wire.send(wire.request(protocol.readyPath().orElse(protocol.inferPath()), null, Map.of()));
            remember(reply.headers());
            boolean ready = protocol.readyPath().isPresent()
                    ? reply.isOk() && protocol.saysReady(reply.body())
                    : reply.isOk() || reply.isRefusal();
            return ready
                    ? Optional.empty()
                    : Optional.of(new EndpointFailedException(
                            endpoint() + " answers " + reply.status()
                                    + (reply.isOk() ? ", and not that it is ready" : meaning(reply.status())),
                            "see the server's log, and that it serves this model under this name",
                            null));
        } catch (EndpointFailedException e) {
            return Optional.of(e);
        }
    }

    /**
     * Waits until the model can be asked.
     *
     * @return how long that took
     * @throws EndpointFailedException if it cannot within {@code longest}, with what stood in the way at the end
     */
    public Duration awaitReady(Duration longest) throws InterruptedException {
        long start = System.nanoTime();
        for (Optional<EndpointFailedException> trouble = trouble(); trouble.isPresent(); trouble = trouble()) {
            if (System.nanoTime() - start > longest.toNanos()) {
                throw late(longest, trouble.get());
            }
            Thread.sleep(BETWEEN_TRIES.toMillis());
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private EndpointFailedException late(Duration longest, EndpointFailedException trouble) {
        String path = protocol.readyPath().map(ready -> " (GET " + ready + ")").orElse("");
        String why = String.valueOf(trouble.getMessage()).replace(endpoint() + " ", "it ");
        return new EndpointFailedException(
                endpoint() + " was not ready within " + longest.toMillis() + " ms" + path + ": " + why,
                trouble.next(),
                trouble);
    }

    /**
     * What the endpoint answers to {@code rows}, at most {@link Protocol#mostRows()} of them.
     *
     * @throws EndpointFailedException if it gives no answer, or none to these rows
     */
    public List<Map<String, Elements>> ask(GoldenSet set, List<GoldenRow> rows) throws InterruptedException {
        Reply reply = wire.send(request(protocol.question(set, rows)));
        return read(set, rows, reply);
    }

    /** Answers to rows, with the headers that they came with. */
    public static final class Answer {
        private final List<Map<String, Elements>> rows;
        private final HttpHeaders headers;

        Answer(List<Map<String, Elements>> rows, HttpHeaders headers) {
            this.rows = List.copyOf(rows);
            this.headers = headers;
        }

        /** What was answered for each row, by the output's name. */
        public List<Map<String, Elements>> rows() {
            return rows;
        }

        /** The first header of that name. */
        public Optional<String> header(String name) {
            return headers.firstValue(name);
        }
    }

    /** As {@link #ask}, without waiting; the future fails with what that throws, or with what kept the request from its answer. */
    public CompletableFuture<Answer> askAsync(GoldenSet set, List<GoldenRow> rows) {
        return sendAsync(request(protocol.question(set, rows)))
                .thenApply(reply -> new Answer(read(set, rows, reply), reply.headers()));
    }

    /** Looks at what the endpoint says of the model; its digest is remembered where it names one. */
    public void readMetadata() throws InterruptedException {
        if (protocol.modelPath().isEmpty()) {
            return;
        }
        try {
            Reply reply = wire.send(wire.request(protocol.modelPath().get(), null, Map.of()));
            remember(reply.headers());
            if (reply.isOk()
                    && JsonTree.read(reply.body(), 0, reply.body().length) instanceof JsonTree.Obj said
                    && said.get("parameters") instanceof JsonTree.Obj parameters) {
                remember(parameters.text("digest"));
            }
        } catch (EndpointFailedException | IOException e) {
            // It says nothing of the model, which many servers do not; the golden answers have to prove it.
        }
    }

    HttpRequest request(Question question) {
        return wire.request(protocol.inferPath(), question.body(), question.headers());
    }

    Reply send(Question question) throws InterruptedException {
        return wire.send(request(question));
    }

    CompletableFuture<Reply> sendAsync(HttpRequest request) {
        return wire.sendAsync(request);
    }

    /** The answers in {@code reply}. */
    List<Map<String, Elements>> read(GoldenSet set, List<GoldenRow> rows, Reply reply) {
        remember(reply.headers());
        if (!reply.isOk()) {
            throw new EndpointFailedException(
                    endpoint() + " answers " + reply.status() + meaning(reply.status()) + " to " + named(rows)
                            + said(reply),
                    "see the server's log for that request",
                    null);
        }
        Map<String, String> headers = new HashMap<>();
        reply.headers().map().forEach((name, values) -> headers.put(canonical(name), values.get(0)));
        try {
            return protocol.answers(set, rows.size(), headers, reply.body());
        } catch (BadAnswerException e) {
            throw new EndpointFailedException(
                    endpoint() + " gives no answer to " + named(rows) + ": it " + e.getMessage(),
                    "see that protocol, model and outputs are those of the server",
                    e);
        }
    }

    private static String canonical(String header) {
        return header.equalsIgnoreCase(OpenInference.HEADER_LENGTH) ? OpenInference.HEADER_LENGTH : header;
    }

    private static String named(List<GoldenRow> rows) {
        String first = "row '" + Plain.of(rows.get(0).id(), 60) + "'";
        return rows.size() == 1 ? first : first + " and " + (rows.size() - 1) + " more";
    }

    private static String meaning(int status) {
        return switch (status) {
            case 401, 403 -> " (the secret is missing, or does not allow it)";
            case 404 -> " (there is no such model, or not in this protocol)";
            case 301, 302, 303, 307, 308 -> " (a redirect, which is not followed; name the place that it leads to)";
            case 429, 503 -> " (it is busy)";
            default -> "";
        };
    }

    /** What the server says of an error, without the secret if it gives that back. */
    private String said(Reply reply) {
        String said;
        try {
            said = JsonTree.read(reply.body(), 0, reply.body().length) instanceof JsonTree.Obj object
                    ? object.text("error")
                    : "";
        } catch (IOException e) {
            said = "";
        }
        String secret = endpoint().secret();
        String line = Plain.of(secret == null ? said : said.replace(secret, "…"), LONGEST_SAID);
        return line.isEmpty() ? "" : ": " + line;
    }

    @Override
    public void close() {
        wire.close();
    }

    private void remember(HttpHeaders headers) {
        headers.firstValue(DIGEST_HEADER).ifPresent(this::remember);
    }

    private void remember(String digest) {
        String hexadecimal = digest.startsWith("sha256:") ? digest.substring("sha256:".length()) : digest;
        if (!hexadecimal.isEmpty() && digests.size() < MOST_DIGESTS) {
            digests.add(Plain.of(hexadecimal, 80));
        }
    }
}
