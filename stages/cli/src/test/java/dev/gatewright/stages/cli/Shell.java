// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives command lines to the program in this process. */
public final class Shell {
    private final Map<String, String> environment = new HashMap<>();
    private @Nullable String home;

    /** What a command line came to. */
    public record Answer(int code, String out, String err) {
        /** All that was printed. */
        public String all() {
            return out + err;
        }
    }

    /** Sets an environment variable. */
    public Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** The program's folder, where it is not on this class path. */
    public Shell at(String folder) {
        home = folder;
        return this;
    }

    /** Runs a command line. */
    public Answer run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Cli.run(
                arguments,
                new Surroundings(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment::get,
                        home));
        return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
