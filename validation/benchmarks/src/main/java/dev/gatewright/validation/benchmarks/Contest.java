// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import java.io.IOException;
import java.util.Locale;

/**
 * Two sides that do the same, in turns, so that both meet the same disturbances.
 *
 * @param aimMilliseconds what ours should need at most; 0 where it should only be no slower
 */
record Contest(String name, double aimMilliseconds, Side ours, Side theirs) {
    static final String HEADER = """
            | what, each from a cold start | ours | theirs | ratio | processor time, ours | theirs | ratio | equal | aim |
            |---|--:|--:|--:|--:|--:|--:|---|---|
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
                aim());
    }

    private String equal() {
        Figures one = ours.figures();
        Figures other = theirs.figures();
        return one == null || other == null ? "" : one.equal(other) ? "yes" : "NO: " + one + ", " + other;
    }

    private String aim() {
        boolean isReached = aimMilliseconds == 0
                ? ours.milliseconds() <= theirs.milliseconds()
                : ours.milliseconds() <= aimMilliseconds;
        String aim = aimMilliseconds == 0 ? "no slower" : String.format(Locale.ROOT, "%.0f ms", aimMilliseconds);
        return aim + (isReached ? ": reached" : ": **not reached**");
    }
}
