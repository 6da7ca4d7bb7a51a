// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.run.ProcessLock;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.canarydeploy.port.Target;
import dev.gatewright.validation.endpoint.GoldenSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The end of a deployment, after the smoke-test: the candidate is stable, or traffic is with stable again. */
public final class CanaryDeployEnd {
    private CanaryDeployEnd() {}

    /**
     * Releases the candidate of {@code runId} if its smoke-test {@code passed}; else takes the traffic back, and asks stable its golden
     * rows again.
     *
     * @return what was done, in a sentence
     * @throws StageFailedException if another run has deployed since, the target cannot do it, or stable answers otherwise than before
     */
    public static String of(
            CanaryDeploySection section, Spec spec, Installation installation, String runId, boolean passed)
            throws IOException, InterruptedException {
        Path folder = CanaryDeployStage.targetsOf(spec.folder())
                .resolve(section.target().name(spec));
        ProcessLock lock = CanaryDeployStage.lock(Files.createDirectories(folder));
        try (Target target = section.target().open(folder, spec, installation)) {
            Journal journal = Journal.read(folder)
                    .orElseThrow(() ->
                            new StageFailedException("there is no canary in " + folder, "start canary-deploy", null));
            if (!journal.runId().equals(runId)) {
                throw new StageFailedException(
                        "run " + journal.runId() + " has deployed since: run " + runId
                                + " neither releases its candidate nor takes it back",
                        "start a new run",
                        null);
            }
            if (passed) {
                target.release();
                journal.at(Journal.Phase.RELEASED, journal.weight()).write(folder);
                return "the smoke-test has passed: the candidate is stable now";
            }
            target.rollBack();
            journal.at(Journal.Phase.ROLLED_BACK, 0).write(folder);
            return "the smoke-test has not passed: " + proven(target, spec, folder);
        } finally {
            lock.close();
        }
    }

    private static String proven(Target target, Spec spec, Path folder) throws InterruptedException {
        Target.State state = target.read();
        if (state.stable() == null) {
            return "the candidate is not served any more, and there was no stable version before it";
        }
        GoldenProof.Result result = new GoldenProof(spec.model().name())
                .ask(state.url(), GoldenSet.read(folder.resolve(WatchedCanary.STABLE_ANSWERS)));
        if (result.mismatches() > 0) {
            throw new StageFailedException(
                    "all traffic is with stable, which answers " + result.mismatches()
                            + " golden rows otherwise than before: " + result.first(),
                    "see what the target serves",
                    null);
        }
        return "all traffic is with stable, which answers the golden rows as before";
    }
}
