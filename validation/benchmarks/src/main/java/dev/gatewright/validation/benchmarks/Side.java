// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

    /** Does it inside this process. */
    static Side here(Callable<Figures> task) {
        return new Side(() -> {
            long start = System.nanoTime();
            Figures figures;
            try {
                figures = task.call();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
            return new Outcome(Timed.inside((System.nanoTime() - start) / 1e6), figures);
        });
    }

    /** Lets a script do it, which prints how long it took inside, without its start. */
    static Side script(List<String> command, Path folder) {
        return new Side(() -> {
            JsonNode printed =
                    new ObjectMapper().readTree(Timed.run(command, folder).output());
            return new Outcome(Timed.inside(printed.get("milliseconds").doubleValue()), Figures.ofScript(printed));
        });
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

    /** The most memory that its processes ever had together, in millions of bytes. */
    double peakMegabytes() {
        return outcomes.stream()
                .mapToDouble(outcome -> outcome.timed().peakMegabytes())
                .max()
                .orElseThrow();
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
