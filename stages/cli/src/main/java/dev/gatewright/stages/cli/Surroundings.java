// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import java.io.PrintStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the program takes from outside, read once at its edge.
 *
 * @param out gets results
 * @param err gets progress and errors
 * @param environment gives the value of an environment variable, or null
 * @param home the program's folder; none where it runs from class files, as in tests
 */
public record Surroundings(
        PrintStream out,
        PrintStream err,
        Function<String, @Nullable String> environment,
        @Nullable String home) {

    /** Whether a variable is set and not empty. */
    public boolean isSet(String variable) {
        String value = environment.apply(variable);
        return value != null && !value.isEmpty();
    }

    /** Whether errors and progress go to a terminal; the launcher says so. */
    public boolean isTerminal() {
        return isSet("GATEWRIGHT_TERMINAL") && !isSet("CI");
    }

    /** Whether text may be coloured. */
    public boolean hasColour() {
        return isTerminal() && !isSet("NO_COLOR") && !"dumb".equals(environment.apply("TERM"));
    }
}
