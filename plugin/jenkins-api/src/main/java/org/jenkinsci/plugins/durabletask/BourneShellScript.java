// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci.plugins.durabletask;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Stands for {@code org.jenkinsci.plugins.durabletask.BourneShellScript} of durable-task: a script of a shell, detached. As there, a
 * wrapper waits for it, touches the log while it runs, and writes its exit code down; where neither comes, it is lost.
 */
public final class BourneShellScript extends FileMonitoringTask {
    private final String script;

    /** That script. */
    public BourneShellScript(String script) {
        this.script = script;
    }

    @Override
    FileMonitoringController doLaunch(FilePath workspace, Launcher launcher, EnvVars environment, String cookie)
            throws IOException, InterruptedException {
        ShellController controller = new ShellController(workspace, cookie);
        FilePath file = controller.file(workspace, "script.sh");
        file.write(script, "UTF-8");
        file.chmod(0755);
        String start = script.startsWith("#!") ? "" : "sh -xe ";
        // The cookie is nowhere but in the environment of the script: whoever ends all that have it leaves the wrapper
        // alone.
        environment.put(COOKIE, "please-do-not-kill-me");
        String wrapper = String.format(
                "cp '%1$s' '%1$s.copy'; { while [ -d '%2$s' ] && ! [ -f '%3$s' ]; do touch '%4$s'; sleep 1; done } &"
                        + " cookie=%5$s; %6$s=$cookie %7$s'%1$s.copy' >'%4$s' 2>&1; echo $? >'%3$s.tmp'; mv '%3$s.tmp' '%3$s'; wait",
                file.getRemote(),
                file.getParent().getRemote(),
                controller.result(workspace).getRemote(),
                controller.log(workspace).getRemote(),
                cookie,
                COOKIE,
                start);
        launcher.launch()
                .cmds(List.of("nohup", "sh", "-c", "(" + wrapper.replace("$", "$$") + ") >&- 2>&- &"))
                .envs(escape(environment))
                .pwd(workspace)
                .quiet(true)
                .start();
        return controller;
    }

    private static final class ShellController extends FileMonitoringController {
        private static final long serialVersionUID = 1L;
        private static final String INTERVAL = BourneShellScript.class.getName() + ".HEARTBEAT_CHECK_INTERVAL";

        private transient long checked;
        private transient long touched;

        ShellController(FilePath workspace, String cookie) throws IOException, InterruptedException {
            super(workspace, cookie);
        }

        @Override
        public Integer exitStatus(FilePath workspace, Launcher launcher, TaskListener logger)
                throws IOException, InterruptedException {
            Integer code = super.exitStatus(workspace, launcher, logger);
            long now = System.nanoTime();
            if (code != null) {
                return code;
            }
            if (checked == 0) {
                checked = now;
            } else if (now > checked + TimeUnit.SECONDS.toNanos(Integer.getInteger(INTERVAL, 300))) {
                checked = now;
                long last = log(workspace).lastModified();
                if (last == 0) {
                    logger.getLogger().println("process apparently never started in " + log(workspace));
                    return -2;
                }
                if (touched > 0 && last <= touched) {
                    logger.getLogger().println("wrapper script does not seem to be touching the log file");
                    return -1;
                }
                touched = last;
            }
            return null;
        }
    }
}
