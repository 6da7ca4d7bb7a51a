// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * What became of the other side of a comparison.
 *
 * @param name its name; none where nothing was compared
 * @param missing why it could not be had, though a gate compares with it
 * @param sameModel it is the candidate itself, and needed no run of its own
 * @param hasProbabilities it gave probabilities, and not only classes
 */
record ReferenceRun(
        @Nullable String name,
        @Nullable String missing,
        boolean sameModel,
        Evaluation.@Nullable ModelRun run,
        boolean hasProbabilities) {

    /** Nothing is compared; {@code missing} says why, if a gate does. */
    static ReferenceRun none(@Nullable String missing) {
        return new ReferenceRun(null, missing, false, null, false);
    }
}
