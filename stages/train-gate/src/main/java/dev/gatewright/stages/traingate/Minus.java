// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.SpecNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a gate takes from a number of the training before it judges it. */
sealed interface Minus {
    /** As sentences call it. */
    String spelling();

    /** Another number of the training: the gap between the two is judged. */
    record Other(String name) implements Minus {
        @Override
        public String spelling() {
            return name;
        }
    }

    /** What an answer scores that looks at no feature: the gain over it is judged. */
    record Naive(NaiveScore score, Placed<String> data) implements Minus {
        @Override
        public String spelling() {
            return "naive " + score.spelling() + " on " + data.value();
        }
    }

    /** A number's name, or a mapping that names a naive answer. */
    Shape<Minus> SHAPE = new Shape<>() {
        private static final Key<NaiveScore> NAIVE = Key.required(
                "naive",
                Shapes.oneOf(NaiveScore.values(), NaiveScore::spelling),
                "The metric of the naive answer: always the most frequent class (accuracy), the classes' frequencies"
                        + " (log_loss), or the mean (mse, rmse, mae).",
                "naive: accuracy");
        private static final Key<Placed<String>> DATA = Key.required(
                "data",
                Shapes.placed(Shapes.text()),
                "The data set whose labels the naive answer knows, and on which it is scored.",
                "data: validation");
        private static final Section<Minus> SECTION = new Section<>(
                "minus", List.of(NAIVE, DATA), (values, problems) -> new Naive(values.need(NAIVE), values.need(DATA)));

        @Override
        public @Nullable Minus read(SpecNode node, Problems problems) {
            if (node instanceof SpecNode.Mapping) {
                return SECTION.read(node, problems);
            }
            String name = Shapes.text().read(node, problems);
            return name == null ? null : new Other(name);
        }

        @Override
        public Json schema() {
            return Json.object()
                    .put("anyOf", List.of(Shapes.text().schema(), SECTION.schema()))
                    .build();
        }
    };
}
