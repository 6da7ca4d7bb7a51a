// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.StageFailedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The model server, as a process of its own; it is stopped when it is closed, once it has answered what has come in. */
final class ServerProcess implements AutoCloseable {
    private static final String MAIN = "dev.gatewright.stages.modelserver.ServerMain";
    private static final long SECONDS_TO_STOP = 15;

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** Starts a server of {@code config}; its standard output goes to {@code out} and its log to {@code log}. */
    static ServerProcess start(
            Installation.Part server, Path config, ProcessBuilder.Redirect out, ProcessBuilder.Redirect log)
            throws IOException {
        if (server.classPath().isEmpty()) {
            throw new StageFailedException("the program lacks its server", "install it anew", null);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(server.flags());
        command.add("-cp");
        command.add(server.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(MAIN);
        command.add(config.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(log);
        builder.environment().putAll(Installation.ENVIRONMENT);
        return new ServerProcess(builder.start());
    }

    Process process() {
        return process;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
