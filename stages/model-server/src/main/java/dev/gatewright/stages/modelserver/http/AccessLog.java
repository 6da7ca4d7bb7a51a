// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.modelserver.tensor.Utf8;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * Counts each request that has ended, and tells of it in one line of JSON: nothing of its body or of its keys. A log that nobody
 * reads holds no request up: its lines are lost, and counted.
 */
final class AccessLog implements RequestLog, AutoCloseable {
    private static final int MOST_WAITING = 10_000;

    private final Metrics metrics;
    private final Clock clock;
    private final @Nullable PrintStream out;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread writer;
    private volatile boolean closed;

    /** @param out where lines go; none where requests are only counted */
    AccessLog(Metrics metrics, Clock clock, @Nullable PrintStream out) {
        this.metrics = metrics;
        this.clock = clock;
        this.out = out;
        this.writer = new Thread(this::write, "access-log");
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void log(Request request, Response response) {
        long took = System.nanoTime() - request.getBeginNanoTime();
        Endpoint endpoint = (Endpoint) request.getAttribute(Front.ENDPOINT);
        int status = response.getStatus();
        metrics.ended(endpoint, status, took / (double) TimeUnit.SECONDS.toNanos(1));
        if (out != null) {
            say(Json.object()
                    .put("time", clock.instant().toString())
                    .put("client", Request.getRemoteAddr(request))
                    .put("method", Utf8.shortened(request.getMethod()))
                    .put("path", Utf8.shortened(request.getHttpURI().getPath()))
                    .put("endpoint", endpoint == null ? null : endpoint.name().toLowerCase(Locale.ROOT))
                    .put("status", status)
                    .put("read", Request.getContentBytesRead(request))
                    .put("written", Response.getContentBytesWritten(response))
                    .put("ms", took / 1000.0 / 1000.0)
                    .build());
        }
    }

    /** Writes something else that happened. */
    void event(String what) {
        say(Json.object()
                .put("time", clock.instant().toString())
                .put("event", what)
                .build());
    }

    private void say(Json.Obj line) {
        if (!waiting.offer(JsonWriter.compact(line))) {
            metrics.lostLine();
        }
    }

    private void write() {
        try {
            while (!closed || !waiting.isEmpty()) {
                String line = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (line != null && out != null) {
                    out.println(line);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is closed
        }
    }

    /** Writes what waits, as far as somebody reads it within a second. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
