// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.Estimate;
import dev.gatewright.validation.metrics.statistics.QuantileEstimate;
import java.util.Arrays;

/** The times of calls after warm-up. */
public final class RunTimes {
    private static final double NANOSECONDS_A_MILLISECOND = 1e6;
    private static final double MILLISECONDS_A_SECOND = 1e3;

    private final double[] milliseconds;
    private final int rowsACall;

    /** Times of calls of so many rows in nanoseconds, in any order. */
    public RunTimes(long[] nanoseconds, int rowsACall) {
        this.rowsACall = rowsACall;
        milliseconds = Arrays.stream(nanoseconds)
                .mapToDouble(time -> time / NANOSECONDS_A_MILLISECOND)
                .toArray();
    }

    /** A metric of times. */
    public Reading reading(Metric metric, Bootstrap bootstrap) {
        if (milliseconds.length == 0) {
            return new Reading.Missing("no call was timed");
        }
        return new Reading.Sampled(milliseconds.length, estimate(metric, bootstrap));
    }

    private Estimate estimate(Metric metric, Bootstrap bootstrap) {
        if (metric.kernel() instanceof Kernel.TimeQuantile quantile) {
            return QuantileEstimate.of(milliseconds, quantile.share());
        }
        if (metric.kernel() instanceof Kernel.MeanTime) {
            return bootstrap.ofMean(milliseconds);
        }
        if (metric.kernel() instanceof Kernel.Throughput) {
            return bootstrap.ofMeans(mean -> rowsACall * MILLISECONDS_A_SECOND / mean[0], milliseconds);
        }
        throw new IllegalArgumentException(metric.name() + " is no metric of times");
    }
}
