// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.run.Folders;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts the model server as a process of its own, and waits for its end. */
@Command(
        description =
                "Serves a model over HTTP until it is interrupted: the Open Inference Protocol v2, and v1's :predict.",
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
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
            Folders.delete(folder);
        }
    }

    private Json.Obj config() {
        String file = what.getFileName().toString().replaceFirst("\\.onnx$", "");
        String ofFile = file.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        return config(what, !name.isEmpty() ? name : ofFile.isEmpty() ? "model" : ofFile, port);
    }

    /** The configuration of a server of {@code model} as it is. */
    static Json.Obj config(Path model, String name, int port) {
        ModelFile file = InspectCommand.open(model);
        return Json.object()
                .put("format", "gatewright-server/v1")
                .put(
                        "model",
                        Json.object()
                                .put("name", name)
                                .put("path", model.toAbsolutePath().toString())
                                .put("sha256", file.digest())
                                .build())
                .put("port", port)
                .build();
    }

    private int serve(Path config) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(
                program.installation().server(),
                config,
                ProcessBuilder.Redirect.INHERIT,
                ProcessBuilder.Redirect.INHERIT)) {
            int code = server.process().waitFor();
            boolean isOurs = code == ExitCode.PASSED.code() || code == ExitCode.WRONG_REQUEST.code();
            return isOurs ? code : ExitCode.NOT_JUDGED.code();
        }
    }
}
