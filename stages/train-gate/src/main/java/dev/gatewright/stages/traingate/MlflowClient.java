// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Speaks MLflow's REST interface, version 2.0, within bounds: an answer has at most {@value #LARGEST} bytes and comes within
 * {@value #SECONDS} seconds, and no redirect is followed, which could carry the secret elsewhere.
 */
final class MlflowClient {
    static final int LARGEST = 32 << 20;
    private static final int SECONDS = 30;
    private static final int TRIES = 3;
    private static final int LONGEST_SHOWN = 200;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int BUSY = 429;
    private static final int FAILED = 500;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Duration pause;
    private final URI server;
    private final @Nullable String secret;
    private final @Nullable String authorization;

    /**
     * Authorizes itself by the token {@code secret}, or by {@code user} with the password {@code secret}, or not at all.
     *
     * @param pause how long it waits before it asks again; longer each time
     */
    MlflowClient(URI server, @Nullable String user, @Nullable String secret, Duration pause) {
        this.pause = pause;
        this.server = server;
        this.secret = secret;
        if (secret == null) {
            this.authorization = null;
        } else if (user == null) {
            this.authorization = "Bearer " + secret;
        } else {
            byte[] both = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
            this.authorization = "Basic " + Base64.getEncoder().encodeToString(both);
        }
    }

    /** The server says that what was asked for is not there. */
    static final class NotThereException extends IOException {
        private static final long serialVersionUID = 1;

        NotThereException(String message) {
            super(message);
        }
    }

    /** Asks; {@code query} are names and values in turn. Asks again where the server fails for a moment. */
    Json.Obj get(String method, String... query) throws IOException, InterruptedException {
        StringBuilder address = new StringBuilder(method);
        for (int i = 0; i < query.length; i += 2) {
            address.append(i == 0 ? '?' : '&').append(query[i]).append('=');
            address.append(URLEncoder.encode(query[i + 1], StandardCharsets.UTF_8));
        }
        for (int tried = 1; ; tried++) {
            try {
                return send(request(address.toString()).GET().build());
            } catch (FailingException e) {
                if (tried == TRIES) {
                    throw e;
                }
                Thread.sleep(pause.multipliedBy(tried).toMillis());
            }
        }
    }

    /** Orders, once: what is ordered twice may be done twice. */
    Json.Obj post(String method, Json.Obj body) throws IOException, InterruptedException {
        return send(request(method)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonWriter.compact(body)))
                .build());
    }

    private HttpRequest.Builder request(String method) {
        String base = server.toString().replaceAll("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/2.0/mlflow/" + method))
                .timeout(Duration.ofSeconds(SECONDS));
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private Json.Obj send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = exchange(request);
        int status = response.statusCode();
        if (status == OK) {
            try {
                if (JsonReader.readWithNaN(response.body()) instanceof Json.Obj object) {
                    return object;
                }
            } catch (IOException e) {
                throw new IOException(server + " answers no JSON (" + e.getMessage() + "): is it an MLflow server?", e);
            }
            throw new IOException(server + " answers no JSON object: is it an MLflow server?");
        }
        String sentence = server + " answers " + status + meaning(status) + said(response.body());
        if (status == NOT_FOUND) {
            throw new NotThereException(sentence);
        }
        throw status == BUSY || status >= FAILED ? new FailingException(sentence, null) : new IOException(sentence);
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, any -> new Bounded());
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(server + " gave no whole answer within " + SECONDS + " s", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof TooLargeException) {
                throw new IOException(server + " answers more than " + (LARGEST >> 20) + " MiB", cause);
            }
            String reason = cause instanceof ConnectException
                    ? " cannot be reached"
                    : " gave no answer: " + (cause == null ? e : cause).getMessage();
            throw new FailingException(server + reason, cause);
        } finally {
            answer.cancel(true);
        }
    }

    private static String meaning(int status) {
        return switch (status) {
            case 401, 403 -> " (the secret is missing, or does not allow it)";
            case 301, 302, 303, 307, 308 -> " (a redirect, which is not followed; name the place that it leads to)";
            default -> "";
        };
    }

    /** What the server says, without the secret if it gives that back. */
    private String said(byte[] body) {
        String said;
        try {
            said = JsonReader.readWithNaN(body) instanceof Json.Obj object
                    ? object.text("message").orElse("")
                    : "";
        } catch (IOException e) {
            return "";
        }
        if (secret != null) {
            said = said.replace(secret, "…");
        }
        String line = said.lines().findFirst().orElse("").strip();
        return line.isEmpty()
                ? ""
                : ": " + (line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…");
    }

    /** It may go better when it is asked again. */
    private static final class FailingException extends IOException {
        private static final long serialVersionUID = 1;

        FailingException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** The bytes of an answer, of which no more are kept than are allowed. */
    private static final class Bounded implements HttpResponse.BodySubscriber<byte[]> {
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.@Nullable Subscription subscription;

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription started) {
            subscription = started;
            started.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (body.isDone()) {
                    return;
                }
                if (bytes.size() + buffer.remaining() > LARGEST) {
                    body.completeExceptionally(new TooLargeException());
                    if (subscription != null) {
                        subscription.cancel();
                    }
                    return;
                }
                byte[] piece = new byte[buffer.remaining()];
                buffer.get(piece);
                bytes.writeBytes(piece);
            }
        }

        @Override
        public void onError(Throwable throwable) {
            body.completeExceptionally(throwable);
        }

        @Override
        public void onComplete() {
            body.complete(bytes.toByteArray());
        }
    }
}
