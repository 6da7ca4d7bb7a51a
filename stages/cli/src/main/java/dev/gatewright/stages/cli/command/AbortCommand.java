// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.targetlocal.SupervisorClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a canary back, or ends what is served. */
@Command(
        description = "Returns all traffic to stable and ends the candidate; with --all, ends stable too.",
        mixinStandardHelpOptions = true)
public final class AbortCommand implements Callable<Integer> {
    private final Program program;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(names = "--all", description = "Ends everything that is served.")
    private boolean all;

    /** The command of {@code program}. */
    public AbortCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException {
        for (Path folder : target.folders()) {
            Optional<SupervisorClient> supervisor = SupervisorClient.of(folder);
            if (supervisor.isEmpty()) {
                continue;
            }
            supervisor.get().rollBack();
            Json.Obj state = supervisor.get().state();
            boolean ends = all || state.object("stable").text("digest").isEmpty();
            if (ends) {
                supervisor.get().stop();
            }
            program.surroundings()
                    .out()
                    .println(folder.getFileName()
                            + (ends
                                    ? ": nothing is served any more"
                                    : ": all traffic is with stable, and no candidate runs"));
        }
        return 0;
    }
}
