// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci.plugins.workflow.steps;

import hudson.model.Result;
import java.util.List;
import jenkins.model.CauseOfInterruption;

/** Stands for {@code org.jenkinsci.plugins.workflow.steps.FlowInterruptedException} of workflow-step-api: ends a build. */
public final class FlowInterruptedException extends InterruptedException {
    private static final long serialVersionUID = 630482382622970136L;

    private final Result result;
    private final List<CauseOfInterruption> causes;

    /** With that result. */
    public FlowInterruptedException(Result result, boolean actualInterruption, CauseOfInterruption... causes) {
        this.result = result;
        this.causes = List.of(causes);
    }

    /** What the build becomes. */
    public Result getResult() {
        return result;
    }

    /** Why. */
    public List<CauseOfInterruption> getCauses() {
        return causes;
    }
}
