// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.cli.Program;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs all stages of a spec. */
@Command(description = "Runs all stages of a spec, in order, until one does not pass.", mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
    private final Program program;

    @Mixin
    private SpecOptions specOptions = new SpecOptions();

    @Mixin
    private RunOptions runOptions = new RunOptions();

    @Option(
            names = "--keep-serving",
            description = "What the run has deployed on this machine is served on after its end.")
    private boolean keepServing;

    /** The command of {@code program}. */
    public RunCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        try (RunSession session = RunSession.open(program, specOptions, runOptions)) {
            Deployment deployment = new Deployment(program, session.spec());
            RunDocument run;
            try {
                run = session.runAll();
                deployment.settle(run);
            } finally {
                deployment.end(keepServing);
            }
            return session.finish(runOptions.format(), Optional.empty(), ExitCode.of(run.verdict()));
        }
    }
}
