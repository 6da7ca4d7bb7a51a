// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The confusion matrix of a report.
 *
 * @param counts rows by label (the outer list) and prediction (the inner ones); square
 */
record Confusion(List<String> classes, List<List<Double>> counts) {
    /** The most classes that can be told apart in a plot. */
    private static final int MOST = 200;

    /** Rows of one class that were taken for another. */
    record Mistake(String label, String prediction, double rows, double share) {}

    /** The matrix in {@code document}; empty where there is none, or none that is square. */
    static Optional<Confusion> of(Json.Obj document) {
        Json.Obj facts = document.object("facts");
        List<Json> rows = facts.items("confusion");
        if (rows.isEmpty() || rows.size() > MOST) {
            return Optional.empty();
        }
        List<List<Double>> counts = new ArrayList<>();
        for (Json row : rows) {
            List<Double> line = new ArrayList<>();
            if (row instanceof Json.Arr array) {
                for (Json cell : array.items()) {
                    if (cell instanceof Json.Num number && number.value() >= 0) {
                        line.add(number.value());
                    }
                }
            }
            if (line.size() != rows.size()) {
                return Optional.empty();
            }
            counts.add(line);
        }
        List<Json> names = facts.items("classes");
        List<String> classes = new ArrayList<>();
        for (int k = 0; k < rows.size(); k++) {
            classes.add(
                    k < names.size() && names.get(k) instanceof Json.Text name ? name.value() : Integer.toString(k));
        }
        return Optional.of(new Confusion(classes, counts));
    }

    /** How many classes there are. */
    int size() {
        return classes.size();
    }

    /** The rows of a label. */
    double labelled(int label) {
        return counts.get(label).stream().mapToDouble(Double::doubleValue).sum();
    }

    /** The share of a label's rows with that prediction; 0 where it has none. */
    double share(int label, int prediction) {
        double all = labelled(label);
        return all == 0 ? 0 : counts.get(label).get(prediction) / all;
    }

    /** The most frequent mistakes, the most frequent first. */
    List<Mistake> mistakes(int most) {
        List<Mistake> mistakes = new ArrayList<>();
        for (int label = 0; label < size(); label++) {
            for (int prediction = 0; prediction < size(); prediction++) {
                double rows = counts.get(label).get(prediction);
                if (label != prediction && rows > 0) {
                    mistakes.add(
                            new Mistake(classes.get(label), classes.get(prediction), rows, share(label, prediction)));
                }
            }
        }
        mistakes.sort(Comparator.comparingDouble(Mistake::rows).reversed());
        return mistakes.subList(0, Math.min(most, mistakes.size()));
    }
}
