// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Judgement;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.cli.render.JsonDifference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says in which fields two judgements differ. */
@Command(
        description = "Says in which fields the judgements of two reports differ, and why.",
        mixinStandardHelpOptions = true)
public final class DiffCommand implements Callable<Integer> {
    private final Program program;

    @Parameters(index = "0", paramLabel = "A", description = "A report.json, or the folder of a stage in a run.")
    private Path first = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "The other one.")
    private Path second = Path.of("");

    /** The command of {@code program}. */
    public DiffCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException {
        Json.Obj a = Judgement.of(read(first).document());
        Json.Obj b = Judgement.of(read(second).document());
        List<String> lines = JsonDifference.between(a, b);
        if (lines.isEmpty()) {
            program.surroundings().out().println("the judgements are the same");
            return ExitCode.PASSED.code();
        }
        lines.forEach(program.surroundings().out()::println);
        return ExitCode.NOT_JUDGED.code();
    }

    private static Report read(Path path) throws IOException {
        return Report.read(Files.isDirectory(path) ? path.resolve(Report.FILE_NAME) : path);
    }
}
