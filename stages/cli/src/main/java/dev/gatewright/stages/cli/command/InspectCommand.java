// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.cli.render.ModelPage;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.RefusedModelException;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a model is, or why it is refused. No native code is run. */
@Command(
        description =
                "Shows a model's inputs, outputs, operators, sizes and digest; or why it is refused. Runs nothing of it.",
        mixinStandardHelpOptions = true)
public final class InspectCommand implements Callable<Integer> {
    private final Program program;

    @Parameters(paramLabel = "MODEL", description = "An ONNX file.")
    private Path model = Path.of("");

    @Option(
            names = "--format",
            defaultValue = "text",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    /** The forms of what is shown. */
    enum Format {
        text,
        json
    }

    /** The command of {@code program}. */
    public InspectCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        ModelFile file = open(model);
        ModelPage page = new ModelPage(file);
        program.surroundings().out().print(format == Format.json ? JsonWriter.pretty(page.toJson()) : page.text());
        return ExitCode.PASSED.code();
    }

    /** @throws InvalidRequestException if there is no such file, or the model is refused; it says why */
    static ModelFile open(Path model) {
        Place place = new Place(model.toString(), 1, 1);
        if (!Files.isRegularFile(model)) {
            throw new InvalidRequestException(List.of(
                    new Problem(place, "there is no such file; name an ONNX model", "gatewright inspect model.onnx")));
        }
        try {
            return ModelFile.open(model, SafetyLimits.strict());
        } catch (RefusedModelException e) {
            throw new InvalidRequestException(List.of(new Problem(place, String.valueOf(e.getMessage()), null)));
        }
    }
}
