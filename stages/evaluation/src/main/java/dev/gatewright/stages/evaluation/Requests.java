// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.spec.BaselineSection;
import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.DidYouMean;
import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.GateResolver;
import dev.gatewright.stages.api.spec.ModelSection;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.api.spec.TeacherSection;
import dev.gatewright.stages.evaluation.EvaluationSection.PredictionsSection;
import dev.gatewright.validation.data.images.ImageOptions;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.evaluation.EvaluationRequest;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.RunMetrics;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.onnx.run.Device;
import dev.gatewright.validation.onnx.run.WorkerOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a spec into a request to evaluate, or says what is wrong with it. */
final class Requests {
    /** The seed of the bootstrap; the report names it. */
    static final long SEED = 1;

    /** What gates call the spec's baseline and its teacher. */
    static final String BASELINE = "baseline";

    static final String TEACHER = "teacher";

    private final EvaluationSection section;
    private final Spec spec;
    private final Problems problems;
    private final Optional<DataSection> data;

    Requests(EvaluationSection section, Spec spec, Problems problems) {
        this.section = section;
        this.spec = spec;
        this.problems = problems;
        this.data = data();
    }

    /**
     * To judge what the spec itself names: the model at its path, its source model, or the predictions; empty where the spec does
     * not fit together, and then the problems say why.
     *
     * @param outputs what the source model answered; none where there is none, or nothing is judged yet
     */
    Optional<EvaluationRequest> ofSpec(
            List<EvaluationRequest.RecordedOutput> outputs, Installation installation, int threads) {
        refuseUnknownData();
        Optional<EvaluationRequest.Rows> rows = rows();
        EvaluationRequest.Training training = training();
        Optional<EvaluationRequest.Subject> subject = subject(outputs);
        List<Gate> gates = gates(slices(section, spec));
        if (rows.isEmpty()
                || subject.isEmpty()
                || gates.size() != section.gates().size()) {
            return Optional.empty();
        }
        return Optional.of(request(
                rows.get(),
                subject.get(),
                other(BASELINE),
                gates,
                List.of(),
                training,
                machine(installation, threads)));
    }

    /**
     * To judge the ONNX model at {@code path} by {@code gates}, on the same rows.
     *
     * @throws IllegalStateException if the section judges predictions, or was not checked
     */
    EvaluationRequest ofForm(
            Path path,
            List<Gate> gates,
            EvaluationRequest.@Nullable Reference reference,
            List<MetricChoice> also,
            StageRequest stage) {
        DataSection rows = data.orElseThrow(() -> new IllegalStateException("a form of a model is judged on data"));
        return request(
                rows().orElseThrow(),
                new EvaluationRequest.Model(onnx(path), features(rows), missing(rows)),
                reference,
                gates,
                also,
                training(),
                machine(stage.installation(), stage.threads()));
    }

    private EvaluationRequest request(
            EvaluationRequest.Rows rows,
            EvaluationRequest.Subject subject,
            EvaluationRequest.@Nullable Reference reference,
            List<Gate> gates,
            List<MetricChoice> also,
            EvaluationRequest.@Nullable Training training,
            EvaluationRequest.Machine machine) {
        ModelSection model = spec.model();
        Placed<String> positive = model.positive();
        return new EvaluationRequest(
                model.task(),
                model.classes(),
                positive == null ? -1 : model.classes().indexOf(positive.value()),
                rows,
                subject,
                reference,
                gates,
                also,
                machine,
                SEED,
                training);
    }

    private Optional<EvaluationRequest.Rows> rows() {
        PredictionsSection predictions = section.predictions();
        if (predictions != null) {
            boolean fits = predictions.label().fits(spec.model().task(), problems);
            fits &= fitsPrediction(predictions.prediction());
            return fits
                    ? Optional.of(rows(predictions.path(), predictions.label(), predictions.slices(), null))
                    : Optional.empty();
        }
        return data.map(set -> rows(set.path(), set.label(), set.slices(), DataSets.images(set)));
    }

    /** Whether the answers stand in one column, where a row has one. */
    private boolean fitsPrediction(List<Placed<String>> columns) {
        boolean fits = columns.size() <= 1 || spec.model().task() == Task.MULTILABEL_CLASSIFICATION;
        if (!fits) {
            problems.add(
                    columns.get(1).place(),
                    "a " + spec.model().task().spelling() + " has one prediction a row, in one column",
                    "prediction: " + columns.get(0).value());
        }
        return fits;
    }

    private EvaluationRequest.Rows rows(
            Placed<Path> path, DataSection.Label label, List<Placed<String>> slices, @Nullable ImageOptions images) {
        Field.Spelling spelling =
                label.spelling() == DataSection.LabelSpelling.INDEX ? Field.Spelling.INDEX : Field.Spelling.NAME;
        return new EvaluationRequest.Rows(spec.resolve(path.value()), label.names(), spelling, texts(slices), images);
    }

