// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.metrics.tally.RunTimes;
import dev.gatewright.validation.onnx.run.ModelRunner;
import dev.gatewright.validation.onnx.run.Slot;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Times single calls of the model on the first row (or on a whole batch, where the model takes nothing smaller), where a
 * gate asks for a time: after warm-up, one after the other, with nothing else running.
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
    private Judged.@Nullable Timed timed;

    Stopwatch(EvaluationRequest request, boolean fixedBatch) {
        this.request = request;
        this.fixedBatch = fixedBatch;
    }

    /** Times calls on a filled slot. */
    void measure(ModelRunner runner, Slot slot) {
        if (request.gates().stream().noneMatch(gate -> gate.measure().isRunTime())) {
            return;
        }
        int threads = request.machine().threads();
        int call = fixedBatch ? runner.batch() : 1;
        long[] trials = runner.measureLatency(slot, call, 1, TRIALS, threads);
        long typical = Math.max(1, Arrays.stream(trials).sorted().toArray()[TRIALS / 2]);
        int calls = (int) Math.max(FEWEST_CALLS, Math.min(MOST_CALLS, BUDGET_NANOS / typical));
        int warmUps = Math.min(WARM_UPS, calls);
        long[] times = runner.measureLatency(slot, call, warmUps, calls, threads);
        timed = new Judged.Timed(new RunTimes(times), new Evaluation.Latency(call, threads, warmUps, calls));
    }

    /** The times; none where no gate asks for them, or there were no rows. */
    Judged.@Nullable Timed timed() {
        return timed;
    }
}
