// SPDX-License-Identifier: Apache-2.0
package org.jenkinsci.plugins.durabletask;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.Map;
import java.util.UUID;
import jenkins.MasterToSlaveFileCallable;

/**
 * Stands for {@code org.jenkinsci.plugins.durabletask.FileMonitoringTask} of durable-task: what writes a log and at last a file with
 * its exit code, in a folder beside the workspace.
 */
public abstract class FileMonitoringTask extends DurableTask {
    static final String COOKIE = "JENKINS_SERVER_COOKIE";

    @Override
    public final Controller launch(EnvVars env, FilePath workspace, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException {
        String cookie = "durable-" + Integer.toHexString(workspace.getRemote().hashCode());
        return doLaunch(workspace, launcher, env, cookie);
    }

    abstract FileMonitoringController doLaunch(
            FilePath workspace, Launcher launcher, EnvVars environment, String cookie)
            throws IOException, InterruptedException;

    /** Keeps values as they are, where the launcher replaces variables. */
    static Map<String, String> escape(EnvVars environment) {
        EnvVars escaped = new EnvVars();
        environment.forEach((name, value) -> escaped.put(name, value.replace("$", "$$")));
        return escaped;
    }

    /** Watches its files. */
    static class FileMonitoringController extends Controller {
        private static final long serialVersionUID = 1L;

        private final String folder;
        private final String cookie;
        private long position;

        FileMonitoringController(FilePath workspace, String cookie) throws IOException, InterruptedException {
            workspace.mkdirs();
            String name = "durable-" + UUID.randomUUID().toString().substring(0, 8);
            FilePath made =
                    workspace.getParent().child(workspace.getName() + "@tmp").child(name);
            made.mkdirs();
            this.folder = made.getRemote();
            this.cookie = cookie;
        }

        FilePath file(FilePath workspace, String name) {
            return workspace.child(folder).child(name);
        }

        FilePath log(FilePath workspace) {
            return file(workspace, "jenkins-log.txt");
        }

        FilePath result(FilePath workspace) {
            return file(workspace, "jenkins-result.txt");
        }

        @Override
        public boolean writeLog(FilePath workspace, OutputStream sink) throws IOException, InterruptedException {
            byte[] news = log(workspace).act(new ReadFrom(position));
            sink.write(news);
            sink.flush();
            position += news.length;
            return news.length > 0;
        }

        @Override
        public Integer exitStatus(FilePath workspace, Launcher launcher, TaskListener logger)
                throws IOException, InterruptedException {
            return result(workspace).act(new ReadCode());
        }

        @Override
        public void stop(FilePath workspace, Launcher launcher) throws IOException, InterruptedException {
            launcher.kill(Map.of(COOKIE, cookie));
        }

        @Override
        public void cleanup(FilePath workspace) throws IOException, InterruptedException {
            workspace.child(folder).deleteRecursive();
        }
    }

    private static final class ReadFrom extends MasterToSlaveFileCallable<byte[]> {
        private static final long serialVersionUID = 1L;

        private final long position;

        ReadFrom(long position) {
            this.position = position;
        }

        @Override
        public byte[] invoke(File f, VirtualChannel channel) throws IOException {
            if (f.length() <= position) {
                return new byte[0];
            }
            try (RandomAccessFile file = new RandomAccessFile(f, "r")) {
                byte[] bytes = new byte[Math.toIntExact(file.length() - position)];
                file.seek(position);
                file.readFully(bytes);
                return bytes;
            }
        }
    }

    private static final class ReadCode extends MasterToSlaveFileCallable<Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer invoke(File f, VirtualChannel channel) throws IOException {
            String text = f.exists() ? Files.readString(f.toPath()).strip() : "";
            return text.isEmpty() ? null : Integer.valueOf(text);
        }
    }
}
