// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy.port;

import java.util.List;

/**
 * What one side was asked and how it answered.
 *
 * @param requests all that were sent to it
 * @param errors those of them that it did not answer, or answered with 429 or 5xx
 * @param milliseconds the times of its answers, in any order, as finely as the target keeps them
 */
public record Traffic(long requests, long errors, List<Double> milliseconds) {
    /** None. */
    public static final Traffic NONE = new Traffic(0, 0, List.of());

    /** Keeps its own copy. */
    public Traffic {
        milliseconds = List.copyOf(milliseconds);
    }
}
