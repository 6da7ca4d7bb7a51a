// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.process.PeakMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server that was started from an image's layers. It is ended in the end, and with this program, whatever happens. */
final class BootedServer implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int LONGEST_LINE = 1 << 16;
    private static final int LONGEST_SAID = 600;

    private final Process process;
    private final Thread ending;
    private final URI url;
    private final Duration start;

    private BootedServer(Process process, Thread ending, URI url, Duration start) {
        this.process = process;
        this.ending = ending;
        this.url = url;
        this.start = start;
    }

    /** The server did not come up; the message says why. */
    static final class NotReadyException extends IOException {
        private static final long serialVersionUID = 1;

        NotReadyException(String message) {
            super(message);
        }
    }

    /**
     * Starts it and waits until it says that it is ready.
     *
     * @param log gets what it writes beside that
     * @throws NotReadyException if it ends before, says something else, or takes too long
     */
    static BootedServer start(List<String> command, Path folder, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_") || name.startsWith("JDK_"));
        builder.environment().putAll(Installation.ENVIRONMENT);
        long begun = System.nanoTime();
        Process process = builder.start();
        Thread ending = new Thread(process::destroyForcibly, "end of the booted server");
        try {
            Runtime.getRuntime().addShutdownHook(ending);
            process.getOutputStream().close();
            Optional<String> line = firstLine(process);
            Duration start = Duration.ofNanos(System.nanoTime() - begun);
            if (line.isEmpty()) {
                throw notReady(process, log);
            }
            return new BootedServer(process, ending, url(line.get()), start);
        } catch (IOException | InterruptedException | RuntimeException e) {
            end(process, ending);
            throw e;
        }
    }

    private static Optional<String> firstLine(Process process) throws InterruptedException {
        BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
        Thread reading = new Thread(
                () -> {
                    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                        StringBuilder line = new StringBuilder();
                        for (int c = reader.read();
                                c >= 0 && c != '\n' && line.length() < LONGEST_LINE;
                                c = reader.read()) {
                            line.append((char) c);
                        }
                        lines.add(line.isEmpty() ? Optional.empty() : Optional.of(line.toString()));
                        reader.transferTo(Writer.nullWriter());
                    } catch (IOException e) {
                        lines.add(Optional.empty());
                    }
                },
                "output of the booted server");
        reading.setDaemon(true);
        reading.start();
        Optional<String> line = lines.poll(LONGEST_START.toMillis(), TimeUnit.MILLISECONDS);
        return line == null ? Optional.empty() : line;
    }

    private static NotReadyException notReady(Process process, Path log) throws IOException, InterruptedException {
        String how = process.waitFor(1, TimeUnit.SECONDS)
                ? "ended with " + process.exitValue()
                : "was not ready within " + LONGEST_START.toSeconds() + " s";
        return new NotReadyException("the server of the image " + how + said(log));
    }

    private static URI url(String line) throws IOException {
        try {
            if (JsonReader.read(line.getBytes(StandardCharsets.UTF_8)) instanceof Json.Obj ready) {
                Optional<String> url = ready.text("url");
                if (url.isPresent()) {
                    return URI.create(url.get());
                }
            }
        } catch (JsonReader.NotJsonException | IllegalArgumentException e) {
            throw new NotReadyException("the server of the image says no address when it is ready: " + e.getMessage());
        }
        throw new NotReadyException("the server of the image says no address when it is ready");
    }

    /** The last that it wrote. */
    private static String said(Path log) throws IOException {
        String text = Files.exists(log)
                ? Files.readString(log, StandardCharsets.ISO_8859_1).strip()
                : "";
        String end = text.length() <= LONGEST_SAID ? text : "…" + text.substring(text.length() - LONGEST_SAID);
        return end.isEmpty() ? "" : ": " + end.replaceAll("\\R", " | ");
    }

    URI url() {
        return url;
    }

    /** How long it took from its start until it was ready. */
    Duration startTime() {
        return start;
    }

    /** The most memory that it has held, in bytes; empty where the system does not tell. */
    OptionalLong peakMemory() {
        return PeakMemory.of(process.pid());
    }

    @Override
    public void close() {
        end(process, ending);
    }

    private static void end(Process process, Thread ending) {
        boolean interrupted = Thread.interrupted();
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            interrupted = true;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException e) {
            // The program is ending, and the hook has run or is about to.
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
