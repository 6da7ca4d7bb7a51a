// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics;

/**
 * Between what a metric's values lie, both ends included.
 *
 * @param lowest negative infinity where there is none
 * @param highest infinity where there is none
 */
public record Range(double lowest, double highest) {
    /** Shares. */
    public static final Range FROM_0_TO_1 = new Range(0, 1);

    /** Coefficients of correlation and agreement. */
    public static final Range FROM_MINUS_1_TO_1 = new Range(-1, 1);

    /** Sums of two shares. */
    public static final Range FROM_0_TO_2 = new Range(0, 2);

    /** Losses, times, sizes. */
    public static final Range FROM_0 = new Range(0, Double.POSITIVE_INFINITY);

    /** Shares of a variance, of which there is no worst. */
    public static final Range UP_TO_1 = new Range(Double.NEGATIVE_INFINITY, 1);

    /** The largest difference of two values. */
    public double width() {
        return highest - lowest;
    }

    /** Says of a value or of a name what the range is: {@code lies between 0 and 1}. */
    public String sentence() {
        if (Double.isInfinite(highest)) {
            return lowest == 0 ? "is never negative" : "is never below " + Numbers.exact(lowest);
        }
        return Double.isInfinite(lowest)
                ? "is never above " + Numbers.exact(highest)
                : "lies between " + Numbers.exact(lowest) + " and " + Numbers.exact(highest);
    }
}
