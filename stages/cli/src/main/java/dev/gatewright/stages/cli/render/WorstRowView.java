// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * A row that an exported model and its source answer differently, as a renderer reads it.
 *
 * @param difference between both answers; empty where the exported model answered nothing
 */
record WorstRowView(Optional<Double> row, String truth, Side source, Side exported, Optional<Double> difference) {
    private static final int MOST = 10;

    /** What one side answered. */
    record Side(Optional<String> label, Optional<Double> score) {
        static Side of(Json.Obj answer) {
            return new Side(answer.text("label"), answer.number("score"));
        }

        /** The label with its score, or the number alone. */
        String told() {
            String number =
                    score.map(value -> Figures.value(Optional.of(value), "")).orElse("");
            String words = (label.orElse("") + " " + number).strip();
            return words.isEmpty() ? "no answer" : words;
        }
    }

    /** The rows of a stage, the worst first; empty where it compared none. */
    static List<WorstRowView> of(Json.Obj document) {
        return document.object("environment").objects("worstRows").stream()
                .limit(MOST)
                .map(row -> new WorstRowView(
                        row.number("row"),
                        row.text("truth").orElse("?"),
                        Side.of(row.object("source")),
                        Side.of(row.object("exported")),
                        row.number("difference")))
                .toList();
    }

    /** Its number in the data. */
    String number() {
        return row.map(Figures::count).orElse("?");
    }

    /** Whether both decide for another class, or the exported model for none. */
    boolean changesLabel() {
        return !source.label().equals(exported.label()) || exported.told().equals("no answer");
    }

    /** The row in a line. */
    String told() {
        return "row " + number() + " (truth " + truth + "): source " + source.told() + ", exported " + exported.told();
    }
}
