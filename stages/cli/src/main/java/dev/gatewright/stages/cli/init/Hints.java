// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import dev.gatewright.validation.metrics.Task;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the user says, so that it need not be guessed.
 *
 * @param label the column of the truth
 * @param prediction the column with the answers, where predictions are judged
 * @param task what the model is asked to do
 * @param classes the classes in the order of the scores; none where they are not given
 * @param inputs model input by name, and its columns
 * @param scores the output with the scores
 */
public record Hints(
        @Nullable String label,
        @Nullable String prediction,
        @Nullable Task task,
        List<String> classes,
        Map<String, List<String>> inputs,
        @Nullable String scores) {

    /** Keeps its own copies. */
    public Hints {
        classes = List.copyOf(classes);
        inputs = Map.copyOf(inputs);
    }
}
