// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.tally.RunTimes;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a model took beside giving its answers.
 *
 * @param singles the times of single calls; none where no gate asks for them
 * @param batches the times of calls with a whole batch; none where no gate asks for them
 * @param peakMemory the most memory of its process in bytes; empty where no model ran, no gate asks for it, or the system does
 *     not tell
 */
record Cost(@Nullable Timed singles, @Nullable Timed batches, OptionalLong peakMemory) {
    private static final double MEGABYTE = 1e6;

    /** Nothing ran. */
    static final Cost NONE = new Cost(null, null, OptionalLong.empty());

    /** Times of calls, and how they were taken. */
    record Timed(RunTimes times, Evaluation.Calls how) {}

    /** A metric of time or memory; {@code ran} says whether there was a model. */
    Reading reading(Metric metric, boolean ran, Bootstrap bootstrap) {
        if (!ran) {
            return new Reading.Missing("there is no model that ran");
        }
        if (metric.kernel() instanceof Kernel.PeakMemory) {
            return peakMemory.isPresent()
                    ? new Reading.Exact(peakMemory.getAsLong() / MEGABYTE)
                    : new Reading.Missing("this system does not tell a process's peak memory; Linux does");
        }
        Timed timed = metric.kernel() instanceof Kernel.Throughput ? batches : singles;
        return timed == null
                ? new Reading.Missing("no call was timed")
                : timed.times().reading(metric, bootstrap);
    }
}
