// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.canarydeploy.CanaryDeploySection.Step;
import dev.gatewright.stages.canarydeploy.Journal.Phase;
import dev.gatewright.stages.canarydeploy.port.Target;
import java.nio.file.Path;
import java.util.List;

/**
 * The order of effects on a target. Each can be repeated and is written down before the next, so that it can end after any of
 * them: traffic is then with stable, or returns to it when the deadline has passed, and the next start takes it back first.
 * Verdicts are never reused, so that a start after a crash begins with the first step again.
 */
final class Canary {
    private final Target target;
    private final Path folder;
    private final Trial trial;
    private Journal journal;

    /** What is found out between the effects. */
    interface Trial {
        /** Starts the candidate. */
        void start(Target target) throws InterruptedException;

        /** Keeps what stable answers now, for the proof of a return. Called before there is a candidate. */
        void remember() throws InterruptedException;

        /** Whether the candidate, without traffic, answers as the judged model. */
        boolean answersAsJudged() throws InterruptedException;

        /** Watches a step; whether it holds its gates. */
        boolean holds(Step step) throws InterruptedException;

        /** Sees that stable answers as it did. */
        void proveStable() throws InterruptedException;
    }

    Canary(Target target, Path folder, Journal journal, Trial trial) {
        this.target = target;
        this.folder = folder;
        this.journal = journal;
        this.trial = trial;
    }

    /**
     * Goes through the steps.
     *
     * @param steps without a stable version only the last of them is gone through: there is nothing that traffic could be shared with
     * @return whether the candidate has all traffic; else stable has it
     */
    boolean run(List<Step> steps) throws InterruptedException {
        if (Journal.read(folder).map(before -> before.phase().isUnfinished()).orElse(false)) {
            target.rollBack();
        }
        record(Phase.PREPARED, 0);
        try {
            trial.remember();
            trial.start(target);
            record(Phase.STARTED, 0);
            boolean holds = trial.answersAsJudged();
            if (holds) {
                record(Phase.GOLDEN_PASSED, 0);
                boolean first = target.read().stable() == null;
                for (Step step : first ? steps.subList(steps.size() - 1, steps.size()) : steps) {
                    // Written down before the effect: who reads it after a crash takes back more than was given, never
                    // less.
                    record(Phase.AT_WEIGHT, step.weight());
                    target.weigh(step.weight());
                    if (!trial.holds(step)) {
                        holds = false;
                        break;
                    }
                }
            }
            if (!holds) {
                rollBack();
                return false;
            }
            record(Phase.AT_FULL, steps.get(steps.size() - 1).weight());
            return true;
        } catch (InterruptedException | RuntimeException e) {
            rollBackAfter(e);
            throw e;
        }
    }

    private void rollBack() throws InterruptedException {
        target.rollBack();
        record(Phase.ROLLED_BACK, 0);
        trial.proveStable();
    }

    /** Whatever ended it, and also if it was told to end: first traffic returns. */
    private void rollBackAfter(Exception cause) {
        boolean interrupted = Thread.interrupted() || cause instanceof InterruptedException;
        try {
            target.rollBack();
            record(Phase.ROLLED_BACK, 0);
        } catch (InterruptedException | StageFailedException e) {
            // The deadline does it. What ended the canary is what has to be told.
            cause.addSuppressed(e);
        }
        if (interrupted && !(cause instanceof InterruptedException)) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(Phase phase, int weight) {
        journal = journal.at(phase, weight);
        journal.write(folder);
    }
}
