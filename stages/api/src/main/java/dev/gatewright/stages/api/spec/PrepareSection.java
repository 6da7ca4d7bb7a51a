// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that writes the rows of a data set.
 *
 * @param run the command line, for the system's shell, started in the spec's folder
 * @param timeLimit how long it may run
 */
public record PrepareSection(
        Place place, String run, @Nullable Duration timeLimit) {
    private static final Key<String> RUN = Key.required(
            "run",
            Shapes.text(),
            "The command, run by the system's shell in the spec's folder; it must write 'path' anew.",
            "run: python prepare.py");
    private static final Key<Duration> TIME_LIMIT = Key.optional(
            "time-limit", Shapes.duration(), "How long the command may run; then it is ended.", "time-limit: 15m");

    static final Section<PrepareSection> SHAPE =
            new Section<>("prepare", List.of(RUN, TIME_LIMIT), PrepareSection::make);

    private static @Nullable PrepareSection make(Values values, Problems problems) {
        Duration timeLimit = values.get(TIME_LIMIT);
        if (timeLimit != null && timeLimit.isZero()) {
            problems.add(values.place(TIME_LIMIT), "a time-limit of 0 lets nothing run", TIME_LIMIT.example());
            return null;
        }
        return new PrepareSection(values.place(), values.need(RUN), timeLimit);
    }
}
