// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import dev.gatewright.validation.metrics.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the user says, so that it need not be guessed.
 *
 * @param labels the column of the truth; several, or a glob, where a row has any number of classes
 * @param prediction the column with the answers, where predictions are judged
 * @param task what the model is asked to do
 * @param classes the classes in the order of the scores; none where they are not given
 * @param inputs model input by name, and its columns
 * @param scores the output with the scores
 */
public record Hints(
        List<String> labels,
        @Nullable String prediction,
        @Nullable Task task,
        List<String> classes,
        Map<String, List<String>> inputs,
        @Nullable String scores) {

    /** Keeps its own copies. */
    public Hints {
        labels = List.copyOf(labels);
        classes = List.copyOf(classes);
        inputs = Map.copyOf(inputs);
    }

    /** Whether a row has any number of classes, with a column for each. */
    boolean isMultilabel() {
        boolean severalColumns = labels.size() > 1 || labels.stream().anyMatch(name -> name.contains("*"));
        return task == null ? severalColumns : task == Task.MULTILABEL_CLASSIFICATION;
    }

    /** The one column of the truth, if it is given. */
    Optional<String> label() {
        return labels.stream().findFirst();
    }
}
