// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.MeasuredMetric;
import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.PrepareSection;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.evaluation.Evaluation;
import dev.gatewright.validation.evaluation.EvaluationRequest;
import dev.gatewright.validation.evaluation.Leakage;
import dev.gatewright.validation.metrics.catalogue.ClassCounts;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.Interval;
import dev.gatewright.validation.metrics.statistics.Wilson;
import dev.gatewright.validation.metrics.tally.ClassTally;
import dev.gatewright.validation.onnx.run.DeviceTruth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns what an evaluation came to into what a stage found. */
final class Outcomes {
    private static final double SHOWN_CONFIDENCE = 0.95;
    private static final int MOST_SHOWN_CLASSES = 100;

    private final Spec spec;
    private final EvaluationRequest request;

    Outcomes(Spec spec, EvaluationRequest request) {
        this.spec = spec;
        this.request = request;
    }

    StageOutcome of(Evaluation evaluation, String dataName, double seconds) {
        return new StageOutcome(
                evaluation.gates(),
                metrics(evaluation),
                inputs(evaluation, dataName),
                List.of(),
                facts(evaluation, dataName),
                environment(evaluation, seconds));
    }

    List<MeasuredMetric> metrics(Evaluation evaluation) {
        return evaluation.measured().stream().map(Outcomes::metric).toList();
    }

    private static MeasuredMetric metric(Evaluation.Measured measured) {
        Reading reading = measured.reading();
        long n = reading instanceof Reading.Sampled sampled ? sampled.n() : 0;
        return new MeasuredMetric(measured.metric(), measured.rows(), reading.value(), n, shownInterval(reading));
    }

    /** Only intervals that cost nothing: those that need a bootstrap are made for gates that ask for them. */
    private static @Nullable Interval shownInterval(Reading reading) {
        return reading instanceof Reading.Sampled sampled && sampled.estimate() instanceof Wilson wilson
                ? wilson.interval(SHOWN_CONFIDENCE).orElse(null)
                : null;
    }

    private List<Artifact> inputs(Evaluation evaluation, String dataName) {
        List<Artifact> inputs = new ArrayList<>();
        Evaluation.ModelRun model = evaluation.model();
        if (model != null) {
            inputs.add(model("model", model));
        }
        Evaluation.ModelRun reference = evaluation.reference();
        EvaluationRequest.Reference asked = request.reference();
        if (reference != null && asked != null) {
            inputs.add(model(asked.name(), reference));
        }
        inputs.addAll(rows(evaluation, dataName));
        return inputs;
    }

    /** The rows that were judged, and those of the training where they were looked through. */
    List<Artifact> rows(Evaluation evaluation, String dataName) {
        List<Artifact> inputs = new ArrayList<>();
        Evaluation.RowsRead rows = evaluation.rows();
        inputs.add(new Artifact(dataName, shown(rows.path()), rows.bytes(), rows.sha256()));
        Leakage leakage = evaluation.leakage();
        if (leakage != null) {
            inputs.add(new Artifact("training", shown(leakage.training()), leakage.bytes(), leakage.sha256()));
        }
        return inputs;
    }

    Artifact model(String name, Evaluation.ModelRun model) {
        return new Artifact(name, shown(model.path()), model.description().bytes(), model.digest());
    }

    private String shown(Path path) {
        return Artifact.shown(path, spec.folder());
    }

