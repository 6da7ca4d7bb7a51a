// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A model server as a process that ends when its keeper does, however that ends: it reads the keeper's pipe. */
final class ServerProcess implements AutoCloseable {
    private static final int LONGEST_LINE = 1 << 16;
    private static final int LONGEST_CAUSE = 500;
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Process process;
    private final String digest;
    private final URI url;

    private ServerProcess(Process process, String digest, URI url) {
        this.process = process;
        this.digest = digest;
        this.url = url;
    }

    /**
     * Starts it and waits until the model can be asked.
     *
     * @param command its command line but for the configuration
     * @param log where its messages go
     * @throws IOException if it is not ready in time, with the end of its log
     */
    static ServerProcess start(List<String> command, Path config, Path log, Duration longest)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(command);
        line.add(config.toString());
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().putAll(Installation.ENVIRONMENT);
        Process process = builder.start();
        try {
            return ready(process, longest);
        } catch (IOException e) {
            end(process);
            throw new IOException(e.getMessage() + lastOf(log), e);
        } catch (InterruptedException | RuntimeException e) {
            end(process);
            throw e;
        }
    }

    private static ServerProcess ready(Process process, Duration longest) throws IOException, InterruptedException {
        FutureTask<String> line = new FutureTask<>(() -> firstLine(process));
        Thread reader = new Thread(line, "server output");
        reader.setDaemon(true);
        reader.start();
        try {
            Json said = JsonReader.read(
                    line.get(longest.toMillis(), TimeUnit.MILLISECONDS).getBytes(StandardCharsets.UTF_8));
            if (said instanceof Json.Obj object && object.text("url").isPresent()) {
                return new ServerProcess(
                        process,
                        object.text("sha256").orElse(""),
                        URI.create(object.text("url").get()));
            }
            throw new IOException("the model server did not say where it listens");
        } catch (TimeoutException e) {
            throw new IOException("the model server was not ready within " + longest.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("the model server ended before it was ready", e);
        }
    }

    private static String firstLine(Process process) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c != '\n'; c = reader.read()) {
                if (c < 0 || line.length() > LONGEST_LINE) {
                    throw new IOException("no line");
                }
                line.append((char) c);
            }
            return line.toString();
        }
    }

    /** The last line of a log, as the end of a sentence. */
    private static String lastOf(Path log) {
        try {
            String text = Files.readString(log, StandardCharsets.ISO_8859_1).strip();
            String last = text.substring(text.lastIndexOf('\n') + 1);
            return last.isEmpty() ? "" : ": " + last.substring(0, Math.min(LONGEST_CAUSE, last.length()));
        } catch (IOException e) {
            return "";
        }
    }

    /** Of its model. */
    String digest() {
        return digest;
    }

    URI url() {
        return url;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Lets it answer what has come in, and ends it. */
    @Override
    public void close() {
        end(process);
    }

    private static void end(Process process) {
        process.destroy();
        boolean interrupted = false;
        try {
            process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        process.destroyForcibly();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
