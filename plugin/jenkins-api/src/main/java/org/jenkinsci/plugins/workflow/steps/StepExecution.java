// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;

/** Stands for {@code org.jenkinsci.plugins.workflow.steps.StepExecution} of workflow-step-api: a step that runs. */
public abstract class StepExecution implements Serializable {
    private static final long serialVersionUID = 1L;

    private final StepContext context;

    /** In that build. */
    protected StepExecution(StepContext context) {
        this.context = context;
    }

    /** The build, as the step sees it. */
    public StepContext getContext() {
        return context;
    }

    /** Starts it; whether it has ended already. */
    public abstract boolean start() throws Exception;

    /** Ends it. */
    public void stop(Throwable cause) throws Exception {
        getContext().onFailure(cause);
    }

    /** The controller has been started again. */
    public void onResume() {}

    /** Where it stands, for a person. */
    public String getStatus() {
        return null;
    }
}