    Json.Obj facts(Evaluation evaluation, String dataName) {
        Json.Builder facts = Json.object()
                .put("model", spec.model().name())
                .put("task", request.task().spelling())
                .put("rows", evaluation.rows().rows())
                .put("classes", Json.texts(request.classes()))
                .put("seed", request.seed())
                .put("resamples", Bootstrap.USUAL_REPLICATES);
        DataSection data = spec.data().get(dataName);
        PrepareSection prepare = data == null ? null : data.prepare();
        if (prepare != null) {
            facts.put("prepare", prepare.run());
        }
        Json.Builder features = Json.object();
        evaluation.rows().features().forEach((input, columns) -> features.put(input, Json.texts(columns)));
        facts.put("features", features.build());
        Leakage leakage = evaluation.leakage();
        if (leakage != null) {
            List<Json> first = new ArrayList<>();
            leakage.first().forEach(row -> first.add(Json.of(row)));
            facts.put(
                    "leakage",
                    Json.object()
                            .put("trainingRows", leakage.trainingRows())
                            .put("seen", leakage.seen())
                            .put("first", first)
                            .build());
        }
        Evaluation.ModelRun model = evaluation.model();
        if (model != null) {
            facts.put("batch", model.batch());
            DeviceTruth device = model.device();
            if (device != null) {
                facts.put("onnxruntime", device.runtimeVersion());
                facts.put("providers", Json.texts(device.nodes().keySet()));
                facts.put("instructions", Json.texts(device.instructions()));
            }
        }
        Json.Builder slices = Json.object();
        evaluation.slices().forEach((slice, values) -> {
            Json.Builder sizes = Json.object();
            values.forEach(sizes::put);
            slices.put(slice, sizes.build());
        });
        facts.put("slices", slices.build());
        ClassTally classes = evaluation.classes();
        if (classes != null && classes.sets().classes() <= MOST_SHOWN_CLASSES) {
            if (classes.sets().areOfOneClass()) {
                facts.put("confusion", confusion(classes));
            } else {
                ClassCounts counts = classes.classCounts();
                facts.put("labelled", ofClasses(counts, counts::labelled));
                facts.put("predicted", ofClasses(counts, counts::predicted));
                facts.put("correct", ofClasses(counts, counts::correct));
            }
        }
        return facts.build();
    }

    private static List<Json> ofClasses(ClassCounts counts, IntToLongFunction rows) {
        return IntStream.range(0, counts.classes())
                .mapToObj(k -> Json.of(rows.applyAsLong(k)))
                .toList();
    }

    /** Rows by label (the outer array) and prediction (the inner ones). */
    private static List<Json> confusion(ClassTally tally) {
        List<Json> labels = new ArrayList<>();
        for (int label = 0; label < tally.sets().classes(); label++) {
            List<Json> predictions = new ArrayList<>();
            for (int prediction = 0; prediction < tally.sets().classes(); prediction++) {
                predictions.add(Json.of(tally.rows(label, prediction)));
            }
            labels.add(new Json.Arr(predictions));
        }
        return labels;
    }

    Json.Obj environment(Evaluation evaluation, double seconds) {
        Json.Builder environment = Json.object().put("seconds", seconds);
        Evaluation.ModelRun model = evaluation.model();
        if (model != null) {
            DeviceTruth device = model.device();
            if (device != null) {
                environment.put("device", device(device));
            }
            environment.put(
                    "model",
                    Json.object()
                            .put(
                                    "producer",
                                    (model.description().producerName() + " "
                                                    + model.description().producerVersion())
                                            .strip())
                            .put("parameters", model.description().parameters())
                            .put("bytes", model.description().bytes())
                            .build());
        }
        put(environment, "latency", evaluation.latency());
        put(environment, "throughput", evaluation.throughput());
        return environment.build();
    }

    private static void put(Json.Builder environment, String name, Evaluation.@Nullable Calls calls) {
        if (calls != null) {
            environment.put(
                    name,
                    Json.object()
                            .put("rowsACall", calls.rows())
                            .put("threads", calls.threads())
                            .put("warmUps", calls.warmUps())
                            .put("calls", calls.calls())
                            .build());
        }
    }

    private Json device(DeviceTruth device) {
        Json.Builder nodes = Json.object();
        for (Map.Entry<String, Integer> provider : device.nodes().entrySet()) {
            nodes.put(provider.getKey(), provider.getValue());
        }
        return Json.object()
                .put("demanded", spec.device().spelling())
                .put("asked", Json.texts(device.asked()))
                .put("available", Json.texts(device.available()))
                .put("nodes", nodes.build())
                .put("fallback", device.fallback())
                .put("optimization", device.optimization())
                .put("threads", device.threads())
                .put("tf32", device.tf32())
                .put("processor", device.processor())
                .put("driver", device.driver())
                .build();
    }
}
