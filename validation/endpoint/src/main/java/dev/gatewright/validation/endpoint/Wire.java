// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Speaks HTTP with one endpoint, within bounds: an answer has at most {@value #LARGEST} bytes and comes within the endpoint's
 * patience, and no redirect is followed, which could carry the secret elsewhere. Certificates are always checked.
 */
final class Wire implements AutoCloseable {
    private static final int THREADS = 2;
    static final int LARGEST = 64 << 20;
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final Endpoint endpoint;
    private final HttpClient http;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Wire::daemon);

    Wire(Endpoint endpoint) {
        this.endpoint = endpoint;
        Duration connect = endpoint.patience().compareTo(LONGEST_CONNECT) < 0 ? endpoint.patience() : LONGEST_CONNECT;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(connect)
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .followRedirects(HttpClient.Redirect.NEVER);
        if (endpoint.authority() != null) {
            builder.sslContext(Authority.trusting(endpoint.authority()));
        }
        this.http = builder.build();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "answers of an endpoint");
        thread.setDaemon(true);
        return thread;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** A request; {@code body} none to get. */
    HttpRequest request(String path, byte @Nullable [] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.at(path)).timeout(endpoint.patience());
        headers.forEach(request::header);
        if (endpoint.secret() != null) {
            request.header("Authorization", "Bearer " + endpoint.secret());
        }
        return body == null
                ? request.GET().build()
                : request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    }

    /**
     * Sends it and waits.
     *
     * @throws EndpointFailedException if no whole answer comes back in time
     */
    Reply send(HttpRequest request) throws InterruptedException {
        CompletableFuture<Reply> reply = sendAsync(request);
        try {
            return reply.get();
        } catch (ExecutionException e) {
            throw WireFailure.of(endpoint, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            reply.cancel(true);
            throw e;
        }
    }

    /** Sends it. What the future fails with is what {@link WireFailure#of} puts into words. */
    CompletableFuture<Reply> sendAsync(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange = http.sendAsync(request, any -> new BoundedBody(LARGEST));
        CompletableFuture<Reply> reply =
                exchange.thenApply(response -> new Reply(response.statusCode(), response.headers(), response.body()));
        // The client's own time limit ends with the headers; a body may come as slowly as it likes.
        reply.orTimeout(endpoint.patience().toMillis(), TimeUnit.MILLISECONDS);
        return reply.whenComplete((any, failure) -> {
            if (failure != null) {
                exchange.cancel(true);
            }
        });
    }

    /** Ends the threads that read answers. The JDK's client has one more, which ends once nobody holds the client. */
    @Override
    public void close() {
        threads.shutdown();
    }

    /** What an asynchronous failure was caused by. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof CancellationException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
