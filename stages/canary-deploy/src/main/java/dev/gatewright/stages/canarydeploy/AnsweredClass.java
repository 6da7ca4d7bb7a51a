// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.validation.endpoint.Elements;
import dev.gatewright.validation.endpoint.GoldenSet;
import dev.gatewright.validation.endpoint.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the class out of an answer: from the first output with a number for each class the one with the greatest. */
final class AnsweredClass {
    private final List<String> classes;
    private final Optional<String> output;

    AnsweredClass(GoldenSet set, List<String> classes) {
        this.classes = classes;
        this.output = set.outputs().stream()
                .filter(type -> type.rowSize() == classes.size())
                .map(TensorType::name)
                .findFirst();
    }

    /** Its name; empty where the answer names none. */
    Optional<String> of(Map<String, Elements> answer) {
        if (output.isEmpty() || !(answer.get(output.get()) instanceof Elements.Reals scores)) {
            return Optional.empty();
        }
        int best = 0;
        for (int i = 1; i < scores.size(); i++) {
            best = scores.at(i) > scores.at(best) ? i : best;
        }
        return scores.areFinite() && scores.size() == classes.size()
                ? Optional.of(classes.get(best))
                : Optional.empty();
    }
}
