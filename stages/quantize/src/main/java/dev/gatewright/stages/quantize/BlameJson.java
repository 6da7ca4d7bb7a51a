// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import dev.gatewright.stages.api.json.Json;
import java.util.ArrayList;
import java.util.List;

/** A blame list as a report holds it. */
final class BlameJson {
    private BlameJson() {}

    /** What does not depend on time. */
    static Json facts(Blame blame) {
        List<Json> nodes = new ArrayList<>();
        for (Blame.Node node : blame.nodes()) {
            nodes.add(Json.object()
                    .put("node", node.name())
                    .put("operator", node.operator())
                    .put("weights", node.weights())
                    .put("signalToNoise", node.signalToNoise())
                    .put("answered", !Double.isNaN(node.score()))
                    .put("changed", node.changed())
                    .put("score", node.score())
                    .build());
        }
        List<Json> steps = new ArrayList<>();
        for (Blame.Step step : blame.steps()) {
            steps.add(Json.object()
                    .put("excluded", step.excluded())
                    .put("verdict", step.verdict().name())
                    .build());
        }
        return Json.object()
                .put("rows", blame.rows())
                .put("score", blame.score())
                .put("nodes", nodes)
                .put("unmeasured", Json.texts(blame.unmeasured()))
                .put("steps", steps)
                .put("trials", blame.trials())
                .build();
    }

    /** The sentences of the steps, which may hold times. */
    static Json sentences(Blame blame) {
        return Json.texts(blame.steps().stream().map(Blame.Step::sentence).toList());
    }
}
