// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import java.io.IOException;
import java.util.Locale;

/**
 * Two sides that do the same, in turns, so that both meet the same disturbances.
 */
record Contest(String name, Aim aim, Side ours, Side theirs) {
    static final String HEADER = """
            | what, each from a cold start | ours | theirs | ratio | processor time, ours | theirs | ratio | equal | aim |
            |---|--:|--:|--:|--:|--:|--:|---|---|
            """;
    static final String MEMORY_HEADER = """
            | what, all processes together | ours | theirs | aim |
            |---|--:|--:|---|
            """;
    static final String WARM_HEADER = """
            | what, inside a process | ours | theirs | times faster | equal | aim |
            |---|--:|--:|--:|---|---|
            """;

    /** Lets each side do it so many times, after once that does not count. */
    Contest run(int repetitions) throws IOException, InterruptedException {
        ours.repeat();
        theirs.repeat();
        ours.forget();
        theirs.forget();
        for (int i = 0; i < repetitions; i++) {
            ours.repeat();
            theirs.repeat();
        }
        return this;
    }

    /** A row of the table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f ms | %.0f ms | %.2f | %.0f ms | %.0f ms | %.2f | %s | %s |%n",
                name,
                ours.milliseconds(),
                theirs.milliseconds(),
                ours.milliseconds() / theirs.milliseconds(),
                ours.processorMilliseconds(),
                theirs.processorMilliseconds(),
                ours.processorMilliseconds() / theirs.processorMilliseconds(),
                equal(),
                aim.judge(ours.milliseconds(), theirs.milliseconds()));
    }

    /** A row of the table of what happens inside a process. */
    String warmRow() {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f ms | %.1f ms | %.1f | %s | %s |%n",
                name,
                ours.milliseconds(),
                theirs.milliseconds(),
                theirs.milliseconds() / ours.milliseconds(),
                equal(),
                aim.judge(ours.milliseconds(), theirs.milliseconds()));
    }

    /** A row of the table of memory. */
    String memoryRow(double aimMegabytes) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f MB | %.0f MB | under %.0f MB: %s |%n",
                name,
                ours.peakMegabytes(),
                theirs.peakMegabytes(),
                aimMegabytes,
                ours.peakMegabytes() < aimMegabytes ? "reached" : "**not reached**");
    }

    private String equal() {
        Figures one = ours.figures();
        Figures other = theirs.figures();
        return one == null || other == null ? "" : one.equal(other) ? "yes" : "NO: " + one + ", " + other;
    }
}
