// SPDX-License-Identifier: Apache-2.0
package hudson;

import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Stands for {@code hudson.Launcher} of Jenkins' core: starts processes on an agent. */
public abstract class Launcher {
    /** The log. */
    protected final TaskListener listener;

    /** The way to the agent. */
    protected final VirtualChannel channel;

    /** On the agent of that channel. */
    protected Launcher(TaskListener listener, VirtualChannel channel) {
        this.listener = listener;
        this.channel = channel;
    }

    /** The way to the agent. */
    public VirtualChannel getChannel() {
        return channel;
    }

    /** The log. */
    public TaskListener getListener() {
        return listener;
    }

    /** Whether the agent is no Windows. */
    public boolean isUnix() {
        return File.pathSeparatorChar == ':';
    }

    /** A process in the making. */
    public final ProcStarter launch() {
        return new ProcStarter();
    }

    /** Starts one. */
    public abstract Proc launch(ProcStarter starter) throws IOException;

    /** Ends all processes that have these variables, with what they have started. */
    public abstract void kill(Map<String, String> modelEnvVars) throws IOException, InterruptedException;

    /** Stands for {@code hudson.Launcher.ProcStarter} of Jenkins' core: a process in the making. */
    public final class ProcStarter {
        private List<String> commands = List.of();
        private Map<String, String> environment = Map.of();
        private FilePath folder;

        /** Its command line, in which variables are replaced. */
        public ProcStarter cmds(List<String> args) {
            commands = List.copyOf(args);
            return this;
        }

        /** What its environment has beside that of the agent, in which variables are replaced. */
        public ProcStarter envs(Map<String, String> overrides) {
            environment = new TreeMap<>(overrides);
            return this;
        }

        /** Where it works. */
        public ProcStarter pwd(FilePath workDir) {
            folder = workDir;
            return this;
        }

        /** Whether its command line is left out of the log. */
        public ProcStarter quiet(boolean quiet) {
            return this;
        }

        /** Starts it. */
        public Proc start() throws IOException {
            return launch(this);
        }
    }

    /** Stands for {@code hudson.Launcher.LocalLauncher} of Jenkins' core: starts processes on this machine. */
    public static class LocalLauncher extends Launcher {
        private static final Duration PATIENCE = Duration.ofSeconds(5);

        /** On this machine. */
        public LocalLauncher(TaskListener listener, VirtualChannel channel) {
            super(listener, channel);
        }

        @Override
        public Proc launch(ProcStarter ps) throws IOException {
            EnvVars all = new EnvVars(System.getenv()).overrideExpandingAll(ps.environment);
            List<String> commands = new ArrayList<>();
            for (String command : ps.commands) {
                commands.add(all.expand(command));
            }
            ProcessBuilder builder = new ProcessBuilder(commands)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            if (ps.folder != null) {
                builder.directory(new File(ps.folder.getRemote()));
            }
            builder.environment().clear();
            builder.environment().putAll(all);
            Process process = builder.start();
            return new Proc() {
                @Override
                public int join() throws InterruptedException {
                    return process.waitFor();
                }
            };
        }

        /** As Jenkins does it: all are asked, children first, and have five seconds; nobody is forced. */
        @Override
        public void kill(Map<String, String> modelEnvVars) throws IOException, InterruptedException {
            Set<String> wanted = new HashSet<>();
            modelEnvVars.forEach((name, value) -> wanted.add(name + '=' + value));
            List<ProcessHandle> found = new ArrayList<>();
            try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
                for (ProcessHandle process : processes.toList()) {
                    if (environment(process).containsAll(wanted)) {
                        process.descendants().forEach(found::add);
                        found.add(process);
                    }
                }
            }
            found.forEach(ProcessHandle::destroy);
            long start = System.nanoTime();
            while (found.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() - start < PATIENCE.toNanos()) {
                Thread.sleep(10);
            }
        }

        private static Set<String> environment(ProcessHandle process) {
            try {
                byte[] bytes = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
                return Set.of(new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .flatMap(line -> Stream.of(line.split("\0")))
                        .distinct()
                        .toArray(String[]::new));
            } catch (IOException e) {
                return Set.of(); // of somebody else, or gone
            }
        }
    }
}
