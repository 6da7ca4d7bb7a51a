// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.canarydeploy.CanaryDeployEnd;
import dev.gatewright.stages.canarydeploy.CanaryDeploySection;
import dev.gatewright.stages.canarydeploy.CanaryDeployStage;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.targetlocal.SupervisorClient;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run deploys, and what becomes of it: only a passed smoke-test releases it, and any other verdict takes it back. */
final class Deployment {
    private final Program program;
    private final Spec spec;
    private final @Nullable CanaryDeploySection section;
    private final boolean wasServed;

    /** Takes note of what is served before the run. */
    Deployment(Program program, Spec spec) {
        this.program = program;
        this.spec = spec;
        this.section = spec.stage(StageName.CANARY_DEPLOY)
                .map(plan -> plan.section() instanceof CanaryDeploySection found ? found : null)
                .orElse(null);
        this.wasServed = running().isPresent();
    }

    private Optional<SupervisorClient> running() {
        if (section == null) {
            return Optional.empty();
        }
        Path folder = CanaryDeployStage.targetsOf(spec.folder())
                .resolve(section.target().name(spec));
        return SupervisorClient.of(folder);
    }

    /** After the smoke-test of {@code run}: its verdict decides. A run whose spec has none, or that has not come to it, changes nothing. */
    void settle(RunDocument run) throws IOException, InterruptedException {
        Optional<RunDocument.Entry> smoke = run.entry(StageName.SMOKE_TEST);
        boolean deployed = run.entry(StageName.CANARY_DEPLOY)
                .map(RunDocument.Entry::verdict)
                .equals(Optional.of(Verdict.PASSED));
        if (section == null
                || !deployed
                || smoke.map(entry -> entry.status() != Status.DONE).orElse(true)) {
            return;
        }
        boolean passed = smoke.map(RunDocument.Entry::verdict).equals(Optional.of(Verdict.PASSED));
        tell(CanaryDeployEnd.of(section, spec, program.installation(), run.runId(), passed));
    }

    /** At the end of a whole run, however it ended. */
    void end(boolean keepsServing) {
        Optional<SupervisorClient> running = running();
        if (running.isEmpty()) {
            return;
        }
        try {
            if (keepsServing) {
                running.get().stay();
                tell("serving goes on at " + running.get().state().text("url").orElse("?")
                        + "; gatewright status shows it, gatewright abort --all ends it");
            } else if (!wasServed) {
                running.get().stop();
            }
        } catch (StageFailedException e) {
            tell(e.getMessage() + "; " + e.next());
        }
    }

    private void tell(String sentence) {
        program.surroundings().err().println("gatewright: " + sentence);
    }
}
