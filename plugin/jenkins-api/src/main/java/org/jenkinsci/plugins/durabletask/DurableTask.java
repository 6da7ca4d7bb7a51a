// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci.plugins.durabletask;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractDescribableImpl;
import hudson.model.TaskListener;
import java.io.IOException;

/** Stands for {@code org.jenkinsci.plugins.durabletask.DurableTask} of durable-task: what runs detached. */
public abstract class DurableTask extends AbstractDescribableImpl<DurableTask> {
    /** Starts it. */
    public abstract Controller launch(EnvVars env, FilePath workspace, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException;

    /** Its log is written in what the agent writes. */
    public void defaultCharset() {}
}
