// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.metrics.Task;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works out the spec of a model and a labelled data file. */
public final class ModelGuess {
    private final Path file;
    private final ModelFacts model;
    private final Path rows;
    private final Columns columns;
    private final Hints hints;
    private final Map<String, String> notes = new HashMap<>();

    /** The guess for the model at {@code path} on {@code data}. */
    public ModelGuess(Path path, ModelFile model, DataFile data, Hints hints) {
        this.file = path;
        this.model = ModelFacts.of(model.description());
        this.rows = data.path();
        this.columns = new Columns(data);
        this.hints = hints;
    }

    /**
     * The spec without its gates.
     *
     * @throws dev.gatewright.stages.api.spec.InvalidRequestException if something cannot be told; it names the option to give
     */
    public Draft draft() {
        columns.requireAny();
        if (hints.isMultilabel()) {
            return multilabel();
        }
        Optional<String> named = hints.label().or(() -> new LabelGuess(columns).byName());
        if (named.isPresent() && !columns.names().contains(named.get())) {
            throw Asking.about(
                    rows,
                    "there is no column '" + named.get() + "'; there are " + Asking.shown(columns.names()),
                    "--label " + columns.names().get(0));
        }
        FeatureGuess guess = new FeatureGuess(model, columns, hints.inputs());
        Optional<Map<String, List<String>>> features =
                guess.features(named.stream().toList());
        String label = named.or(() -> features.flatMap(this::unused))
                .orElseThrow(() -> askForLabel(features.orElse(Map.of())));
        Map<String, List<String>> fed = features.orElseThrow(() -> askForInputs(List.of(label)));
        Optional<ModelFacts.Output> scores = scores();
        Task task = task(label, scores);
        Draft.Model subject =
                new Draft.Model(file, written(fed), hints.scores(), scores.isPresent() || model.answersMaps(), false);
        List<String> classes = task.isClassification() ? classes(task, label, scores) : List.of();
        return new Draft(Names.of(file), task, classes, List.of(label), rows, subject, notes);
    }

    private Draft multilabel() {
        LabelColumns label = LabelColumns.of(rows, columns, hints, model.classes(), notes);
        Map<String, List<String>> fed = new FeatureGuess(model, columns, hints.inputs())
                .features(label.columns())
                .orElseThrow(() -> askForInputs(label.columns()));
        boolean hasScores = scores().isPresent();
        return new Draft(
                Names.of(file),
                Task.MULTILABEL_CLASSIFICATION,
                label.classes(),
                hints.labels(),
                rows,
                new Draft.Model(file, written(fed), hints.scores(), hasScores, false),
                notes);
    }

    private Map<String, List<String>> written(Map<String, List<String>> features) {
        Map<String, List<String>> written = new LinkedHashMap<>();
        features.forEach((input, names) -> written.put(input, columns.written(names)));
        return written;
    }

    private Optional<String> unused(Map<String, List<String>> features) {
        List<String> used = features.values().stream().flatMap(List::stream).toList();
        Optional<String> found = new LabelGuess(columns).byRest(used, model.classes());
        found.ifPresent(name -> notes.put(
                "label",
                model.classes().isEmpty()
                        ? "the only column that feeds no input"
                        : "the only column that feeds no input and holds these classes"));
        return found;
    }

    private RuntimeException askForLabel(Map<String, List<String>> features) {
        List<String> rest = new ArrayList<>(columns.names());
        features.values().forEach(rest::removeAll);
        return Asking.about(
                rows,
                "which column holds the truth cannot be told; "
                        + (rest.isEmpty() ? "all of them feed the model" : "it may be one of " + Asking.shown(rest)),
                rest.isEmpty() ? null : "--label " + rest.get(0));
    }

