// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import dev.gatewright.validation.onnx.run.WorkerFailure.Kind;
import dev.gatewright.validation.onnx.run.wire.BadMessageException;
import dev.gatewright.validation.onnx.run.wire.Incoming;
import dev.gatewright.validation.onnx.run.wire.Outgoing;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A worker's process, its folder, and the messages to and from it. Each failure ends the process. */
final class WorkerProcess implements AutoCloseable {
    /** How all files begin that a run lays down; they bear the number of the process that did. */
    static final String FILES = "gatewright-" + ProcessHandle.current().pid() + "-";

    private static final Duration TO_END_BY_ITSELF = Duration.ofSeconds(2);

    /** Messages up to this size fit into the pipe, however many blocks there are, and are written even if nobody reads. */
    private static final int SMALL = 1024;

    /** The worker gets no secrets: of the environment only what Java, native libraries and a GPU's driver look at. */
    private static final Set<String> ENVIRONMENT = Set.of(
            "PATH",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "LD_LIBRARY_PATH",
            "DYLD_LIBRARY_PATH",
            "CUDA_PATH",
            "CUDA_VISIBLE_DEVICES",
            "NVIDIA_VISIBLE_DEVICES",
            "SystemRoot",
            "SYSTEMROOT");

    /** Few, so that a worker that floods its program waits, and does not fill its memory. */
    private static final int WAITING_MESSAGES = 2;

    private final Process process;
    private final Path folder;
    private final Tail printed;
    private final Thread printing;
    private final Thread listening;
    private final BlockingQueue<Arrival> arrivals;
    private final KilledForMemory killedForMemory = KilledForMemory.untilNow();
    private boolean greeted;

    /** What came from the worker: a message, or the reason why no further one will. */
    private record Arrival(
            @Nullable Incoming message, @Nullable IOException broken) {}

    private WorkerProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
        this.arrivals = new ArrayBlockingQueue<>(WAITING_MESSAGES);
        this.printed = new Tail(process.getErrorStream());
        this.printing = daemon(printed, "what a worker prints");
        this.listening = daemon(() -> listen(process.getInputStream(), arrivals), "messages of a worker");
    }

    /** Starts the program {@code main}. */
    static WorkerProcess start(WorkerOptions options, String main) {
        try {
            Path folder = Files.createTempDirectory(FILES);
            try {
                ProcessBuilder builder =
                        new ProcessBuilder(WorkerCommand.of(options, main, folder)).directory(folder.toFile());
                builder.environment().keySet().retainAll(ENVIRONMENT);
                builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
                return new WorkerProcess(builder.start(), folder);
            } catch (IOException e) {
                delete(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new WorkerFailure(
                    Kind.NOT_STARTED,
                    "The worker cannot be started: " + e.getMessage()
                            + ". Next: check that Java is there and that the folder for temporary files has room.",
                    e);
        }
    }

    Path folder() {
        return folder;
    }

    /** The most memory that the process has held so far, in bytes; empty where the system does not tell. */
    OptionalLong peakMemory() {
        return PeakMemory.ofProcess(process.pid());
    }

    /** The worker has said who it is. */
    void setGreeted() {
        greeted = true;
    }

    /**
     * Sends a message; that the worker does not listen any more, and why, is told by the next {@link #receive}.
     *
     * @param limit how long the worker may leave the message unread
     * @throws WorkerFailure if it does for longer, or the thread is interrupted; the process has ended then
     */
    void send(Outgoing message, Duration limit) {
        if (message.size() <= SMALL) {
            write(message);
            return;
        }
        // A full pipe blocks, and nothing but the end of the worker unblocks the thread that writes to it.
        Thread writing = daemon(() -> write(message), "message to a worker");
        try {
            writing.join(Math.max(1, limit.toMillis()));
        } catch (InterruptedException e) {
            throw interrupted("reading its rows", e);
        }
        if (writing.isAlive()) {
            throw hung(limit, "reading its rows");
        }
    }

    private void write(Outgoing message) {
        try {
            message.sendTo(process.getOutputStream());
        } catch (IOException e) {
            // It has said why it gave up, or its end will tell.
        }
    }

    /**
     * The next message.
     *
     * @param limit how long to wait
     * @param doing what the worker does meanwhile, for a sentence
     * @throws WorkerFailure if there is none; the process has ended then
     */
    Incoming receive(Duration limit, String doing) {
        Arrival arrival;
        try {
            arrival = arrivals.poll(Math.max(1, limit.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted(doing, e);
        }
        if (arrival == null) {
            throw hung(limit, doing);
        }
        if (arrival.message() != null) {
            return arrival.message();
        }
        throw arrival.broken() instanceof BadMessageException bad ? misbehaved(bad.getMessage()) : ended();
    }

    private WorkerFailure interrupted(String doing, InterruptedException e) {
        close();
        Thread.currentThread().interrupt();
        return new WorkerFailure(
                Kind.INTERRUPTED,
                "The run was interrupted while the worker was " + doing
                        + ", and the worker was ended. Next: run it again.",
                e);
    }

    private WorkerFailure hung(Duration limit, String doing) {
        close();
        return new WorkerFailure(
                Kind.HUNG,
                "The worker gave no sign of life within its limit (" + Math.max(0, limit.toMillis()) / 1000.0
                        + " s) while it was " + doing
                        + ", and was ended. Next: see whether the model ends on these rows where it comes from; export it"
                        + " for smaller batches.");
    }

    /** The worker said what a worker does not say; ends it. */
    WorkerFailure misbehaved(@Nullable String what) {
        close();
        return new WorkerFailure(
                Kind.MISBEHAVED,
                "The worker's answer makes no sense: " + Plain.of(String.valueOf(what), 400)
                        + ". Next: do not use this model; it may have taken the worker over. Install the program anew if it"
                        + " happens with every model.");
    }

    /** Why it has ended, or closed its end. */
    private WorkerFailure ended() {
        boolean interrupted = false;
        try {
            if (process.waitFor(TO_END_BY_ITSELF.toMillis(), TimeUnit.MILLISECONDS)) {
                printing.join(TO_END_BY_ITSELF.toMillis());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        boolean alive = process.isAlive();
        close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return alive
                ? new WorkerFailure(
                        Kind.MISBEHAVED,
                        "The worker closed its messages and went on running; it was ended. Next: do not use this model; it"
                                + " may have taken the worker over.")
                : new Ending(process.exitValue(), printed.text(), greeted, killedForMemory.since()).toFailure();
    }

    /** Ends the process and what it has started, and deletes its folder. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        listening.interrupt();
        delete(folder);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void listen(InputStream stream, BlockingQueue<Arrival> arrivals) {
        try (InputStream in = new BufferedInputStream(stream)) {
            Arrival arrival;
            do {
                arrival = next(in);
                arrivals.put(arrival);
            } while (arrival.message() != null);
        } catch (InterruptedException | IOException e) {
            // Nobody waits for messages any more.
        }
    }

    private static Arrival next(InputStream in) {
        try {
            return new Arrival(Incoming.from(in), null);
        } catch (IOException e) {
            return new Arrival(null, e);
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE; // the worker itself was quicker
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // It lies among temporary files, and nothing that was judged depends on it.
        }
    }
}
