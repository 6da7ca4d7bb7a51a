// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** One way to do something, and how long it took each time. */
final class Side {
    private final Task task;
    private final List<Outcome> outcomes = new ArrayList<>();

    /** Does it once. */
    interface Task {
        /** Does it once, from a cold start. */
        Outcome run() throws IOException, InterruptedException;
    }

    /**
     * What came of doing it once.
     *
     * @param figures what was found; none where nothing is judged
     */
    record Outcome(Timed timed, @Nullable Figures figures) {}

    Side(Task task) {
        this.task = task;
    }

    void repeat() throws IOException, InterruptedException {
        outcomes.add(task.run());
    }

    /** What was done so far does not count. */
    void forget() {
        outcomes.clear();
    }

    /** The median time in milliseconds. */
    double milliseconds() {
        return median(Timed::milliseconds);
    }

    /** The median time that it computed, in milliseconds. */
    double processorMilliseconds() {
        return median(Timed::processorMilliseconds);
    }

    /** What was found, the same each time. */
    @Nullable
    Figures figures() {
        Figures first = outcomes.get(0).figures();
        for (Outcome outcome : outcomes) {
            if (first != null && !first.equals(outcome.figures())) {
                throw new IllegalStateException("the same inputs gave " + first + " and then " + outcome.figures());
            }
        }
        return first;
    }

    private double median(ToDoubleFunction<Timed> time) {
        return Median.of(outcomes.stream()
                .mapToDouble(outcome -> time.applyAsDouble(outcome.timed()))
                .toArray());
    }
}
