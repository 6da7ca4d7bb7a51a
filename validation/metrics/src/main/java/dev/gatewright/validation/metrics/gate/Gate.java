// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.gate;

import dev.gatewright.validation.metrics.Measure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule on one metric, with everything needed to judge it.
 *
 * @param measure what is judged
 * @param bounds one or more; all of them must hold
 * @param confidence the level of the interval that decides, above 0 and below 1; none: the value itself decides
 * @param against the name of what a comparing bound, or a measure of two models, compares with; none where nothing compares
 * @param slice judged on each value of this slice; none: on all rows
 * @param minSamples fewer rows than this cannot decide; 0: no such rule
 */
public record Gate(
        Measure measure,
        List<Bound> bounds,
        @Nullable Double confidence,
        @Nullable String against,
        @Nullable SliceRule slice,
        long minSamples,
        OnFailure onFailure) {

    /** Refuses a gate that could not decide anything. */
    public Gate {
        bounds = List.copyOf(bounds);
        if (bounds.isEmpty()) {
            throw new IllegalArgumentException("a gate on " + measure.spelling() + " without a bound decides nothing");
        }
        if (confidence != null && !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence " + confidence + " does not lie between 0 and 1");
        }
        if (minSamples < 0) {
            throw new IllegalArgumentException("min-samples " + minSamples + " is negative");
        }
        boolean compares = measure.isOfTwoModels()
                || bounds.stream().anyMatch(bound -> bound.kind().compares());
        if (compares != (against != null)) {
            throw new IllegalArgumentException(
                    compares ? "a comparison needs something to compare with" : "nothing compares with " + against);
        }
        if (slice != null && slice.correction() != Correction.NONE && confidence == null) {
            throw new IllegalArgumentException("a correction corrects a level: it needs a confidence");
        }
    }

    /** A gate with one bound, which the value itself decides, on all rows. */
    public static Gate of(Measure measure, Bound.Kind kind, double limit) {
        return new Gate(measure, List.of(new Bound(kind, limit)), null, null, null, 0, OnFailure.BLOCK);
    }
}
