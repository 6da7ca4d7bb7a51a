// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import dev.gatewright.stages.canarydeploy.port.Side;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where requests go from one setting of the weights to the next, and what was counted meanwhile.
 *
 * @param stable none where there is no such version
 * @param candidate none where there is none
 */
record Routes(@Nullable URI stable, @Nullable URI candidate, WeightedChoice choice, Map<Side, SideCounts> counts) {
    private static final int ALL = 100;

    static Routes of(@Nullable URI stable, @Nullable URI candidate, int weight) {
        return new Routes(
                stable,
                candidate,
                new WeightedChoice(weight),
                Map.of(Side.STABLE, new SideCounts(), Side.CANDIDATE, new SideCounts()));
    }

    /**
     * The side of the next request; empty where there is no version for it.
     *
     * @param counts whether it is one of those that are shared out; others go to whoever has most of the traffic
     */
    Optional<Side> next(boolean counts) {
        boolean toCandidate = counts ? choice.nextIsCandidate() : choice.weight() == ALL;
        if (toCandidate && candidate != null) {
            return Optional.of(Side.CANDIDATE);
        }
        return stable == null ? Optional.empty() : Optional.of(Side.STABLE);
    }

    @Nullable
    URI url(Side side) {
        return side == Side.STABLE ? stable : candidate;
    }

    SideCounts of(Side side) {
        SideCounts found = counts.get(side);
        if (found == null) {
            throw new IllegalStateException("no counts of " + side);
        }
        return found;
    }
}
