// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.SpecNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A gate of a report is found in the spec by what it says. */
class GateLinesTest {
    private static final SpecNode SPEC = mapping(
            0,
            "stages",
            mapping(
                    0,
                    "quantize",
                    mapping(0, "gates", list(gate(30, "metric", "size_ratio", "max", "0.65"))),
                    "evaluate-metrics",
                    mapping(
                            0,
                            "gates",
                            list(
                                    gate(10, "metric", "accuracy", "min", "0.9"),
                                    gate(11, "metric", "accuracy", "min", "0.90", "slice", "writer"),
                                    gate(12, "metric", "f1", "average", "macro", "min", "0.8"),
                                    gate(13, "metric", "f1", "average", "micro", "min", "0.8"),
                                    gate(14, "metric", "accuracy", "min", "0.9")))));

    @Test
    void tellsGatesOfOneMetricApart() {
        GateLines lines = new GateLines(SPEC, StageName.EVALUATE_METRICS);

        assertThat(lines.next(judged("f1[micro]", "min", 0.8, null))).hasValueSatisfying(isAt(13));
        assertThat(lines.next(judged("f1[macro]", "min", 0.8, null))).hasValueSatisfying(isAt(12));
        assertThat(lines.next(judged("accuracy", "min", 0.9, "writer"))).hasValueSatisfying(isAt(11));
    }

    @Test
    void takesGatesThatAreAlikeInTheirOrder() {
        GateLines lines = new GateLines(SPEC, StageName.EVALUATE_METRICS);

        assertThat(lines.next(judged("accuracy", "min", 0.9, null))).hasValueSatisfying(isAt(10));
        assertThat(lines.next(judged("accuracy", "min", 0.9, null))).hasValueSatisfying(isAt(14));
    }

    @Test
    void looksAmongThoseOfEvaluateMetricsToo() {
        GateLines lines = new GateLines(SPEC, StageName.QUANTIZE);

        assertThat(lines.next(judged("size_ratio", "max", 0.65, null))).hasValueSatisfying(isAt(30));
        assertThat(lines.next(judged("f1[macro]", "min", 0.8, null))).hasValueSatisfying(isAt(12));
    }

    @Test
    void findsNoLineForWhatNobodyWrote() {
        GateLines lines = new GateLines(SPEC, StageName.EVALUATE_METRICS);

        assertThat(lines.next(judged("accuracy", "min", 0.95, null))).isEmpty();
        assertThat(lines.next(judged("accuracy", "max", 0.9, null))).isEmpty();
        assertThat(lines.next(judged("accuracy_of_all", "min", 0.9, null))).isEmpty();
        assertThat(lines.next(Json.object().build())).isEmpty();
    }

    private static Consumer<Place> isAt(int line) {
        return place -> assertThat(place.line()).isEqualTo(line);
    }

    private static Json.Obj judged(String metric, String bound, double limit, String slice) {
        Json one = Json.object().put("kind", bound).put("limit", limit).build();
        return Json.object()
                .put("metric", metric)
                .put("bounds", List.of(one))
                .put("slice", Optional.ofNullable(slice).map(Json::of).orElse(Json.NULL))
                .build();
    }

    private static SpecNode gate(int line, String... keysAndValues) {
        Object[] parts = new Object[keysAndValues.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = i % 2 == 0 ? keysAndValues[i] : new SpecNode.Scalar(keysAndValues[i], true, at(line));
        }
        return mapping(line, parts);
    }

    private static SpecNode list(SpecNode... items) {
        return new SpecNode.Sequence(List.of(items), at(0));
    }

    private static SpecNode mapping(int line, Object... keysAndValues) {
        List<SpecNode.Entry> entries = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.add(new SpecNode.Entry((String) keysAndValues[i], at(line), (SpecNode) keysAndValues[i + 1]));
        }
        return new SpecNode.Mapping(entries, at(line));
    }

    private static Place at(int line) {
        return new Place("gatewright.yaml", line, 1);
    }
}
