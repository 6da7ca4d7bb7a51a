// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Agreement;
import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A judged gate of a report, as a renderer reads it. What the report does not say clearly is not evaluated. */
record GateView(Json.Obj json) {
    /** The metric in its full spelling. */
    String metric() {
        return json.text("metric").orElse("a metric without a name");
    }

    /** The unit's symbol; empty for a plain number. */
    String unit() {
        return json.text("unit").orElse("");
    }

    /** The gate in one sentence. */
    String sentence() {
        return json.text("sentence").orElse(metric() + " could not be judged: the report has no sentence for it");
    }

    /** How it was judged. */
    Verdict verdict() {
        return Agreement.verdict(json);
    }

    /** The verdict that a gate or a finding states; none for rows that are only shown. */
    static Optional<Verdict> verdict(Json.Obj json) {
        return json.text("verdict").map(name -> Agreement.verdict(json));
    }

    /** Whether it was judged, does not pass, and its author wants only to be told. */
    boolean isWarning() {
        return Agreement.isWarning(json);
    }

    /** How it is shown. */
    Outcome outcome() {
        return isWarning() ? Outcome.WARNING : Outcome.of(verdict());
    }

    /** The slice that it judges; empty where it judges all rows. */
    Optional<String> slice() {
        return json.text("slice");
    }

    /** What it came to on each set of rows, bound by bound. */
    List<Json.Obj> findings() {
        return json.objects("findings");
    }

    /** Metric, slice and bounds: what tells it from the other gates of its stage. */
    String name() {
        return metric() + slice().map(slice -> " by " + slice).orElse("") + " " + bounds();
    }

    /** The bounds as a spec writes them. */
    String bounds() {
        List<String> bounds = new ArrayList<>();
        for (Json.Obj bound : json.objects("bounds")) {
            bounds.add(bound(bound));
        }
        return String.join(", ", bounds);
    }

    /** A bound as a spec writes it. */
    static String bound(Json.Obj bound) {
        return bound.text("kind").orElse("?") + " "
                + bound.number("limit").map(Numbers::exact).orElse("?");
    }

    /** How sure it must be, and what happens when it is not. */
    List<String> terms() {
        List<String> terms = new ArrayList<>();
        json.text("against").ifPresent(against -> terms.add("against " + against));
        json.number("confidence").ifPresent(confidence -> terms.add("confidence " + Numbers.exact(confidence)));
        json.text("correction").ifPresent(correction -> terms.add("correction " + correction));
        json.text("smallSlices").ifPresent(small -> terms.add("small slices " + small));
        json.number("minSamples").ifPresent(least -> terms.add("at least " + Figures.count(least) + " rows"));
        json.text("onFailure").ifPresent(action -> terms.add("on failure " + action));
        return terms;
    }
}
