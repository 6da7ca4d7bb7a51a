// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.github;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.SpecNode;
import dev.gatewright.validation.metrics.gate.Bound;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where the gates of a stage's report stand in the spec: those of the stage itself, and behind them those of evaluate-metrics, by
 * which later forms of the model are judged too. Gates that are always on stand nowhere.
 */
final class GateLines {
    private final List<SpecNode.Mapping> written = new ArrayList<>();
    private final BitSet found = new BitSet();

    GateLines(SpecNode spec, StageName stage) {
        add(spec, stage);
        if (stage != StageName.EVALUATE_METRICS) {
            add(spec, StageName.EVALUATE_METRICS);
        }
    }

    private void add(SpecNode spec, StageName stage) {
        Optional<SpecNode> gates = get(spec, "stages")
                .flatMap(stages -> get(stages, stage.spelling()))
                .flatMap(own -> get(own, "gates"));
        if (gates.orElse(null) instanceof SpecNode.Sequence list) {
            for (SpecNode gate : list.items()) {
                if (gate instanceof SpecNode.Mapping mapping) {
                    written.add(mapping);
                }
            }
        }
    }

    /** The place of the report's next gate. Gates that are alike are told apart by their order. */
    Optional<Place> next(Json.Obj gate) {
        Optional<Integer> best = IntStream.range(0, written.size())
                .boxed()
                .filter(at -> fits(written.get(at), gate))
                .max(Comparator.comparingLong((Integer at) -> options(written.get(at), gate))
                        .thenComparing(at -> !found.get(at))
                        .thenComparing(Comparator.reverseOrder()));
        best.ifPresent(found::set);
        return best.map(at -> written.get(at).place());
    }

    private static boolean fits(SpecNode.Mapping written, Json.Obj gate) {
        return isMetric(text(written, "metric"), gate.text("metric").orElse(""))
                && text(written, "slice").equals(gate.text("slice").orElse(""))
                && hasBounds(written, gate.objects("bounds"));
    }

    /** A report spells a metric with its options, such as {@code f1[macro]} or {@code (loss - val_loss)[best]}. */
    private static boolean isMetric(String name, String spelling) {
        String bare = spelling.startsWith("(") ? spelling.substring(1) : spelling;
        return !name.isEmpty()
                && bare.startsWith(name)
                && (bare.length() == name.length() || "[ ".indexOf(bare.charAt(name.length())) >= 0);
    }

    private static boolean hasBounds(SpecNode.Mapping written, List<Json.Obj> bounds) {
        for (Bound.Kind kind : Bound.Kind.values()) {
            Optional<Double> judged = bounds.stream()
                    .filter(bound -> bound.text("kind").equals(Optional.of(kind.spelling())))
                    .findFirst()
                    .flatMap(bound -> bound.number("limit"));
            String limit = text(written, kind.spelling());
            if (judged.isPresent() == limit.isEmpty() || (judged.isPresent() && !isNumber(limit, judged.get()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(String text, double number) {
        try {
            return Double.parseDouble(text) == number;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** How many of the words of a written gate the report repeats. */
    private static long options(SpecNode.Mapping written, Json.Obj gate) {
        String told =
                gate.text("metric").orElse("") + " " + gate.text("against").orElse("");
        return written.entries().stream()
                .map(SpecNode.Entry::value)
                .filter(value -> value instanceof SpecNode.Scalar scalar && told.contains(scalar.text()))
                .count();
    }

    private static String text(SpecNode.Mapping node, String key) {
        return node.get(key).orElse(null) instanceof SpecNode.Scalar scalar ? scalar.text() : "";
    }

    private static Optional<SpecNode> get(SpecNode node, String key) {
        return node instanceof SpecNode.Mapping mapping ? mapping.get(key) : Optional.empty();
    }
}
