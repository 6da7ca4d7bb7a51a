// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.statistics;

import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * A number that rises with one estimate and falls with another, such as their difference. Its interval comes from one of each,
 * at half of the level, so that both hold together at least as often as asked for (Bonferroni's inequality), however the two
 * go together: it is wider than it had to be where they do.
 *
 * @param function the number, from the rising one's value and the falling one's
 */
public record SeparateEstimates(Estimate rising, Estimate falling, DoubleBinaryOperator function) implements Estimate {
    /** The method's name in reports. */
    public static final String METHOD = "Bonferroni";

    private static final double SMALLEST_LEVEL = 1e-15;

    @Override
    public double value() {
        return function.applyAsDouble(rising.value(), falling.value());
    }

    @Override
    public Optional<Interval> interval(double confidence) {
        double ofEach = 1 - (1 - Require.confidence(confidence)) / 2;
        return rising.interval(ofEach)
                .flatMap(first -> falling.interval(ofEach).flatMap(second -> interval(first, second, confidence)));
    }

    private Optional<Interval> interval(Interval first, Interval second, double confidence) {
        double low = function.applyAsDouble(first.low(), second.high());
        double high = function.applyAsDouble(first.high(), second.low());
        // A percentage of what may be 0 has no end.
        return Double.isFinite(low) && Double.isFinite(high)
                ? Optional.of(new Interval(low, high, confidence, METHOD))
                : Optional.empty();
    }

    @Override
    public double pValue(double bound, Side side) {
        Require.bound(bound);
        double level = Math.nextUp(Bisection.root(
                candidate -> liesOn(side, bound, 1 - candidate) ? 1 : -1, SMALLEST_LEVEL, 1 - SMALLEST_LEVEL));
        return liesOn(side, bound, 1 - level) ? level : 1;
    }

    private boolean liesOn(Side side, double bound, double confidence) {
        return interval(confidence)
                .filter(interval -> side.holds(interval.low(), bound) && side.holds(interval.high(), bound))
                .isPresent();
    }
}
