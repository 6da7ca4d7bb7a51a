// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.gate.Bound;
import java.util.Arrays;
import java.util.Optional;

/**
 * A bound as a line in a plot.
 *
 * @param kind what it bounds, and on which side of it is well
 */
record Limit(Bound.Kind kind, double at) {
    /** The bound of a report; empty where it is none that there is. */
    static Optional<Limit> of(Json.Obj bound) {
        Optional<Double> at = bound.number("limit");
        return Arrays.stream(Bound.Kind.values())
                .filter(kind -> at.isPresent() && bound.text("kind").equals(Optional.of(kind.spelling())))
                .map(kind -> new Limit(kind, at.orElseThrow()))
                .findFirst();
    }

    /** As a spec writes it. */
    String label() {
        return new Bound(kind, at).toString();
    }

    /** Whether it is well above the line, not below it. */
    boolean holdsAbove() {
        return kind.holds() == Bound.Side.ABOVE;
    }
}
