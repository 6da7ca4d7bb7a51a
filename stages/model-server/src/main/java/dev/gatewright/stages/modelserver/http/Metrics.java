// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the server counts, in Prometheus' text format. */
final class Metrics {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double[] SECONDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
    };
    private static final double[] ROWS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

    private final Map<String, String> model;
    private final IntSupplier waiting;
    private final @Nullable Predictions predictions;
    private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final Map<Endpoint, Histogram> seconds = new ConcurrentSkipListMap<>();
    private final Histogram batches = new Histogram(ROWS);
    private final LongAdder rows = new LongAdder();
    private final LongAdder lostLines = new LongAdder();

    /**
     * Metrics of a server.
     *
     * @param model what is said of the model, by label
     * @param waiting how many requests are in
     */
    Metrics(Map<String, String> model, IntSupplier waiting, @Nullable Predictions predictions) {
        this.model = model;
        this.waiting = waiting;
        this.predictions = predictions;
    }

    /** Counts a request that has ended. Paths that the server does not have are one endpoint. */
    void ended(@Nullable Endpoint endpoint, int status, double tookSeconds) {
        String name = endpoint == null ? "none" : endpoint.name().toLowerCase(Locale.ROOT);
        requests.computeIfAbsent("endpoint=\"" + name + "\",code=\"" + status + "\"", labels -> new LongAdder())
                .increment();
        if (endpoint == Endpoint.INFER || endpoint == Endpoint.PREDICT) {
            seconds.computeIfAbsent(endpoint, each -> new Histogram(SECONDS)).add(tookSeconds);
        }
    }

    /** Counts a batch that is run. */
    void ran(int batchRows) {
        batches.add(batchRows);
    }

    /** Counts what was answered. */
    void answered(int answeredRows, List<ServedTensor> outputs) {
        rows.add(answeredRows);
        if (predictions != null) {
            predictions.count(outputs);
        }
    }

    /** Counts a line of the log that found no reader. */
    void lostLine() {
        lostLines.increment();
    }

    /** All of it. */
    String text() {
        StringBuilder out = new StringBuilder();
        head(out, "gatewright_model_info", "gauge", "The model that is served.");
        line(out, "gatewright_model_info", labels(model), "1");
        head(out, "gatewright_requests_total", "counter", "Requests that have ended.");
        requests.forEach((labels, count) -> line(out, "gatewright_requests_total", labels, count.toString()));
        head(
                out,
                "gatewright_request_seconds",
                "histogram",
                "From the first byte of a request to the last of its answer.");
        seconds.forEach((endpoint, histogram) -> histogram.writeTo(
                out,
                "gatewright_request_seconds",
                "endpoint=\"" + endpoint.name().toLowerCase(Locale.ROOT) + "\""));
        head(out, "gatewright_requests_in", "gauge", "Requests that are read, wait or run.");
        line(out, "gatewright_requests_in", "", Integer.toString(waiting.getAsInt()));
        head(out, "gatewright_rows_total", "counter", "Rows that were answered.");
        line(out, "gatewright_rows_total", "", rows.toString());
        head(out, "gatewright_batch_rows", "histogram", "Rows that were run together.");
        batches.writeTo(out, "gatewright_batch_rows", "");
        if (predictions != null) {
            head(out, "gatewright_predictions_total", "counter", "Rows by the class that was predicted.");
            predictions
                    .counts()
                    .forEach((name, count) ->
                            line(out, "gatewright_predictions_total", labels(Map.of("class", name)), count.toString()));
        }
        head(out, "gatewright_log_lines_lost_total", "counter", "Lines of the log that nobody read in time.");
        line(out, "gatewright_log_lines_lost_total", "", lostLines.toString());
        for (Map.Entry<String, Supplier<String>> each : ProcessUse.GAUGES.entrySet()) {
            head(out, each.getKey(), each.getKey().endsWith("_total") ? "counter" : "gauge", "Of this process.");
            line(out, each.getKey(), "", each.getValue().get());
        }
        return out.toString();
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder out, String name, String labels, String value) {
        out.append(name)
                .append(labels.isEmpty() ? "" : "{" + labels + "}")
                .append(' ')
                .append(value)
                .append('\n');
    }

    private static String labels(Map<String, String> all) {
        StringBuilder out = new StringBuilder();
        all.forEach((name, value) -> out.append(out.isEmpty() ? "" : ",")
                .append(name)
                .append("=\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"'));
        return out.toString();
    }
}
