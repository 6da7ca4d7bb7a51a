// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One run on an MLflow server, which was made for one training. */
final class MlflowRun implements MetricsSource.Opened {
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final int MOST_NAMES = 1_000;
    private static final String PAGE = "10000";
    private static final String FINISHED = "FINISHED";
    private static final String RUNNING = "RUNNING";

    private final MlflowClient client;
    private final MlflowSource source;
    private final String run;
    private final Clock clock;
    /** By name the newest value when its history was read, and the history. */
    private final Map<String, Known> known = new HashMap<>();

    private record Known(Json newest, List<Double> values) {}

    private record Point(double step, double time, double value) {}

    MlflowRun(MlflowClient client, MlflowSource source, String run, Clock clock) {
        this.client = client;
        this.source = source;
        this.run = run;
        this.clock = clock;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("MLFLOW_TRACKING_URI", source.server().toString(), "MLFLOW_RUN_ID", run);
    }

    @Override
    public Json.Obj facts() {
        Json.Obj mlflow = Json.object()
                .put("server", source.server().toString())
                .put("experiment", source.experiment())
                .put("run", run)
                .build();
        return Json.object().put("mlflow", mlflow).build();
    }

    /** The server is not asked more often than that. */
    @Override
    public Object state() {
        return System.nanoTime() / LOOK.toNanos();
    }

    @Override
    public TrainingNumbers read(boolean stillWritten) throws IOException, InterruptedException {
        Json.Obj state = client.get("runs/get", "run_id", run).object("run");
        List<Json.Obj> newest = state.object("data").objects("metrics");
        if (!stillWritten) {
            refuseUnlessFinished(state.object("info").text("status").orElse(""), newest.isEmpty());
            known.clear();
        }
        if (newest.size() > MOST_NAMES) {
            throw new IOException("it has more than " + MOST_NAMES + " names");
        }
        NumbersBuilder numbers = new NumbersBuilder();
        for (Json.Obj metric : newest) {
            String name = metric.text("key").orElse("");
            Known before = known.get(name);
            if (before == null || !before.newest().equals(metric)) {
                before = new Known(metric, history(name));
                known.put(name, before);
            }
            for (double value : before.values()) {
                numbers.add(name, value);
            }
        }
        return numbers.build();
    }

    /** A run that the training did not end may lack its last values; one that it marked as failed is none to judge. */
    private static void refuseUnlessFinished(String status, boolean empty) throws IOException {
        if (status.equals(FINISHED)) {
            return;
        }
        throw new IOException(
                status.equals(RUNNING) && empty
                        ? "the training logged nothing to it; mlflow.start_run() takes the run that MLFLOW_RUN_ID names"
                        : "the training left it " + status + ", not " + FINISHED);
    }

    /** In the order of the steps, and of the times where a step has several values. */
    private List<Double> history(String name) throws IOException, InterruptedException {
        List<Point> points = new ArrayList<>();
        String token = "";
        do {
            Json.Obj page = token.isEmpty()
                    ? client.get("metrics/get-history", "run_id", run, "metric_key", name, "max_results", PAGE)
                    : client.get(
                            "metrics/get-history",
                            "run_id",
                            run,
                            "metric_key",
                            name,
                            "max_results",
                            PAGE,
                            "page_token",
                            token);
            List<Json.Obj> metrics = page.objects("metrics");
            for (Json.Obj metric : metrics) {
                points.add(new Point(
                        metric.number("step").orElse(0.0),
                        metric.number("timestamp").orElse(0.0),
                        value(name, metric.members().getOrDefault("value", Json.NULL))));
            }
            if (points.size() > NumbersBuilder.MOST_VALUES) {
                throw new IOException("'" + name + "' has more than " + NumbersBuilder.MOST_VALUES + " values");
            }
            token = metrics.isEmpty() ? "" : page.text("next_page_token").orElse("");
        } while (!token.isEmpty());
        if (points.isEmpty()) {
            throw new IOException("'" + name + "' has a value, and no history");
        }
        points.sort(Comparator.comparingDouble(Point::step).thenComparingDouble(Point::time));
        return points.stream().map(Point::value).toList();
    }

    private static double value(String name, Json value) throws IOException {
        if (value instanceof Json.Num number) {
            // MLflow's database has no infinity, and keeps the largest number in its place.
            return Math.abs(number.value()) == Double.MAX_VALUE
                    ? Math.copySign(Double.POSITIVE_INFINITY, number.value())
                    : number.value();
        }
        Double number = value instanceof Json.Text text ? CsvLog.number(text.value()) : null;
        if (number == null) {
            throw new IOException("'" + name + "' has a value that is no number");
        }
        return number;
    }

    /** Marks a run that the training did not end, so that it does not seem to run for ever. */
    @Override
    public void ended(boolean byItself) throws InterruptedException {
        try {
            String status = client.get("runs/get", "run_id", run)
                    .object("run")
                    .object("info")
                    .text("status")
                    .orElse("");
            if (status.equals(RUNNING)) {
                client.post(
                        "runs/update",
                        Json.object()
                                .put("run_id", run)
                                .put("status", byItself ? "FAILED" : "KILLED")
                                .put("end_time", clock.millis())
                                .build());
            }
        } catch (IOException e) {
            // It decides nothing: what is judged was read before.
            return;
        }
    }
}
