// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.statistics.Estimate;
import dev.gatewright.validation.metrics.statistics.Interval;
import dev.gatewright.validation.metrics.statistics.Side;
import java.util.Optional;

/** The difference between a model and itself: nothing, on any rows. */
record SameModel() implements Estimate {
    @Override
    public double value() {
        return 0;
    }

    @Override
    public Optional<Interval> interval(double confidence) {
        return Optional.of(new Interval(0, 0, confidence, "the same model"));
    }

    @Override
    public double pValue(double bound, Side side) {
        return side.holds(0, bound) ? 0 : 1;
    }
}
