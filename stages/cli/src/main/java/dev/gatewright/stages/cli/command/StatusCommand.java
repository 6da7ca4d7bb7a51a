// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.targetlocal.SupervisorClient;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what is served. */
@Command(
        description = "Shows what the local targets of a spec serve: versions, shares of the traffic, the deadline.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    private static final int DIGITS = 12;

    private final Program program;

    @Mixin
    private TargetOptions target = new TargetOptions();

    /** The command of {@code program}. */
    public StatusCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException {
        PrintStream out = program.surroundings().out();
        int shown = 0;
        for (Path folder : target.folders()) {
            var supervisor = SupervisorClient.of(folder);
            if (supervisor.isPresent()) {
                show(folder.getFileName() + "", supervisor.get().state(), out);
                shown++;
            }
        }
        if (shown == 0) {
            out.println("Nothing is served.");
        }
        return 0;
    }

    private static void show(String name, Json.Obj state, PrintStream out) {
        int weight = state.number("weight").orElse(0.0).intValue();
        out.println(name + "  " + state.text("url").orElse("?"));
        side("stable", 100 - weight, state, out);
        side("candidate", weight, state, out);
        state.number("returnsInSeconds")
                .ifPresent(seconds -> out.println("  all traffic returns to stable in "
                        + Math.max(0, Math.round(seconds)) + " s unless that is renewed or released"));
    }

    private static void side(String side, int share, Json.Obj state, PrintStream out) {
        Json.Obj counts = state.object("counts").object(side);
        out.println(state.object(side)
                .text("digest")
                .map(digest -> "  " + side + "  sha256:" + digest.substring(0, Math.min(DIGITS, digest.length())) + "  "
                        + share + "% of the traffic, "
                        + counts.number("requests").orElse(0.0).longValue() + " requests, "
                        + counts.number("errors").orElse(0.0).longValue() + " errors")
                .orElse("  " + side + "  none"));
    }
}
