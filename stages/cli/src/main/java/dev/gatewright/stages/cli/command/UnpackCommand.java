// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.run.RunFolder;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.cli.ExitCode;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.cli.render.RunRendering;
import dev.gatewright.stages.store.PackedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings a run that was packed elsewhere. */
@Command(
        description =
                "Unpacks a run into the folder of its spec, each file held against its digest; --run-id continues it"
                        + " there.",
        mixinStandardHelpOptions = true)
public final class UnpackCommand implements Callable<Integer> {
    private final Program program;

    @Parameters(paramLabel = "FILE", description = "What gatewright pack wrote.")
    private Path file = Path.of("");

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "The folder in which the spec lies (default: this folder).")
    private Path into = Path.of("");

    /** The command of {@code program}. */
    public UnpackCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        if (!Files.exists(file)) {
            throw new InvalidRequestException(List.of(new Problem(
                    new Place(file.toString(), 1, 1), "there is no such file; name what gatewright pack wrote", null)));
        }
        Path specFolder = into.toAbsolutePath().normalize();
        PackedRun run = PackedRun.unpack(file, specFolder);
        try (RunFolder folder = RunFolder.open(RunFolder.runsOf(specFolder), run.runId())) {
            RunRendering.of(folder).writeFiles();
        }
        run.leftBehind()
                .forEach((path, reason) ->
                        program.surroundings().err().println("gatewright: " + path + " did not come: " + reason));
        program.surroundings()
                .out()
                .println("unpacked run " + run.runId() + ": " + run.files() + " files, " + run.bytes() + " bytes, "
                        + run.digest());
        return ExitCode.PASSED.code();
    }
}
