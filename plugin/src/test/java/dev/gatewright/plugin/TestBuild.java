// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.jenkins.Agent;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** A build with a workspace on an agent of this machine, in which steps are run one after the other. */
final class TestBuild {
    private final Path folder;
    private final String agent = "agent-" + UUID.randomUUID();
    private final OneRun run;
    private final EnvVars environment = new EnvVars();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Semaphore installation = new Semaphore(1);

    private TestBuild(Path folder) throws IOException {
        this.folder = folder;
        this.run = new OneRun(folder.resolve("build").toFile());
        Files.createDirectories(workspace());
        connect();
    }

    /** With that program on its path. */
    static TestBuild in(Path folder, Path home) throws IOException {
        TestBuild build = new TestBuild(folder);
        build.environment.put("PATH", home.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
        build.environment.put("JAVA_HOME", System.getProperty("java.home"));
        return build;
    }

    Path workspace() {
        return folder.resolve("workspace");
    }

    Run<?, ?> run() {
        return run;
    }

    EnvVars environment() {
        return environment;
    }

    void connect() {
        Agent.connect(agent);
    }

    void disconnect() {
        Agent connected = Agent.connected(agent);
        if (connected != null) {
            connected.disconnect();
        }
    }

    StepRun start(GateStep step) throws Exception {
        return StepRun.start(this, step);
    }

    /** What was kept of it, by path. */
    List<String> artifacts() throws IOException {
        Path archive = folder.resolve("build/archive");
        if (!Files.exists(archive)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(archive)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> archive.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** Control folders of processes that were not cleaned up. */
    List<Path> controlFolders() throws IOException {
        Path all = folder.resolve("workspace@tmp");
        if (!Files.exists(all)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(all)) {
            return files.toList();
        }
    }

    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    TaskListener listener() {
        PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
        return () -> stream;
    }

    /** As the agent's channel gives it; not to be had while it is away. */
    FilePath remoteWorkspace() throws IOException {
        Agent connected = Agent.connected(agent);
        if (connected == null) {
            throw new IOException(agent + " is away");
        }
        return new FilePath(connected, workspace().toString());
    }

    Launcher launcher() throws IOException {
        return new Launcher.LocalLauncher(listener(), remoteWorkspace().getChannel());
    }

    /** Makes whoever installs a program wait for {@link #install}. */
    void holdInstallation() throws InterruptedException {
        installation.acquire();
    }

    boolean isInstallationAwaited() {
        return installation.hasQueuedThreads();
    }

    void install() {
        installation.release();
    }

    Node node() {
        installation.acquireUninterruptibly();
        installation.release();
        return new Node() {
            @Override
            public String getNodeName() {
                return agent;
            }

            @Override
            public FilePath getRootPath() {
                Agent connected = Agent.connected(agent);
                return connected == null ? null : new FilePath(connected, folder.toString());
            }
        };
    }

    private static final class OneJob extends Job<OneJob, OneRun> {
        OneJob() {
            super(null, "team a/digits");
        }
    }

    private static final class OneRun extends Run<OneJob, OneRun> {
        private final File folder;

        OneRun(File folder) throws IOException {
            super(new OneJob());
            this.folder = folder;
        }

        @Override
        public File getRootDir() {
            return folder;
        }
    }
}
