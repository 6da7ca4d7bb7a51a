// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** What a load came to. Latencies count from the times at which requests were meant to be sent, with three digits. */
public final class LoadResult {
    private static final double MICROS_A_MILLI = 1e3;

    private final long intended;
    private final double intendedRate;
    private final long answered;
    private final long failed;
    private final long dropped;
    private final Map<String, Long> reasons;
    private final double seconds;
    private final Histogram latencies;
    private final Histogram lags;

    LoadResult(
            long intended,
            double intendedRate,
            long answered,
            long failed,
            long dropped,
            Map<String, Long> reasons,
            double seconds,
            Histogram latencies,
            Histogram lags) {
        this.intended = intended;
        this.intendedRate = intendedRate;
        this.answered = answered;
        this.failed = failed;
        this.dropped = dropped;
        this.reasons = new TreeMap<>(reasons);
        this.seconds = seconds;
        this.latencies = latencies;
        this.lags = lags;
    }

    /** The requests that were meant to be sent. */
    public long intended() {
        return intended;
    }

    /** Those that were answered rightly. */
    public long answered() {
        return answered;
    }

    /** Those that were sent and not answered rightly. */
    public long failed() {
        return failed;
    }

    /** Those that were not sent, since all connections were taken. */
    public long dropped() {
        return dropped;
    }

    /** Why requests failed, and how many. */
    public Map<String, Long> reasons() {
        return new TreeMap<>(reasons);
    }

    /** The share of the intended requests that were not answered rightly. */
    public double errorRate() {
        return (double) (intended - answered) / intended;
    }

    /** Requests a second that were meant. */
    public double intendedRate() {
        return intendedRate;
    }

    /** Right answers a second, from the first request until the last answer. */
    public double achievedRate() {
        return answered / seconds;
    }

    /** How long it took, in seconds. */
    public double seconds() {
        return seconds;
    }

    /** Whether there is a latency at all. */
    public boolean hasLatencies() {
        return latencies.getTotalCount() > 0;
    }

    /** The latency that a share {@code quantile} of all does not exceed, in milliseconds. */
    public double latency(double quantile) {
        return latencies.getValueAtPercentile(quantile * 100) / MICROS_A_MILLI;
    }

    /** The largest latency, in milliseconds. */
    public double largestLatency() {
        return latencies.getMaxValue() / MICROS_A_MILLI;
    }

    /** By how much requests were sent later than they were meant to be, in milliseconds: a share {@code quantile} by no more. */
    public double lag(double quantile) {
        return lags.getTotalCount() == 0 ? 0 : lags.getValueAtPercentile(quantile * 100) / MICROS_A_MILLI;
    }

    /** All latencies in nanoseconds, in ascending order, as finely as they are kept. */
    public long[] latencies() {
        long[] nanos = new long[Math.toIntExact(latencies.getTotalCount())];
        int at = 0;
        for (HistogramIterationValue value : latencies.recordedValues()) {
            for (long i = 0; i < value.getCountAddedInThisIterationStep(); i++) {
                nanos[at++] = value.getValueIteratedTo() * 1_000;
            }
        }
        return nanos;
    }

    /** A point of the curve of latencies: a share of the requests, and what it does not exceed, in milliseconds. */
    public record Point(double quantile, double milliseconds) {}

    /** The curve of latencies, finer towards its end. */
    public List<Point> curve() {
        List<Point> curve = new ArrayList<>();
        for (double quantile : new double[] {
            0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998,
            0.999, 0.9999, 1
        }) {
            // The last of n latencies stands for a share of 1/n; finer shares of so few say nothing.
            if (quantile == 1 || (1 - quantile) * latencies.getTotalCount() >= 1) {
                curve.add(new Point(quantile, latency(quantile)));
            }
        }
        return curve;
    }
}
