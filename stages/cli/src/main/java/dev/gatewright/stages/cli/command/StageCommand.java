// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.api.spec.StagePlan;
import dev.gatewright.stages.cli.Program;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs one stage of a spec. */
@Command(mixinStandardHelpOptions = true)
public final class StageCommand implements Callable<Integer> {
    private final Program program;
    private final StageName stage;

    @Mixin
    private SpecOptions specOptions = new SpecOptions();

    @Mixin
    private RunOptions runOptions = new RunOptions();

    /** The command of {@code program} for {@code stage}. */
    public StageCommand(Program program, StageName stage) {
        this.program = program;
        this.stage = stage;
    }

    @Override
    public Integer call() throws Exception {
        try (RunSession session = RunSession.open(program, specOptions, runOptions)) {
            StagePlan<?> plan = session.spec().stage(stage).orElseThrow(() -> notInSpec(session));
            Report report = session.run(plan);
            if (stage == StageName.SMOKE_TEST) {
                new Deployment(program, session.spec()).settle(session.run().document());
            }
            return session.finish(runOptions.format(), Optional.of(report), ExitCode.of(report.verdict()));
        }
    }

    private InvalidRequestException notInSpec(RunSession session) {
        Place place = new Place(session.spec().file().toString(), 1, 1);
        return new InvalidRequestException(List.of(new Problem(
                place, "the spec has no stage " + stage.spelling(), "stages: {" + stage.spelling() + ": {…}}")));
    }
}
