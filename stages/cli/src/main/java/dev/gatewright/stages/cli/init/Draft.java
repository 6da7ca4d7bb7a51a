// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import dev.gatewright.validation.metrics.Task;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A spec without its gates.
 *
 * @param name what the model is called
 * @param classes in the order of the scores; none for a regression
 * @param label the column of the truth, or columns, as the spec names them
 * @param rows the data file
 * @param subject what is judged
 * @param notes why something is as it is, by the key that it belongs to
 */
public record Draft(
        String name,
        Task task,
        List<String> classes,
        List<String> label,
        Path rows,
        Subject subject,
        Map<String, String> notes) {

    /** Keeps its own copies. */
    public Draft {
        classes = List.copyOf(classes);
        label = List.copyOf(label);
        notes = Map.copyOf(notes);
    }

    /** What is judged. */
    public sealed interface Subject {}

    /**
     * A model.
     *
     * @param features model input by name, and its columns
     * @param scores the output with the scores, where it has to be named
     * @param hasScores whether the model gives numbers, and not classes alone
     * @param logits whether the scores are logits
     */
    public record Model(
            Path path,
            Map<String, List<String>> features,
            @Nullable String scores,
            boolean hasScores,
            boolean logits) implements Subject {
        /** Keeps its own copy, in the same order. */
        public Model {
            features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
        }
    }

    /**
     * Answers that lie in the data file.
     *
     * @param prediction the column of the predicted class or number; none where only scores are there
     * @param scores the columns with a probability a class; may be none
     */
    public record Predictions(@Nullable String prediction, List<String> scores) implements Subject {
        /** Keeps its own copy. */
        public Predictions {
            scores = List.copyOf(scores);
        }
    }

    /** Whether there are probabilities to judge. */
    boolean hasProbabilities() {
        return task.isClassification()
                && (subject instanceof Model model
                        ? model.hasScores()
                        : !((Predictions) subject).scores().isEmpty());
    }

    /** The same draft with scores that are logits. */
    public Draft withLogits() {
        if (!(subject instanceof Model model)) {
            throw new IllegalStateException("only a model's scores can be logits");
        }
        Model changed = new Model(model.path(), model.features(), model.scores(), model.hasScores(), true);
        return new Draft(name, task, classes, label, rows, changed, notes);
    }
}
