// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.run.RunFolder;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.api.spec.SpecReader;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.cli.render.RunRendering;
import dev.gatewright.stages.store.PackedRun;
import dev.gatewright.stages.store.SpecPaths;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
            paramLabel = "SPEC",
            description =
                    "The spec, or the folder in which it lies (default: this folder). Only what it names comes to lie"
                            + " outside of the run's folder; without a spec only that comes.")
    private Path into = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets a value of the spec, such as model.path=build/model.onnx.")
    private List<String> settings = new ArrayList<>();

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
        Path absolute = into.toAbsolutePath().normalize();
        boolean hasSpec = Files.isRegularFile(absolute) || Files.isRegularFile(absolute.resolve(SpecReader.FILE_NAME));
        Path specFolder =
                Files.isRegularFile(absolute) ? absolute.resolveSibling(".").normalize() : absolute;
        SpecPaths named =
                hasSpec ? RunStore.named(program.reader(absolute).read(absolute, settings)) : SpecPaths.none();
        PrintStream err = program.surroundings().err();
        PackedRun run = PackedRun.unpack(file, specFolder, named, note -> err.println("gatewright: " + note));
        try (RunFolder folder = RunFolder.open(RunFolder.runsOf(specFolder), run.runId())) {
            RunRendering.of(folder).writeFiles();
        }
        run.leftBehind().forEach((path, reason) -> err.println("gatewright: " + path + " did not come: " + reason));
        program.surroundings()
                .out()
                .println("unpacked run " + run.runId() + ": " + run.files() + " files, " + run.bytes() + " bytes, "
                        + run.digest());
        return ExitCode.PASSED.code();
    }
}
