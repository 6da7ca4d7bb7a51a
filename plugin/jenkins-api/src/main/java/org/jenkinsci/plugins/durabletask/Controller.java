// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci.plugins.durabletask;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;

/** Stands for {@code org.jenkinsci.plugins.durabletask.Controller} of durable-task: a process that may outlive its connection. */
public abstract class Controller implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Writes what is new in its log; whether there was something. */
    public abstract boolean writeLog(FilePath workspace, OutputStream sink) throws IOException, InterruptedException;

    /** Its exit code; null while it runs, and below 0 where it is lost. */
    public Integer exitStatus(FilePath workspace, Launcher launcher, TaskListener logger)
            throws IOException, InterruptedException {
        throw new AbstractMethodError("implement exitStatus(FilePath, Launcher, TaskListener)");
    }

    /** Ends it. */
    public void stop(FilePath workspace, Launcher launcher) throws IOException, InterruptedException {
        throw new AbstractMethodError("implement stop(FilePath, Launcher)");
    }

    /** Removes its files. */
    public abstract void cleanup(FilePath workspace) throws IOException, InterruptedException;
}