    private RuntimeException askForInputs(List<String> labels) {
        List<String> inputs = model.inputs().stream()
                .map(input -> "'" + input.name() + "'"
                        + (input.width() == ModelFacts.OPEN ? "" : " (" + input.width() + " values a row)"))
                .toList();
        return Asking.about(
                rows,
                "which columns feed the model's inputs " + Asking.shown(inputs) + " cannot be told; beside the label '"
                        + Asking.shown(labels) + "' there are "
                        + Asking.shown(columns.names().stream()
                                .filter(name -> !labels.contains(name))
                                .toList()),
                "--input " + model.inputs().get(0).name() + "=COLUMN,COLUMN");
    }

    /** The output with the scores; none where the model has no such output. */
    private Optional<ModelFacts.Output> scores() {
        List<ModelFacts.Output> outputs = model.scores();
        if (hints.scores() != null) {
            return outputs.stream()
                    .filter(output -> output.name().equals(hints.scores()))
                    .findFirst()
                    .or(() -> {
                        throw askForScores("the model has no output '" + hints.scores() + "' of numbers");
                    });
        }
        if (outputs.size() > 1) {
            throw askForScores("which of the model's outputs is its answer cannot be told");
        }
        return outputs.stream().findFirst();
    }

    private RuntimeException askForScores(String what) {
        List<String> names =
                model.scores().stream().map(ModelFacts.Output::name).toList();
        return Asking.about(
                file,
                what + "; of numbers there are " + (names.isEmpty() ? "none" : Asking.shown(names)),
                names.isEmpty() ? null : "--scores " + names.get(0));
    }

    private Task task(String label, Optional<ModelFacts.Output> scores) {
        Task ofUser = hints.task();
        if (ofUser != null) {
            return ofUser;
        }
        int classes = hints.classes().isEmpty()
                ? model.classes().size()
                : hints.classes().size();
        if (classes > 0) {
            return ofClasses(classes);
        }
        int width = scores.map(ModelFacts.Output::width).orElse(ModelFacts.OPEN);
        if (width > 1) {
            notes.put("task", "the model gives " + width + " scores a row");
            return ofClasses(width);
        }
        Optional<List<String>> values = columns.values(label);
        boolean answersClass = model.answersClass() || model.answersMaps();
        if (values.isPresent() && (answersClass || values.get().size() == 2)) {
            notes.put("task", "'" + label + "' has " + values.get().size() + " different values");
            return ofClasses(values.get().size());
        }
        if (width == 1 && columns.isNumeric(label)) {
            notes.put("task", "the model gives one number a row, and '" + label + "' holds numbers");
            return Task.REGRESSION;
        }
        throw Asking.about(
                rows, "whether the model names classes or gives a number cannot be told", "--task regression");
    }

    private static Task ofClasses(int count) {
        return count == 2 ? Task.BINARY_CLASSIFICATION : Task.MULTICLASS_CLASSIFICATION;
    }

    private List<String> classes(Task task, String label, Optional<ModelFacts.Output> scores) {
        if (!hints.classes().isEmpty()) {
            return hints.classes();
        }
        if (!model.classes().isEmpty()) {
            notes.put("classes", "as the model names them");
            return model.classes();
        }
        List<String> values = Classes.sorted(columns.values(label)
                .orElseThrow(() -> Asking.about(
                        rows,
                        "'" + label + "' holds no classes: it has numbers with a fraction, or more than "
                                + Columns.MOST_VALUES + " different values",
                        "--task regression")));
        int width = scores.map(ModelFacts.Output::width).orElse(ModelFacts.OPEN);
        int count = width > 1 ? width : task == Task.BINARY_CLASSIFICATION ? 2 : values.size();
        if (Classes.arePositions(values, count)) {
            notes.put("classes", "the labels count them");
            return Classes.counted(count);
        }
        if (values.size() == count && (model.answersClass() || model.answersMaps())) {
            notes.put(
                    "classes",
                    "the labels in order; the model names each of its answers, so another name would be seen");
            return values;
        }
        throw Asking.about(
                rows,
                "the order of the model's " + count + " classes cannot be told: it does not name them, and '" + label
                        + "' holds " + Asking.shown(values),
                Classes.option(values));
    }
}
