// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.MeasuredMetric;
import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.Catalogue;
import dev.gatewright.validation.metrics.catalogue.CountMetrics;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.metrics.statistics.Interval;
import dev.gatewright.validation.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the stages of sample runs found. */
final class SampleStages {
    private static final List<String> WORDS = List.of(
            "apple", "bicycle", "candle", "dolphin", "elephant", "fountain", "guitar", "hammer", "island", "jacket");

    private SampleStages() {}

    /** A training of 40 epochs; one that does not go well diverges. */
    static StageOutcome training(boolean goesWell) {
        Gen gen = new Gen(7);
        int epochs = goesWell ? 40 : 17;
        List<Json> loss = new ArrayList<>();
        List<Json> valLoss = new ArrayList<>();
        List<Json> accuracy = new ArrayList<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            double fit = Math.exp(-epoch / 9.0);
            boolean lost = !goesWell && epoch == epochs - 1;
            loss.add(Json.of(lost ? Double.NaN : 0.06 + 2.1 * fit + gen.real(-0.02, 0.02)));
            valLoss.add(Json.of(lost ? Double.NaN : 0.21 + 1.9 * fit + gen.real(-0.05, 0.05) + epoch * 0.001));
            accuracy.add(Json.of(0.97 - 0.85 * fit + gen.real(-0.01, 0.01)));
        }
        String command = "python train.py --out build";
        List<GateResult> gates = goesWell
                ? List.of(
                        SampleGates.exact("val_loss", "max", 0.35, 0.2712, OnFailure.BLOCK),
                        SampleGates.exact("val_accuracy", "min", 0.95, 0.9612, OnFailure.BLOCK))
                : List.of(
                        SampleGates.missing("val_loss", "max", 0.35, "val_loss was NaN in epoch 17"),
                        SampleGates.missing(
                                "val_accuracy",
                                "min",
                                0.95,
                                "the training was ended early, because val_loss was NaN in epoch 17"));
        return new StageOutcome(
                gates,
                List.of(),
                List.of(new Artifact("holdout", "data/holdout.csv", 1_482_201, "b7".repeat(32))),
                goesWell ? List.of(new Artifact("model", "build/model.onnx", 86_412, "a1".repeat(32))) : List.of(),
                Json.object().put("command", command).build(),
                Json.object()
                        .put("command", command)
                        .put("exitCode", 0)
                        .put("seconds", 61.2)
                        .put("log", "training.log")
                        .put(
                                "numbers",
                                Json.object()
                                        .put("loss", loss)
                                        .put("val_loss", valLoss)
                                        .put("val_accuracy", accuracy)
                                        .put("learning_rate", List.of(Json.of(0.001)))
                                        .build())
                        .build());
    }

    /** A model of that many classes, judged on rows of 12 writers. */
    static StageOutcome evaluation(int classCount, boolean goesWell) {
        Gen gen = new Gen(11);
        List<String> classes = new ArrayList<>();
        for (int k = 0; k < classCount; k++) {
            classes.add(
                    classCount == 10
                            ? Integer.toString(k)
                            : WORDS.get(k % WORDS.size()) + String.format(Locale.ROOT, " %02d", k / WORDS.size()));
        }
        long[][] counts = confusion(classCount, goesWell ? 0.97 : 0.92, gen);
        return new StageOutcome(
                gates(classes, goesWell),
                metrics(classes, counts, gen),
                List.of(
                        new Artifact("model", "build/model.onnx", 86_412, "a1".repeat(32)),
                        new Artifact("baseline", "champion/model.onnx", 84_990, "c3".repeat(32)),
                        new Artifact("holdout", "data/holdout.csv", 1_482_201, "b7".repeat(32))),
                List.of(),
                facts(classes, counts),
                environment());
    }

    private static List<GateResult> gates(List<String> classes, boolean goesWell) {
        MetricChoice accuracy = MetricChoice.of(CountMetrics.ACCURACY, classes);
        MetricChoice f1 = MetricChoice.averaged(CountMetrics.F1, Average.MACRO, ZeroDivision.ZERO, classes);
        MetricChoice latency = MetricChoice.of(Catalogue.find("latency_p95_ms").orElseThrow(), classes);
        Verdict good = goesWell ? Verdict.PASSED : Verdict.FAILED;
        Verdict unsure = goesWell ? Verdict.PASSED : Verdict.INCONCLUSIVE;
        return List.of(
                SampleGates.sure(accuracy, "min", 0.95, goesWell ? 0.9713 : 0.9259, 0.0155, 1080, good),
                SampleGates.comparing(f1, 0.005, goesWell ? -0.004 : 0.0041, 0.0031, 1080, unsure),
                SampleGates.sliced(accuracy, "writer", 0.90, goesWell, new Gen(3)),
                SampleGates.timed(latency, 20, goesWell ? 26.4 : 12.5));
    }

    private static long[][] confusion(int size, double right, Gen gen) {
        long[][] counts = new long[size][size];
        for (int label = 0; label < size; label++) {
            int rows = 96 + gen.integer(0, 24);
            for (int row = 0; row < rows; row++) {
                int near = (label + gen.oneOf(1, size - 1, 3, 5)) % size;
                counts[label][gen.chance(right) ? label : near]++;
            }
        }
        return counts;
    }

    private static List<MeasuredMetric> metrics(List<String> classes, long[][] counts, Gen gen) {
        List<MeasuredMetric> metrics = new ArrayList<>();
        metrics.add(new MeasuredMetric(
                MetricChoice.of(CountMetrics.ACCURACY, classes),
                "",
                0.9713,
                1080,
                new Interval(0.9595, 0.9798, 0.95, "wilson")));
        for (Average average : List.of(Average.MACRO, Average.WEIGHTED)) {
            for (Metric metric : List.of(CountMetrics.PRECISION, CountMetrics.RECALL, CountMetrics.F1)) {
                metrics.add(new MeasuredMetric(
                        MetricChoice.averaged(metric, average, ZeroDivision.UNDEFINED, classes),
                        "",
                        gen.real(0.95, 0.98),
                        1080,
                        null));
            }
        }
        for (int k = 0; k < classes.size(); k++) {
            double precision = share(counts, k, true);
            double recall = share(counts, k, false);
            double f1 = 2 * precision * recall / (precision + recall);
            metrics.add(ofClass(CountMetrics.PRECISION, k, classes, precision, counts.length));
            metrics.add(ofClass(CountMetrics.RECALL, k, classes, recall, counts.length));
            metrics.add(ofClass(CountMetrics.F1, k, classes, f1, counts.length));
        }
        for (String ink : List.of("blue", "black", "pencil")) {
            double value = gen.real(0.94, 0.98);
            metrics.add(new MeasuredMetric(
                    MetricChoice.of(CountMetrics.ACCURACY, classes),
                    "ink=" + ink,
                    value,
                    360,
                    new Interval(value - 0.02, value + 0.013, 0.95, "wilson")));
        }
        metrics.add(new MeasuredMetric(
                MetricChoice.of(Catalogue.find("latency_p95_ms").orElseThrow(), classes), "", 12.5, 1000, null));
        return metrics;
    }

    private static MeasuredMetric ofClass(Metric metric, int k, List<String> classes, double value, int n) {
        return new MeasuredMetric(MetricChoice.ofClass(metric, k, ZeroDivision.UNDEFINED, classes), "", value, n, null);
    }

    private static double share(long[][] counts, int k, boolean ofPredicted) {
        double all = 0;
        for (int other = 0; other < counts.length; other++) {
            all += ofPredicted ? counts[other][k] : counts[k][other];
        }
        return counts[k][k] / all;
    }

    private static Json.Obj facts(List<String> classes, long[][] counts) {
        List<Json> confusion = new ArrayList<>();
        for (long[] label : counts) {
            List<Json> row = new ArrayList<>();
            for (long rows : label) {
                row.add(Json.of(rows));
            }
            confusion.add(new Json.Arr(row));
        }
        Json.Builder writers = Json.object();
        for (int writer = 1; writer <= 12; writer++) {
            writers.put("w" + writer, 90);
        }
        Json.Builder inks = Json.object();
        List.of("blue", "black", "pencil").forEach(ink -> inks.put(ink, 360));
        List<String> pixels = new ArrayList<>();
        for (int pixel = 0; pixel < 64; pixel++) {
            pixels.add("pixel_" + pixel);
        }
        return Json.object()
                .put("model", "digits")
                .put("task", "multiclass-classification")
                .put("rows", 1080)
                .put("classes", Json.texts(classes))
                .put("seed", 42)
                .put("resamples", 2000)
                .put("features", Json.object().put("image", Json.texts(pixels)).build())
                .put("batch", 64)
                .put("onnxruntime", "1.29.0")
                .put("providers", Json.texts(List.of("CPUExecutionProvider")))
                .put("instructions", Json.texts(List.of("avx2", "avx512f", "fma")))
                .put(
                        "slices",
                        Json.object()
                                .put("writer", writers.build())
                                .put("ink", inks.build())
                                .build())
                .put("confusion", confusion)
                .build();
    }

    private static Json.Obj environment() {
        return Json.object()
                .put("seconds", 3.41)
                .put(
                        "device",
                        Json.object()
                                .put("demanded", "auto")
                                .put("asked", Json.texts(List.of("CUDAExecutionProvider", "CPUExecutionProvider")))
                                .put("available", Json.texts(List.of("CPUExecutionProvider")))
                                .put(
                                        "nodes",
                                        Json.object()
                                                .put("CPUExecutionProvider", 27)
                                                .build())
                                .put("fallback", "no CUDA device is visible")
                                .put("optimization", "all")
                                .put("threads", 16)
                                .put("tf32", false)
                                .put("processor", "AMD EPYC 9354 32-Core Processor")
                                .put("driver", (String) null)
                                .build())
                .put(
                        "model",
                        Json.object()
                                .put("producer", "tribuo 4.3.2")
                                .put("parameters", 21_132)
                                .put("bytes", 86_412)
                                .build())
                .put(
                        "latency",
                        Json.object()
                                .put("rowsACall", 1)
                                .put("threads", 1)
                                .put("warmUps", 50)
                                .put("calls", 1000)
                                .build())
                .build();
    }
}
