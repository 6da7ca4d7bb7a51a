// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import java.util.Locale;

/**
 * What ours should reach.
 *
 * @param milliseconds what it should need at most; infinite where only the other side counts
 * @param times how many times as fast as the other side it should be; 0 where only its own time counts
 */
record Aim(double milliseconds, double times) {

    static Aim within(double milliseconds) {
        return new Aim(milliseconds, 0);
    }

    static Aim faster(double times) {
        return new Aim(Double.POSITIVE_INFINITY, times);
    }

    static Aim noSlower() {
        return faster(1);
    }

    /** The aim, and whether medians of so many milliseconds reach it. */
    String judge(double ours, double theirs) {
        boolean isReached = ours <= milliseconds && ours * times <= theirs;
        return this + (isReached ? ": reached" : ": **not reached**");
    }

    @Override
    public String toString() {
        if (times == 0) {
            return String.format(Locale.ROOT, "%.0f ms", milliseconds);
        }
        return times == 1
                ? "no slower"
                : String.format(Locale.ROOT, times == Math.rint(times) ? "%.0f" : "%.1f", times) + " times faster";
    }
}
