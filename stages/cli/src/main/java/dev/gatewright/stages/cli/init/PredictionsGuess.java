// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.metrics.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Works out the spec of a file with labels and the answers to them, so that any framework's model can be judged. */
public final class PredictionsGuess {
    private static final Set<String> ANSWERS =
            Set.of("prediction", "predictions", "predicted", "pred", "y_pred", "yhat", "y_hat");
    private static final List<String> SCORES = List.of("p_", "prob_", "proba_", "probability_", "score_");

    private final Path rows;
    private final Columns columns;
    private final Hints hints;
    private final Map<String, String> notes = new HashMap<>();

    /** The guess for {@code data}. */
    public PredictionsGuess(DataFile data, Hints hints) {
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
        List<String> names = columns.names();
        String label = column(hints.label().orElse(null))
                .or(() -> new LabelGuess(columns).byName())
                .orElseThrow(() -> ask("which column holds the truth cannot be told", "--label " + names.get(0)));
        String prediction = column(hints.prediction()).or(this::usualAnswer).orElse(null);
        String prefix = scoresPrefix();
        List<String> scores = prefix == null
                ? List.of()
                : names.stream().filter(name -> name.startsWith(prefix)).toList();
        if (prediction == null && scores.isEmpty()) {
            throw ask("which column holds the answers cannot be told", "--prediction " + names.get(names.size() - 1));
        }
        List<String> values = new ArrayList<>();
        Optional<List<String>> labels = columns.values(label);
        Optional<List<String>> answers = prediction == null ? labels : columns.values(prediction);
        labels.ifPresent(values::addAll);
        answers.ifPresent(values::addAll);
        boolean areClasses =
                labels.isPresent() && answers.isPresent() && (!columns.isNumeric(label) || Classes.areWhole(values));
        List<String> classes = classes(values, prefix, scores);
        Task task = task(areClasses, classes);
        Draft.Predictions subject =
                new Draft.Predictions(prediction, columns.written(task.isClassification() ? scores : List.of()));
        return new Draft(
                Names.of(rows),
                task,
                task.isClassification() ? classes : List.of(),
                List.of(label),
                rows,
                subject,
                notes);
    }

    /** Of such answers the probabilities are needed: a glob for what begins with their usual beginning. */
    private Draft multilabel() {
        LabelColumns label = LabelColumns.of(rows, columns, hints, List.of(), notes);
        String prefix = scoresPrefix();
        if (prefix == null) {
            throw ask("which columns hold the probability of each class cannot be told", null);
        }
        return new Draft(
                Names.of(rows),
                Task.MULTILABEL_CLASSIFICATION,
                label.classes(),
                hints.labels(),
                rows,
                new Draft.Predictions(null, List.of(prefix + "*")),
                notes);
    }

    private Task task(boolean areClasses, List<String> classes) {
        Task ofUser = hints.task();
        if (ofUser != null) {
            return ofUser;
        }
        notes.put("task", areClasses ? "labels and answers are classes" : "labels and answers are numbers");
        if (!areClasses) {
            return Task.REGRESSION;
        }
        return classes.size() == 2 ? Task.BINARY_CLASSIFICATION : Task.MULTICLASS_CLASSIFICATION;
    }

    private List<String> classes(List<String> values, @Nullable String prefix, List<String> scores) {
        if (!hints.classes().isEmpty()) {
            return hints.classes();
        }
        if (prefix == null) {
            notes.put("classes", "all that occur");
            return Classes.sorted(values);
        }
        List<String> named =
                scores.stream().map(name -> name.substring(prefix.length())).toList();
        if (!new HashSet<>(named).containsAll(values)) {
            throw ask(
                    "the columns with scores name the classes " + Asking.shown(named) + ", and the labels are "
                            + Asking.shown(Classes.sorted(values)),
                    Classes.option(Classes.sorted(values)));
        }
        notes.put("classes", "as the columns with scores name them");
        return named;
    }

    private Optional<String> column(@Nullable String name) {
        if (name != null && !columns.names().contains(name)) {
            throw ask("there is no column '" + name + "'", null);
        }
        return Optional.ofNullable(name);
    }

    private Optional<String> usualAnswer() {
        return columns.names().stream()
                .filter(name -> ANSWERS.contains(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private @Nullable String scoresPrefix() {
        for (String prefix : SCORES) {
            if (columns.names().stream().filter(name -> name.startsWith(prefix)).count() > 1) {
                return prefix;
            }
        }
        return null;
    }

    private RuntimeException ask(String what, @Nullable String write) {
        return Asking.about(rows, what + "; there are " + Asking.shown(columns.names()), write);
    }
}
