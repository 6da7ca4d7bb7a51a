// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.cli.Program;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the JSON Schema of a spec. */
@Command(
        description = "Prints the JSON Schema of a spec, for editors and other checkers.",
        mixinStandardHelpOptions = true)
public final class SchemaCommand implements Callable<Integer> {
    private final Program program;

    /** The command of {@code program}. */
    public SchemaCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        program.surroundings()
                .out()
                .print(JsonWriter.pretty(program.reader(Path.of("")).schema()));
        return ExitCode.PASSED.code();
    }
}
