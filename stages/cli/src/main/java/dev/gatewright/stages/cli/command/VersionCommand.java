// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.cli.Program;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says which version this is. */
@Command(description = "Says which version this is.", mixinStandardHelpOptions = true)
public final class VersionCommand implements Callable<Integer> {
    private final Program program;

    /** The command of {@code program}. */
    public VersionCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        program.surroundings()
                .out()
                .println("gatewright " + program.version() + ", Java " + Runtime.version() + ", "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return ExitCode.PASSED.code();
    }
}
