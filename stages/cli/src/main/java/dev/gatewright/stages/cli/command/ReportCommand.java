// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.cli.render.RunView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a run that is done, in one of its forms. */
@Command(description = "Shows a run that was made before.", mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
    private final Program program;

    @Parameters(paramLabel = "RUN", description = "The run's folder, such as .gatewright/runs/20261123-083011-7f3a9c.")
    private Path folder = Path.of("");

    @Option(
            names = "--format",
            defaultValue = "console",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private RunFormat format = RunFormat.console;

    /** The command of {@code program}. */
    public ReportCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException {
        Path file = folder.resolve(RunDocument.FILE_NAME);
        if (!Files.isRegularFile(file)) {
            throw new InvalidRequestException(List.of(new Problem(
                    new Place(folder.toString(), 1, 1), "there is no run in this folder: it has no run.json", null)));
        }
        RunView view = RunView.read(folder);
        program.surroundings()
                .out()
                .print(format.of(view, program.surroundings().hasColour()));
        return ExitCode.of(view.run().verdict()).code();
    }
}
