// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of a canary, as a renderer reads them. */
record CanaryView(List<Step> steps) {
    static final String CANDIDATE = "candidate";
    static final String STABLE = "stable";

    /** A share of the traffic, and what came of it. */
    record Step(Json.Obj json) {
        String weight() {
            return json.number("weight").map(Numbers::rounded).orElse("?") + "%";
        }

        Outcome outcome() {
            String word = json.text("verdict").orElse("");
            for (Verdict verdict : Verdict.values()) {
                if (verdict.name().equals(word)) {
                    return Outcome.of(verdict);
                }
            }
            return Outcome.NOT_EVALUATED;
        }

        /** A side's requests with their errors, and what is known of its times. */
        String told(String side) {
            Json.Obj counts = json.object(side);
            List<String> parts = new ArrayList<>();
            parts.add(count(counts, "requests") + " requests");
            parts.add(count(counts, "errors") + " errors");
            counts.number("latency_p95_ms").ifPresent(time -> parts.add("p95 " + Numbers.rounded(time) + " ms"));
            Optional<Double> rows = counts.number("rows");
            rows.ifPresent(
                    all -> parts.add(count(counts, "right") + " of " + count(counts, "rows") + " classes right"));
            return String.join(", ", parts);
        }

        /** Why it did not pass; empty where it did. */
        String why() {
            for (Json.Obj gate : json.objects("gates")) {
                if (!gate.text("verdict").equals(Optional.of(Verdict.PASSED.name()))) {
                    return gate.text("sentence").orElse("");
                }
            }
            return "";
        }

        private static String count(Json.Obj counts, String name) {
            return Figures.count(counts.number(name).orElse(0.0));
        }
    }

    /** The steps of a stage; empty where it has none. */
    static Optional<CanaryView> of(Json.Obj document) {
        List<Step> steps = new ArrayList<>();
        document.object("environment").object("canary").objects("steps").forEach(step -> steps.add(new Step(step)));
        return steps.isEmpty() ? Optional.empty() : Optional.of(new CanaryView(steps));
    }
}
