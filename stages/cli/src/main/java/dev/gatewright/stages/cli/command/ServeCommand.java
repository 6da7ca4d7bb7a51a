// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.cli.ExitCode;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts the model server as a process of its own, and waits for its end. */
@Command(
        description =
                "Serves a model over HTTP until it is interrupted: the Open Inference Protocol v2, and v1's :predict.",
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
    private static final String MAIN = "dev.gatewright.stages.modelserver.ServerMain";
    private static final long SECONDS_TO_STOP = 15;

    private final Program program;

    @Parameters(
            paramLabel = "MODEL|CONFIG",
            description = "An ONNX file, served as it is; or a document of the format gatewright-server/v1 (.json).")
    private Path what = Path.of("");

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Where a model is served (default: ${DEFAULT-VALUE}; 0 takes any free port).")
    private int port;

    @Option(names = "--name", description = "The model's name in addresses (default: that of its file).")
    private String name = "";

    /** The command of {@code program}. */
    public ServeCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (what.toString().endsWith(".json")) {
            return serve(what);
        }
        Path folder = Files.createTempDirectory("gatewright-serve-");
        try {
            return serve(Files.writeString(folder.resolve("server.json"), JsonWriter.pretty(config())));
        } finally {
            TemporaryFolder.delete(folder);
        }
    }

    private Json.Obj config() {
        ModelFile model = InspectCommand.open(what);
        String file = what.getFileName().toString().replaceFirst("\\.onnx$", "");
        String ofFile = file.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        return Json.object()
                .put("format", "gatewright-server/v1")
                .put(
                        "model",
                        Json.object()
                                .put("name", !name.isEmpty() ? name : ofFile.isEmpty() ? "model" : ofFile)
                                .put("path", what.toAbsolutePath().toString())
                                .put("sha256", model.digest())
                                .build())
                .put("port", port)
                .build();
    }

    private int serve(Path config) throws IOException, InterruptedException {
        Process server = new ProcessBuilder(command(program.installation().server(), config))
                .inheritIO()
                .start();
        try {
            int code = server.waitFor();
            boolean isOurs = code == ExitCode.PASSED.code() || code == ExitCode.WRONG_REQUEST.code();
            return isOurs ? code : ExitCode.NOT_JUDGED.code();
        } finally {
            stop(server);
        }
    }

    private static List<String> command(Installation.Part server, Path config) {
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
        return command;
    }

    /** Lets it answer what has come in. */
    private static void stop(Process server) {
        server.destroy();
        try {
            if (!server.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
