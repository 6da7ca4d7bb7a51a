// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.statistics;

import java.util.Arrays;
import java.util.Optional;

/**
 * A median, that of an even number of values being the mean of the two in the middle. Its interval runs between two of the
 * values, as that of any quantile: {@link QuantileEstimate}.
 */
public final class MedianEstimate implements Estimate {
    private final QuantileEstimate middle;
    private final double value;

    private MedianEstimate(QuantileEstimate middle, double value) {
        this.middle = middle;
        this.value = value;
    }

    /** The median of {@code values}: measured independently, at least one, all finite, in any order. */
    public static MedianEstimate of(double[] values) {
        double[] ascending = values.clone();
        Arrays.sort(ascending);
        int upper = ascending.length / 2;
        QuantileEstimate middle = QuantileEstimate.of(ascending, 0.5);
        boolean even = ascending.length % 2 == 0;
        return new MedianEstimate(middle, even ? ascending[upper - 1] / 2 + ascending[upper] / 2 : ascending[upper]);
    }

    @Override
    public double value() {
        return value;
    }

    @Override
    public Optional<Interval> interval(double confidence) {
        return middle.interval(confidence);
    }

    @Override
    public double pValue(double bound, Side side) {
        return middle.pValue(bound, side);
    }
}
