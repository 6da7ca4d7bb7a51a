// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import dev.gatewright.validation.metrics.Task;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is judged.
 *
 * @param path the ONNX file; none where only predictions are judged, or a source model
 * @param source the model before it is ONNX; none where it is ONNX already
 * @param classes the class names in the order of the model's scores; empty for a regression
 * @param positive the positive class of a binary task, where no gate names another
 * @param scores the output with one score a class, where the model has more than one that could be it
 * @param scoresAre what those scores are
 */
public record ModelSection(
        Place place,
        String name,
        Task task,
        @Nullable Placed<Path> path,
        @Nullable SourceSection source,
        List<String> classes,
        @Nullable Placed<String> positive,
        @Nullable Placed<String> scores,
        ScoreKind scoresAre) {

    /** What a score says. */
    public enum ScoreKind {
        /** A probability: from 0 to 1; where a row has one class, its sum is 1. */
        PROBABILITIES("probabilities"),
        /** The logarithm of something proportional to a probability. */
        LOGITS("logits");

        private final String spelling;

        ScoreKind(String spelling) {
            this.spelling = spelling;
        }

        /** As a spec writes it. */
        public String spelling() {
            return spelling;
        }
    }

    private static final Key<String> NAME =
            Key.required("name", Shapes.name(), "What the model is called.", "name: digits");
    private static final Key<Task> TASK = Key.required(
            "task",
            Shapes.oneOf(Task.values(), Task::spelling),
            "What the model is asked to do.",
            "task: multiclass-classification");
    private static final Key<Placed<Path>> PATH = Key.optional(
            "path", Shapes.placed(Shapes.path()), "The ONNX file that is judged.", "path: build/model.onnx");
    private static final Key<SourceSection> SOURCE = Key.optional(
            "source",
            SourceSection.SHAPE,
            "The model in the framework that made it, before it is ONNX; in place of path.",
            "source: {kind: scikit-learn, path: build/model.joblib}");
    private static final Key<Placed<List<Placed<String>>>> CLASSES = Key.optional(
            "classes",
            Shapes.placed(Shapes.listOf(Shapes.placed(Shapes.text()), false)),
            "The names of the classes, in the order of the model's scores.",
            "classes: [\"no\", \"yes\"]");
    private static final Key<Placed<String>> POSITIVE = Key.optional(
            "positive", Shapes.placed(Shapes.text()), "The positive class of a binary task.", "positive: \"yes\"");
    private static final Key<Placed<String>> SCORES = Key.optional(
            "scores",
            Shapes.placed(Shapes.text()),
            "The model's output with one score a class (or the predicted number), if it has several.",
            "scores: probabilities");
    private static final Key<ScoreKind> SCORES_ARE = Key.optional(
            "scores-are",
            Shapes.oneOf(ScoreKind.values(), ScoreKind::spelling),
            "Whether the scores are probabilities (the default) or logits, which are turned into probabilities by softmax; for a"
                    + " multilabel-classification by the sigmoid function, each by itself.",
            "scores-are: logits");

    static final Section<ModelSection> SHAPE = new Section<>(
            "model", List.of(NAME, TASK, PATH, SOURCE, CLASSES, POSITIVE, SCORES, SCORES_ARE), ModelSection::make);

    private static @Nullable ModelSection make(Values values, Problems problems) {
        Task task = values.need(TASK);
        Placed<List<Placed<String>>> classes = values.get(CLASSES);
        if (task.isClassification() && classes == null) {
            problems.add(
                    values.place(),
                    "a " + task.spelling() + " needs its classes, in the order of the model's scores",
                    CLASSES.example());
            return null;
        }
        if (!task.isClassification() && classes != null) {
            problems.add(values.place(CLASSES), "a regression has no classes; remove the key");
            return null;
        }
        if (values.has(PATH) && values.has(SOURCE)) {
            problems.add(
                    values.place(SOURCE),
                    "the model is the ONNX file at 'path', or the source that it is exported from; remove one of both keys");
            return null;
        }
        List<String> names = classes == null
                ? List.of()
                : classes.value().stream().map(Placed::value).toList();
        if (classes != null && !fit(task, classes, problems)) {
            return null;
        }
        Placed<String> positive = values.get(POSITIVE);
        if (positive != null && task != Task.BINARY_CLASSIFICATION) {
            problems.add(values.place(POSITIVE), "only a binary-classification has a positive class; remove the key");
            return null;
        }
        if (positive != null && !names.contains(positive.value())) {
            problems.add(
                    positive.place(),
                    "'" + positive.value() + "' is not one of the classes" + DidYouMean.hint(positive.value(), names));
            return null;
        }
        return new ModelSection(
                values.place(),
                values.need(NAME),
                task,
                values.get(PATH),
                values.get(SOURCE),
                names,
                positive,
                values.get(SCORES),
                values.get(SCORES_ARE, ScoreKind.PROBABILITIES));
    }

    private static boolean fit(Task task, Placed<List<Placed<String>>> classes, Problems problems) {
        HashSet<String> seen = new HashSet<>();
        boolean fits = true;
        for (Placed<String> name : classes.value()) {
            if (!seen.add(name.value())) {
                problems.add(name.place(), "class '" + name.value() + "' stands twice");
                fits = false;
            }
        }
        int least = 2;
        int count = classes.value().size();
        if (task == Task.BINARY_CLASSIFICATION ? count != 2 : count < least) {
            String wanted = task == Task.BINARY_CLASSIFICATION ? "exactly 2 classes" : "at least 2 classes";
            problems.add(classes.place(), "a " + task.spelling() + " has " + wanted + ", but here stand " + count);
            fits = false;
        }
        return fits;
    }

    /** The index of each class by its name. */
    public Map<String, Integer> classIndex() {
        Map<String, Integer> index = new java.util.LinkedHashMap<>();
        for (String name : classes) {
            index.put(name, index.size());
        }
        return index;
    }
}
