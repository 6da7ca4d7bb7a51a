// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the real command line in this process: it lies in the program's package, whose door is not public. */
public final class Door {
    private Door() {}

    /** What a command line came to. */
    public record Answer(int exitCode, String text) {}

    /**
     * Runs a command line.
     *
     * @param home the program's folder; none where its parts lie on this process's class path
     */
    public static Answer run(Map<String, String> environment, @Nullable String home, String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            int exitCode = Cli.run(arguments, new Surroundings(stream, stream, environment::get, home));
            return new Answer(exitCode, bytes.toString(StandardCharsets.UTF_8));
        }
    }
}
