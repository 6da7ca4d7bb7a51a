// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci.plugins.durabletask;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import java.io.IOException;

/** Stands for {@code org.jenkinsci.plugins.durabletask.WindowsBatchScript} of durable-task: a batch file, detached. */
public final class WindowsBatchScript extends FileMonitoringTask {
    private final String script;

    /** That file. */
    public WindowsBatchScript(String script) {
        this.script = script;
    }

    /** That file. */
    public String getScript() {
        return script;
    }

    @Override
    FileMonitoringController doLaunch(FilePath workspace, Launcher launcher, EnvVars environment, String cookie)
            throws IOException {
        throw new IOException("there is no Windows here");
    }
}
