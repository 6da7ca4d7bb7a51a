// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.run.RunFolder;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.store.PackedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes one file of a run. */
@Command(
        description =
                "Packs a run into one file, which gatewright unpack takes on another machine: its reports, what its"
                        + " stages left, and the model. Data, logs and secrets stay.",
        mixinStandardHelpOptions = true)
public final class PackCommand implements Callable<Integer> {
    private final Program program;

    @Parameters(
            paramLabel = "RUN",
            description =
                    "The run's folder, such as .gatewright/runs/20261123-083011-7f3a9c, or its id where that folder"
                            + " lies in this one.")
    private String run = "";

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description =
                    "A file that ends in .tar, or a new folder (default: the run's id with .tar, in this folder).")
    private @Nullable Path to;

    /** The command of {@code program}. */
    public PackCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = folder();
        Path runs = folder.resolveSibling(".").normalize();
        Path specFolder = runs.resolve("..").resolve("..").normalize();
        if (!RunFolder.runsOf(specFolder).equals(runs)) {
            throw refused("this is a copy of a run, or its folder was moved: a run is packed where it was made", "");
        }
        String runId = String.valueOf(folder.getFileName());
        Path target = to == null ? Path.of(runId + ".tar") : to;
        try (RunFolder open = RunFolder.open(runs, runId)) {
            PackedRun packed = PackedRun.pack(open, specFolder, target);
            packed.leftBehind()
                    .forEach((path, reason) ->
                            program.surroundings().err().println("gatewright: " + path + " stays: " + reason));
            program.surroundings()
                    .out()
                    .println("packed run " + packed.runId() + " into " + target + ": " + packed.files() + " files, "
                            + packed.bytes() + " bytes, " + packed.digest());
        }
        return ExitCode.PASSED.code();
    }

    private Path folder() {
        Path named = Path.of(run).toAbsolutePath().normalize();
        Path byId = RunFolder.runsOf(Path.of("").toAbsolutePath()).resolve(run);
        for (Path each : Shapes.isName(run) ? List.of(named, byId) : List.of(named)) {
            if (Files.isRegularFile(each.resolve(RunDocument.FILE_NAME))) {
                return each;
            }
        }
        throw refused(
                "there is no such run: no folder of that name has a run.json", "gatewright pack .gatewright/runs/…");
    }

    private InvalidRequestException refused(String message, String fix) {
        return new InvalidRequestException(
                List.of(new Problem(new Place(run, 1, 1), message, fix.isEmpty() ? null : fix)));
    }
}
