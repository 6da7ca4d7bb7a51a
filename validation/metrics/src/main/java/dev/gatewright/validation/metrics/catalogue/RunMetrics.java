// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.catalogue;

import static dev.gatewright.validation.metrics.Direction.HIGHER_IS_BETTER;
import static dev.gatewright.validation.metrics.Direction.LOWER_IS_BETTER;

import dev.gatewright.validation.metrics.Direction;
import dev.gatewright.validation.metrics.Range;
import dev.gatewright.validation.metrics.Unit;
import dev.gatewright.validation.metrics.catalogue.Metric.WorkedExample;
import java.util.EnumSet;
import java.util.List;

/** The metrics of a model as a thing that takes time and room. */
public final class RunMetrics {
    private static final String QUANTILES =
            "Hyndman and Fan, Sample quantiles in statistical packages, 1996, definition 1";

    /** The mean of the times of calls. */
    public static final Metric LATENCY_MEAN_MS = time(
            "latency_mean_ms", "mean latency", new Kernel.MeanTime(), "mean", "(1 + 2 + 6) / 3", 3, "arithmetic mean");

    /** The time that half of the calls do not exceed. */
    public static final Metric LATENCY_P50_MS = quantile("latency_p50_ms", "median latency", 0.5, "2nd of 3", 2);

    /** The time that 95 of 100 calls do not exceed. */
    public static final Metric LATENCY_P95_MS =
            quantile("latency_p95_ms", "95th percentile of latency", 0.95, "3rd of 3", 6);

    /** The time that 99 of 100 calls do not exceed. */
    public static final Metric LATENCY_P99_MS =
            quantile("latency_p99_ms", "99th percentile of latency", 0.99, "3rd of 3", 6);

    /** Rows a second in calls of a whole batch. */
    public static final Metric THROUGHPUT = metric(
            "throughput",
            "rows a second",
            Unit.ROWS_A_SECOND,
            HIGHER_IS_BETTER,
            new Kernel.Throughput(),
            "rows of a batch / mean time of calls with a whole batch, one after the other, after warm-up",
            WorkedExample.of("", "6 1 2", "batches of 64 rows in 6, 1 and 2 ms: 64 / 0.003 s", 64_000 / 3.0),
            "counted");

    /** The most memory that the model's process held. */
    public static final Metric PEAK_MEMORY_MB = metric(
            "peak_memory_mb",
            "peak memory",
            Unit.MEGABYTES,
            LOWER_IS_BETTER,
            new Kernel.PeakMemory(),
            "the most resident memory of the process that runs the model, its Java included, in 10⁶ bytes",
            WorkedExample.of("", "230000000", "230000000 bytes / 10⁶", 230),
            "Linux, proc(5), VmHWM");

    /** The bytes of the model's files. */
    public static final Metric SIZE_BYTES = metric(
            "size_bytes",
            "size of the model",
            Unit.BYTES,
            LOWER_IS_BETTER,
            new Kernel.ModelSize(),
            "bytes of the model's file and of all its external data",
            WorkedExample.of("", "1000 24", "a file of 1000 bytes and one of 24", 1024),
            "counted");

    /** All of them, in the order in which they are shown. */
    static final List<Metric> ALL = List.of(
            LATENCY_MEAN_MS, LATENCY_P50_MS, LATENCY_P95_MS, LATENCY_P99_MS, THROUGHPUT, PEAK_MEMORY_MB, SIZE_BYTES);

    private RunMetrics() {}

    private static Metric quantile(String name, String title, double share, String working, double value) {
        return time(
                name,
                title,
                new Kernel.TimeQuantile(share),
                share + " quantile (the smallest time that this share of the calls does not exceed)",
                working,
                value,
                QUANTILES);
    }

    private static Metric time(
            String name, String title, Kernel kernel, String statistic, String working, double value, String source) {
        return metric(
                name,
                title,
                Unit.MILLISECONDS,
                LOWER_IS_BETTER,
                kernel,
                statistic + " of the times of single inference calls after warm-up",
                WorkedExample.of("", "6 1 2", "times 6, 1 and 2 ms: " + working, value),
                source);
    }

    private static Metric metric(
            String name,
            String title,
            Unit unit,
            Direction direction,
            Kernel kernel,
            String formula,
            WorkedExample example,
            String source) {
        return new Metric(
                name,
                title,
                unit,
                Range.FROM_0,
                direction,
                kernel,
                EnumSet.noneOf(Metric.Option.class),
                formula,
                example,
                source);
    }
}
