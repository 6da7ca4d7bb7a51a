// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.gate;

import dev.gatewright.validation.metrics.statistics.Interval;
import org.jspecify.annotations.Nullable;

/**
 * What one bound of a gate came to on one set of rows.
 *
 * @param rows which rows: {@code writer=7}, or empty for all of them
 * @param verdict none where the rows are only shown ({@code small-slices: report})
 * @param value the metric's value; NaN where there is none
 * @param held what was held against the limit: the value itself, or the difference; NaN where it came to that neither
 * @param interval the interval of {@code held} at the gate's confidence
 * @param n how many rows (or runs) the value rests on; 0 where it is no sample
 * @param comparison the other side
 * @param wouldPassAt the limit at which this bound would have passed, as it would be written; only where it did not
 * @param why where nothing was held against the limit the reason, and of a failure its cause, where it is known
 */
public record Finding(
        String rows,
        Bound bound,
        @Nullable Verdict verdict,
        double value,
        double held,
        @Nullable Interval interval,
        long n,
        Sample.@Nullable Comparison comparison,
        @Nullable String wouldPassAt,
        @Nullable String why) {

    private Finding withCause(String cause) {
        return new Finding(rows, bound, verdict, value, held, interval, n, comparison, wouldPassAt, cause);
    }

    /** The same; a failure that has no cause yet gets this one. */
    Finding failingBecause(String cause) {
        return verdict == Verdict.FAILED && why == null ? withCause(cause) : this;
    }

    Finding withVerdict(@Nullable Verdict other) {
        return new Finding(rows, bound, other, value, held, interval, n, comparison, wouldPassAt, why);
    }
}