    private Optional<EvaluationRequest.Subject> subject(List<EvaluationRequest.RecordedOutput> outputs) {
        PredictionsSection predictions = section.predictions();
        if (predictions != null) {
            return Optional.of(
                    new EvaluationRequest.Predictions(texts(predictions.prediction()), texts(predictions.scores())));
        }
        ModelSection model = spec.model();
        if (model.source() != null) {
            return data.map(rows -> new EvaluationRequest.Recorded(recorded(outputs), features(rows), missing(rows)));
        }
        Placed<Path> path = model.path();
        if (path == null) {
            problems.add(model.place(), "evaluate-metrics needs a model to judge", "path: build/model.onnx");
        }
        if (path == null || data.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new EvaluationRequest.Model(onnx(path.value()), features(data.get()), missing(data.get())));
    }

    private EvaluationRequest.@Nullable Training training() {
        Placed<String> name = data.map(DataSection::training).orElse(null);
        if (name == null) {
            return null;
        }
        Placed<String> own = section.data();
        List<String> others = spec.data().keySet().stream()
                .filter(other -> own == null || !other.equals(own.value()))
                .sorted()
                .toList();
        DataSection training = others.contains(name.value()) ? spec.data().get(name.value()) : null;
        if (training == null) {
            problems.add(
                    name.place(),
                    "data has no other '" + name.value() + "'" + DidYouMean.hint(name.value(), others),
                    "data: {" + name.value() + ": {path: …, label: …, features: {…}}}");
            return null;
        }
        return new EvaluationRequest.Training(
                spec.resolve(training.path().value()),
                features(training),
                missing(training),
                DataSets.images(training));
    }

    /** Whether a gate on leakage has something to look in. */
    private boolean fitsTraining(Gate gate, GateRequest request) {
        boolean asks =
                gate.measure() instanceof MetricChoice choice && choice.metric().isOfData();
        if (asks && data.isPresent() && data.get().training() == null) {
            problems.add(
                    request.place(),
                    gate.measure().spelling()
                            + " looks for the rows in the training data, which the data set does not name",
                    "training: train");
            return false;
        }
        return true;
    }

    static Map<String, List<String>> features(DataSection data) {
        Map<String, List<String>> features = new LinkedHashMap<>();
        data.features().forEach((input, columns) -> features.put(input, texts(columns)));
        return features;
    }

    static Field.Missing missing(DataSection data) {
        return data.missing() == DataSection.Missing.NAN ? Field.Missing.NAN : Field.Missing.REFUSE;
    }

    /** The model at {@code path}, its outputs read as the spec says. */
    EvaluationRequest.OnnxModel onnx(Path path) {
        ModelSection model = spec.model();
        Placed<String> scores = model.scores();
        return new EvaluationRequest.OnnxModel(
                spec.resolve(path),
                scores == null ? null : scores.value(),
                model.scoresAre() == ModelSection.ScoreKind.LOGITS);
    }

    /** What the source model answered, its outputs read as the spec says. */
    EvaluationRequest.RecordedModel recorded(List<EvaluationRequest.RecordedOutput> outputs) {
        ModelSection model = spec.model();
        Placed<String> scores = model.scores();
        return new EvaluationRequest.RecordedModel(
                outputs, scores == null ? null : scores.value(), model.scoresAre() == ModelSection.ScoreKind.LOGITS);
    }

    /** The model that gates compare with by that name; none where the spec has none. */
    EvaluationRequest.@Nullable Reference other(String name) {
        BaselineSection baseline = spec.baseline();
        TeacherSection teacher = spec.teacher();
        Placed<Path> path = name.equals(TEACHER) ? teacher == null ? null : teacher.path() : baseline.path();
        Placed<String> digest = name.equals(TEACHER) ? teacher == null ? null : teacher.digest() : baseline.digest();
        return path == null || digest == null
                ? null
                : new EvaluationRequest.Reference(name, onnx(path.value()), digest.value());
    }

    private List<Gate> gates(List<String> slices) {
        GateResolver resolver = new GateResolver(spec.model(), slices, comparisons(section, spec), problems);
        List<Gate> gates = new ArrayList<>();
        for (GateRequest request : section.gates()) {
            resolver.resolve(request).filter(gate -> fits(gate, request)).ifPresent(gates::add);
        }
        return gates;
    }

    private boolean fits(Gate gate, GateRequest request) {
        return fitsPredictions(gate, request) && fitsTraining(gate, request) && fitsSource(gate, request);
    }

    /** A source model answers by files: what is measured on a model that runs here is measured on its ONNX form. */
    private boolean fitsSource(Gate gate, GateRequest request) {
        boolean ofModel = gate.measure() instanceof MetricChoice choice
                && (choice.metric().isRunTime()
                        || choice.metric().isOfData()
                        || choice.metric().isOfFiles());
        if (ofModel && section.predictions() == null && spec.model().source() != null) {
            problems.add(
                    request.place(),
                    gate.measure().spelling()
                            + " is measured on an ONNX model, and here the source model is judged; put the gate into"
                            + " export-onnx, which judges its ONNX form",
                    "export-onnx: {gates: [{metric: " + gate.measure().spelling()
                            + (gate.against() == null ? "" : ", against: " + gate.against()) + ", …}]}");
            return false;
        }
        return true;
    }

