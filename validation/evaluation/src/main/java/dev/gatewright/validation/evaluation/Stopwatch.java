// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.tally.RunTimes;
import dev.gatewright.validation.onnx.run.ModelRunner;
import dev.gatewright.validation.onnx.run.Slot;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Times calls of the model where a time is asked for: after warm-up, one after the other, with nothing else running. Single
 * calls are made with the first row (or a whole batch, where the model takes nothing smaller), the others with a whole batch of
 * the first rows.
 */
final class Stopwatch {
    private static final int WARM_UPS = 20;
    private static final int TRIALS = 5;
    private static final int FEWEST_CALLS = 50;

    /** Enough for an interval of the 99th percentile at 95%. */
    private static final int MOST_CALLS = 1000;

    private static final long BUDGET_NANOS = 5_000_000_000L;

    private final EvaluationRequest request;
    private final boolean fixedBatch;
    private Cost.@Nullable Timed singles;
    private Cost.@Nullable Timed batches;

    Stopwatch(EvaluationRequest request, boolean fixedBatch) {
        this.request = request;
        this.fixedBatch = fixedBatch;
    }

    /** Times calls on a slot that is filled with its first rows. */
    void measure(ModelRunner runner, Slot slot, int rows) {
        if (asks(metric -> metric.isTime() && !isThroughput(metric))) {
            singles = time(runner, slot, fixedBatch ? runner.batch() : 1);
        }
        if (asks(Stopwatch::isThroughput)) {
            batches = time(runner, slot, fixedBatch ? runner.batch() : Math.min(rows, runner.batch()));
        }
    }

    private boolean asks(Predicate<Metric> kind) {
        return Stream.concat(
                        request.gates().stream().map(gate -> (MetricChoice) gate.measure()), request.also().stream())
                .anyMatch(choice -> kind.test(choice.metric()));
    }

    private static boolean isThroughput(Metric metric) {
        return metric.kernel() instanceof Kernel.Throughput;
    }

    private Cost.Timed time(ModelRunner runner, Slot slot, int rows) {
        int threads = request.machine().threads();
        long[] trials = runner.measureLatency(slot, rows, 1, TRIALS, threads);
        long typical = Math.max(1, Arrays.stream(trials).sorted().toArray()[TRIALS / 2]);
        int calls = (int) Math.max(FEWEST_CALLS, Math.min(MOST_CALLS, BUDGET_NANOS / typical));
        int warmUps = Math.min(WARM_UPS, calls);
        long[] times = runner.measureLatency(slot, rows, warmUps, calls, threads);
        return new Cost.Timed(new RunTimes(times, rows), new Evaluation.Calls(rows, threads, warmUps, calls));
    }

    /** What was measured, and the memory that the model's process has held since, where a gate asks for it. */
    Cost cost(ModelRunner runner) {
        boolean asksMemory = asks(metric -> metric.kernel() instanceof Kernel.PeakMemory);
        return new Cost(singles, batches, asksMemory ? runner.peakMemory() : OptionalLong.empty());
    }
}
