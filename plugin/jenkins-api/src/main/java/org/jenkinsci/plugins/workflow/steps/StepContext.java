// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci.plugins.workflow.steps;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.ListenableFuture;
import java.io.IOException;
import java.io.Serializable;

/** Stands for {@code org.jenkinsci.plugins.workflow.steps.StepContext} of workflow-step-api: the build, as a step sees it. */
public abstract class StepContext implements FutureCallback<Object>, Serializable {
    private static final long serialVersionUID = 1L;

    /** What is around the step, by its type; null where there is none. */
    public abstract <T> T get(Class<T> key) throws IOException, InterruptedException;

    @Override
    public abstract void onSuccess(Object result);

    /** Writes the state of the build. */
    public abstract ListenableFuture<Void> saveState();
}
