// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci.plugins.durabletask;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractDescribableImpl;
import hudson.model.TaskListener;
import java.io.IOException;
import java.nio.charset.Charset;

/** Stands for {@code org.jenkinsci.plugins.durabletask.DurableTask} of durable-task: what runs detached. */
public abstract class DurableTask extends AbstractDescribableImpl<DurableTask> {
    /** Starts it. */
    public abstract Controller launch(EnvVars env, FilePath workspace, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException;

    /** What its log is written in. */
    public void charset(Charset cs) {}
}