    /**
     * The gates of {@code requests} that can be judged; what is wrong with the others stands in the problems.
     *
     * @param recorded what the gates call a model that answers by files; none where all are ONNX
     */
    List<Gate> gates(List<GateRequest> requests, GateResolver resolver, @Nullable String recorded) {
        List<Gate> gates = new ArrayList<>();
        for (GateRequest request : requests) {
            resolver.resolve(request)
                    .filter(gate -> fitsPredictions(gate, request)
                            && fitsTraining(gate, request)
                            && hasSize(gate, request, recorded))
                    .ifPresent(gates::add);
        }
        return gates;
    }

    private boolean hasSize(Gate gate, GateRequest request, @Nullable String recorded) {
        boolean isOfFiles =
                gate.measure() instanceof MetricChoice choice && choice.metric().isOfFiles();
        if (isOfFiles && recorded != null && recorded.equals(gate.against())) {
            problems.add(
                    request.place(),
                    gate.measure().spelling() + " compares the sizes of two ONNX models, and the " + recorded
                            + " model is none; write how large the ONNX form may be",
                    "{metric: " + RunMetrics.SIZE_BYTES.name() + ", max: 100000000}");
            return false;
        }
        return true;
    }

    /** Whether there are answers for the gate: predicted classes alone have no probabilities, and no run time or size. */
    private boolean fitsPredictions(Gate gate, GateRequest request) {
        PredictionsSection predictions = section.predictions();
        if (predictions == null || !(gate.measure() instanceof MetricChoice choice)) {
            return true;
        }
        boolean probabilities = choice.metric().isOfProbabilities() || choice.threshold() != null;
        if (probabilities && predictions.scores().isEmpty()) {
            problems.add(
                    request.place(),
                    choice.spelling() + " needs probabilities, and the predictions name no columns with scores",
                    "scores: \"p_*\"");
            return false;
        }
        if (choice.metric().isRunTime()
                || choice.metric().isOfData()
                || choice.metric().isOfFiles()) {
            problems.add(
                    request.place(),
                    choice.spelling()
                            + " is measured on a model, and here predictions are judged; remove the gate, or judge"
                            + " the model",
                    "data: holdout");
            return false;
        }
        return true;
    }

    /** What the gates can compare with: predictions of one model cannot be compared with another's answers. */
    static List<String> comparisons(EvaluationSection section, Spec spec) {
        List<String> comparisons = new ArrayList<>();
        if (section.predictions() == null) {
            if (spec.baseline().policy() == BaselineSection.Policy.PINNED) {
                comparisons.add(BASELINE);
            }
            if (spec.teacher() != null) {
                comparisons.add(TEACHER);
            }
        }
        return comparisons;
    }

    /** The slices of the rows that are judged. */
    static List<String> slices(EvaluationSection section, Spec spec) {
        PredictionsSection predictions = section.predictions();
        if (predictions != null) {
            return texts(predictions.slices());
        }
        Placed<String> name = section.data();
        DataSection data = name == null ? null : spec.data().get(name.value());
        return data == null ? List.of() : texts(data.slices());
    }

    /** The data set that is named; empty where there is none of that name. */
    private Optional<DataSection> data() {
        Placed<String> name = section.data();
        return name == null ? Optional.empty() : Optional.ofNullable(spec.data().get(name.value()));
    }

    /** A problem where there is no data set of the name. */
    void refuseUnknownData() {
        Placed<String> name = section.data();
        if (name != null && data.isEmpty()) {
            List<String> known = spec.data().keySet().stream().sorted().toList();
            problems.add(
                    name.place(),
                    "data has no '" + name.value() + "'" + DidYouMean.hint(name.value(), known),
                    "data: {" + name.value() + ": {path: …, label: …, features: {…}}}");
        }
    }

    private EvaluationRequest.Machine machine(Installation installation, int threads) {
        return machine(spec, installation, threads);
    }

    static EvaluationRequest.Machine machine(Spec spec, Installation installation, int threads) {
        Device device = switch (spec.device()) {
            case AUTO -> Device.AUTO;
            case CPU -> Device.CPU;
            case CUDA -> Device.CUDA;
            case TENSORRT -> Device.TENSORRT;
        };
        return new EvaluationRequest.Machine(device, threads, worker(installation));
    }

    private static WorkerOptions worker(Installation installation) {
        return WorkerOptions.of(installation.worker().classPath())
                .withJavaFlags(installation.worker().flags().toArray(String[]::new));
    }

    private static List<String> texts(List<Placed<String>> placed) {
        return placed.stream().map(Placed::value).toList();
    }
}
