// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A command line of the user that runs in the system's shell.
 *
 * <p>What it prints goes to a log file and, line by line, to a consumer. {@link #close} ends it with everything that it
 * started, also processes that detached themselves from it.
 */
public final class UserCommand implements AutoCloseable {
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    private final Process process;
    private final ProcessTree tree;
    private final Pump pump;
    private final Thread pumping;

    private UserCommand(Process process, ProcessTree tree, Pump pump, Thread pumping) {
        this.process = process;
        this.tree = tree;
        this.pump = pump;
        this.pumping = pumping;
    }

    /**
     * Starts {@code commandLine} in {@code folder}.
     *
     * @param environment variables beside those of this process
     * @param log gets all that the command prints
     * @param lines gets each line, on another thread
     */
    public static UserCommand start(
            String commandLine, Path folder, Map<String, String> environment, Path log, Consumer<String> lines)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(shell(commandLine))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(nothing()));
        builder.environment().putAll(environment);
        String mark = ProcessTree.mark(builder.environment());
        BufferedWriter writer = Files.newBufferedWriter(log);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            writer.close();
            throw e;
        }
        Pump pump = new Pump(process, writer, lines);
        Thread pumping = new Thread(pump, "output of " + process.pid());
        pumping.setDaemon(true);
        pumping.start();
        return new UserCommand(process, new ProcessTree(process.toHandle(), mark), pump, pumping);
    }

    /** Waits until the command has ended, at most {@code time}; false if it runs on. */
    public boolean awaitEnd(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The exit code of a command that has ended; 128 and the signal's number if a signal ended it. */
    public int exitCode() {
        return process.exitValue();
    }

    /**
     * Ends the command and all that it started; waits until all the output that was printed is in the log.
     *
     * @throws IllegalStateException if its output could not be kept, or the system does not let one of its processes end
     */
    @Override
    public void close() {
        boolean interrupted = false;
        try {
            if (!process.isAlive()) {
                pumping.join(LAST_OUTPUT.toMillis());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        tree.end();
        try {
            pumping.join(LAST_OUTPUT.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        pump.closed = true;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Exception failure = pump.failure;
        if (failure != null) {
            throw new IllegalStateException("cannot keep the command's output: " + failure, failure);
        }
    }

    private static List<String> shell(String commandLine) {
        if (ThisMachine.isWindows()) {
            return List.of("cmd.exe", "/d", "/s", "/c", commandLine);
        }
        List<String> command = new ArrayList<>();
        // A session of its own: the terminal's Ctrl-C reaches this program, which then ends the command in order. A new
        // process leads no group, so setsid becomes the shell; BusyBox's knows no option to wait for another one.
        for (String setsid : List.of("/usr/bin/setsid", "/bin/setsid")) {
            if (command.isEmpty() && Files.isExecutable(Path.of(setsid))) {
                command.add(setsid);
            }
        }
        command.addAll(List.of("/bin/sh", "-c", commandLine));
        return command;
    }

    private static java.io.File nothing() {
        return new java.io.File(ThisMachine.isWindows() ? "NUL" : "/dev/null");
    }

    /** Hands the command's output over; what it cannot keep is told by {@link #close}. */
    private static final class Pump implements Runnable {
        private final Process process;
        private final BufferedWriter log;
        private final Consumer<String> lines;
        private volatile boolean closed;
        private volatile @Nullable Exception failure;

        Pump(Process process, BufferedWriter log, Consumer<String> lines) {
            this.process = process;
            this.log = log;
            this.lines = lines;
        }

        @Override
        public void run() {
            try (log;
                    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                BoundedLines bounded = new BoundedLines(reader);
                for (String line = next(bounded); line != null && !closed; line = next(bounded)) {
                    log.write(line);
                    log.write('\n');
                    log.flush();
                    lines.accept(line);
                }
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
        }

        private @Nullable String next(BoundedLines bounded) throws IOException {
            try {
                return bounded.next();
            } catch (IOException e) {
                if (process.isAlive()) {
                    throw e;
                }
                return null; // the pipe was closed under the reader because the command has ended: there is no more
                // output
            }
        }
    }
}
