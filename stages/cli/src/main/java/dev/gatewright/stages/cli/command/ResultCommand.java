// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.FailOn;
import dev.gatewright.stages.api.host.HostResult;
import dev.gatewright.stages.api.host.RunFiles;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.run.RunFolder;
import dev.gatewright.stages.cli.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells a host what a run, or a stage of it, came to. */
@Command(
        description =
                "Tells as JSON what a run came to, for a host that has called the program: accepted only where exit"
                        + " code, reports and digests agree.",
        mixinStandardHelpOptions = true)
public final class ResultCommand implements Callable<Integer> {
    private final Program program;

    @Parameters(
            arity = "0..1",
            paramLabel = "SPEC",
            defaultValue = "gatewright.yaml",
            description = "The spec that was run, or its folder (default: ${DEFAULT-VALUE}).")
    private Path spec = Path.of("gatewright.yaml");

    @Option(names = "--run-id", required = true, paramLabel = "ID", description = "Which run of that spec.")
    private String runId = "";

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "Which stage of the run (default: the whole run).",
            completionCandidates = Stages.class,
            converter = Stages.class)
    private @Nullable StageName stage;

    @Option(
            names = "--exit-code",
            required = true,
            paramLabel = "CODE",
            description = "With which exit code the program ended.")
    private int exitCode;

    @Option(
            names = "--fail-on",
            defaultValue = "FAILED",
            paramLabel = "VERDICT",
            description =
                    "The mildest verdict that is a failure: ${COMPLETION-CANDIDATES}, in this order; a milder one is"
                            + " unstable (default: ${DEFAULT-VALUE}).")
    private FailOn failOn = FailOn.FAILED;

    /** The command of {@code program}. */
    public ResultCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        RunSession.refuseUnlessName(runId, Clock.systemUTC());
        Path folder = Files.isDirectory(spec) ? spec : spec.toAbsolutePath().getParent();
        Path run = RunFolder.runsOf(Objects.requireNonNull(folder)).resolve(runId);
        HostResult result = HostResult.of(exitCode, runId, Optional.ofNullable(stage), RunFiles.in(run));
        Json.Builder json = Json.object();
        result.toJson().members().forEach(json::put);
        json.put("ending", result.ending(failOn).name());
        program.surroundings().out().println(JsonWriter.compact(json.build()));
        return 0;
    }
}
