// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.onnx.run.Device;
import dev.gatewright.validation.onnx.run.WorkerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An evaluation that a test asks for: all that is usual, until it is said otherwise. */
final class Judging {
    private final Path data;
    private EvaluationRequest.Subject subject;
    private Task task = Task.MULTICLASS_CLASSIFICATION;
    private List<String> classes = LabelledRows.CLASSES;
    private int positive = -1;
    private List<String> label = List.of("label");
    private List<String> slices = List.of();
    private EvaluationRequest.Reference reference;
    private List<Gate> gates = List.of();
    private List<MetricChoice> also = List.of();
    private int threads = 1;
    private WorkerOptions worker = Workers.usual();
    private EvaluationRequest.@Nullable Training training;

    private Judging(Path data, EvaluationRequest.Subject subject) {
        this.data = data;
        this.subject = subject;
    }

    /** A model whose one input {@code x} takes the columns {@code x*}. */
    static Judging model(Path model, Path data) {
        return model(model, data, Map.of("x", List.of("x*")));
    }

    static Judging model(Path model, Path data, Map<String, List<String>> features) {
        return new Judging(data, new EvaluationRequest.Model(probabilities(model), features, Field.Missing.REFUSE));
    }

    /** A model whose scores are logits. */
    static Judging logits(Path model, Path data) {
        return logits(model, data, Map.of("x", List.of("x*")));
    }

    static Judging logits(Path model, Path data, Map<String, List<String>> features) {
        EvaluationRequest.OnnxModel logits = new EvaluationRequest.OnnxModel(model, null, true);
        return new Judging(data, new EvaluationRequest.Model(logits, features, Field.Missing.REFUSE));
    }

    /** A model that is told which of its outputs has the scores. */
    static Judging scores(Path model, String output, Path data) {
        return new Judging(
                data,
                new EvaluationRequest.Model(
                        new EvaluationRequest.OnnxModel(model, output, false),
                        Map.of("x", List.of("x*")),
                        Field.Missing.REFUSE));
    }

    static Judging predictions(Path data, String prediction, String... scores) {
        return new Judging(
                data,
                new EvaluationRequest.Predictions(
                        prediction == null ? List.of() : List.of(prediction), List.of(scores)));
    }

    /** A model that answered somewhere else, in one output of probabilities. */
    static Judging recorded(Path output, Path data) {
        return recorded(recordedProbabilities(output), data);
    }

    static Judging recorded(EvaluationRequest.RecordedModel model, Path data) {
        return new Judging(
                data, new EvaluationRequest.Recorded(model, Map.of("x", List.of("x*")), Field.Missing.REFUSE));
    }

    static EvaluationRequest.RecordedModel recordedProbabilities(Path output) {
        return new EvaluationRequest.RecordedModel(
                List.of(new EvaluationRequest.RecordedOutput("p", output)), null, false);
    }

    static EvaluationRequest.OnnxModel probabilities(Path model) {
        return new EvaluationRequest.OnnxModel(model, null, false);
    }

    Judging binary(int positiveClass, String... names) {
        this.task = Task.BINARY_CLASSIFICATION;
        this.positive = positiveClass;
        this.classes = List.of(names);
        return this;
    }

    Judging multiclass(List<String> names) {
        this.classes = names;
        return this;
    }

    /** Rows of any number of classes, with a column of 0 and 1 for each. */
    Judging multilabel(List<String> names, String... columns) {
        this.task = Task.MULTILABEL_CLASSIFICATION;
        this.classes = names;
        this.label = List.of(columns);
        return this;
    }

    Judging regression() {
        this.task = Task.REGRESSION;
        this.classes = List.of();
        return this;
    }

    /** Hands missing values to the model as NaN. */
    Judging missingAsNaN() {
        EvaluationRequest.Model model = (EvaluationRequest.Model) subject;
        this.subject = new EvaluationRequest.Model(model.model(), model.features(), Field.Missing.NAN);
        return this;
    }

    Judging label(String column) {
        this.label = List.of(column);
        return this;
    }

    Judging slices(String... columns) {
        this.slices = List.of(columns);
        return this;
    }

    Judging against(Path baseline, String digest) {
        return against(new EvaluationRequest.Reference("baseline", probabilities(baseline), digest));
    }

    Judging against(EvaluationRequest.Reference other) {
        this.reference = other;
        return this;
    }

    /** What the model was trained on; its columns feed the same input. */
    Judging trainedOn(Path file) {
        this.training = new EvaluationRequest.Training(file, Map.of("x", List.of("x*")), Field.Missing.REFUSE, null);
        return this;
    }

    Judging gates(Gate... rules) {
        this.gates = List.of(rules);
        return this;
    }

    /** Metrics that no gate asks for. */
    Judging also(MetricChoice... metrics) {
        this.also = List.of(metrics);
        return this;
    }

    Judging threads(int number) {
        this.threads = number;
        return this;
    }

    Judging worker(WorkerOptions options) {
        this.worker = options;
        return this;
    }

    Evaluation judge() throws InterruptedException {
        return judge((rows, total) -> {});
    }

    Evaluation judge(EvaluationListener listener) throws InterruptedException {
        return Evaluator.evaluate(request(), listener);
    }

    EvaluationRequest request() {
        EvaluationRequest.Rows rows = new EvaluationRequest.Rows(data, label, Field.Spelling.NAME, slices, null);
        EvaluationRequest.Machine machine = new EvaluationRequest.Machine(Device.CPU, threads, worker);
        return new EvaluationRequest(
                task, classes, positive, rows, subject, reference, gates, also, machine, 20261126, training);
    }
}
