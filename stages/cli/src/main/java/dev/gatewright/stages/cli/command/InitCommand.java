// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.host.ExitCode;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.run.Folders;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problem;
import dev.gatewright.stages.api.spec.SpecReader;
import dev.gatewright.stages.cli.Program;
import dev.gatewright.stages.cli.init.Draft;
import dev.gatewright.stages.cli.init.Hints;
import dev.gatewright.stages.cli.init.ModelGuess;
import dev.gatewright.stages.cli.init.PredictionsGuess;
import dev.gatewright.stages.cli.init.SpecText;
import dev.gatewright.stages.cli.init.SuggestedGate;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.metrics.Task;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a working spec from a model and a data file. */
@Command(
        description = "Writes a working spec from a model, or from predictions, and a data file."
                + " It measures once: a bound is the end of a measured interval.",
        mixinStandardHelpOptions = true)
public final class InitCommand implements Callable<Integer> {
    private final Program program;

    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description =
                    "An ONNX model; or, alone, a file with labels and predictions (CSV, TSV, JSON Lines, NPZ, Parquet).")
    private Path model = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DATA",
            description = "Labelled rows that the model has not seen (CSV, TSV, JSON Lines, NPZ, Parquet).")
    private @Nullable Path data;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            split = ",",
            description =
                    "The column of the truth; of a multilabel-classification the columns (names, globs) with a 0 or 1 for each"
                            + " class.")
    private List<String> labels = List.of();

    @Option(names = "--prediction", paramLabel = "COLUMN", description = "The column of the answers, without a model.")
    private @Nullable String prediction;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "One of ${COMPLETION-CANDIDATES}.",
            completionCandidates = Tasks.class,
            converter = Tasks.class)
    private @Nullable Task task;

    @Option(
            names = "--classes",
            paramLabel = "CLASS",
            split = ",",
            description = "The classes, in the order of the model's scores.")
    private List<String> classes = List.of();

    @Option(
            names = "--input",
            paramLabel = "INPUT=COLUMNS",
            description = "The columns (names, globs) that feed an input of the model.")
    private Map<String, String> inputs = new LinkedHashMap<>();

    @Option(
            names = "--scores",
            paramLabel = "OUTPUT",
            description = "The model's output with the scores, if it has several.")
    private @Nullable String scores;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = SpecReader.FILE_NAME,
            description = "What to write; never over a file (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of(SpecReader.FILE_NAME);

    /** The tasks, as a spec spells them. */
    static final class Tasks extends java.util.ArrayList<String> implements CommandLine.ITypeConverter<Task> {
        private static final long serialVersionUID = 1;

        Tasks() {
            super(Arrays.stream(Task.values()).map(Task::spelling).toList());
        }

        @Override
        public Task convert(String text) {
            return Arrays.stream(Task.values())
                    .filter(task -> task.spelling().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.TypeConversionException(
                            "expected one of " + String.join(", ", this) + " but was '" + text + "'"));
        }
    }

    /** The command of {@code program}. */
    public InitCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        refuseToOverwrite();
        Draft draft = draft();
        Measured measured = measure(draft);
        Path folder = out.toAbsolutePath().normalize().getParent();
        String text = SpecText.of(measured.draft(), title(), measured.gates(), path -> written(path, folder));
        write(text);
        program.surroundings()
                .out()
                .println("wrote " + out + ": " + draft.name() + ", a "
                        + draft.task().spelling() + ", with " + measured.gates().size()
                        + (measured.gates().size() == 1 ? " gate" : " gates"));
        program.surroundings().out().println("Look at its bounds, then: gatewright run " + out);
        return ExitCode.PASSED.code();
    }

    private String title() {
        return "Written by gatewright init. Each bound is what was measured then: decide what it should be.";
    }

    private void refuseToOverwrite() {
        if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
            throw problem(out, "it is there already, and nothing is written over it", "--out another.yaml");
        }
    }

    private Draft draft() {
        Hints hints = new Hints(labels, prediction, task, classes, columnsOfInputs(), scores);
        Path rows = data == null ? model : data;
        boolean isModel = model.toString().endsWith(".onnx");
        if (isModel && data == null) {
            throw problem(
                    model,
                    "a model alone cannot be measured: name a file with labelled rows too",
                    "gatewright init " + model + " holdout.csv");
        }
        if (!isModel && data != null) {
            throw problem(
                    model,
                    "this is no .onnx file; name a model and a data file, or one file with labels and predictions",
                    "gatewright init model.onnx " + data);
        }
        try (DataFile file = DataFile.open(rows)) {
            return isModel
                    ? new ModelGuess(model, InspectCommand.open(model), file, hints).draft()
                    : new PredictionsGuess(file, hints).draft();
        } catch (BadDataException e) {
            throw problem(rows, String.valueOf(e.getMessage()), null);
        }
    }

    private Map<String, List<String>> columnsOfInputs() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        inputs.forEach((input, names) -> columns.put(input, List.of(names.split(",", -1))));
        return columns;
    }

    private record Measured(Draft draft, List<SuggestedGate> gates) {}

    /** Scores that are no probabilities are taken for logits, if that can be judged. */
    private Measured measure(Draft draft) throws IOException, InterruptedException {
        Attempt first = attempt(draft);
        Attempt last = first;
        if (first.gates().isEmpty()
                && draft.subject() instanceof Draft.Model given
                && given.hasScores()
                && draft.task().isClassification()) {
            last = attempt(draft.withLogits());
        }
        if (last.gates().isEmpty()) {
            throw new StageFailedException(
                    "nothing can be measured: " + first.cause(),
                    "name what was not guessed rightly, or write " + out + " by hand",
                    null);
        }
        return new Measured(last.draft(), last.gates());
    }

    private record Attempt(Draft draft, List<SuggestedGate> gates, String cause) {}

    private Attempt attempt(Draft draft) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("gatewright-init-");
        try {
            List<SuggestedGate> gates = SuggestedGate.toMeasure(draft);
            Path spec = folder.resolve(SpecReader.FILE_NAME);
            Files.writeString(spec, SpecText.of(draft, "To measure.", gates, Path::toAbsolutePath));
            try (RunSession session = RunSession.openAside(program, folder)) {
                session.run().runAll();
                Report report = session.report();
                return new Attempt(draft, SuggestedGate.of(gates, report.document()), session.cause());
            }
        } finally {
            Folders.delete(folder);
        }
    }

    /** A path as the spec names it: from the spec's folder. */
    private static Path written(Path path, @Nullable Path folder) {
        Path whole = path.toAbsolutePath().normalize();
        return path.isAbsolute() || folder == null ? whole : folder.relativize(whole);
    }

    private void write(String text) throws IOException {
        Path temporary = Files.createTempFile(
                Optional.ofNullable(out.toAbsolutePath().getParent()).orElse(Path.of("")), ".gatewright-", ".tmp");
        try {
            Files.writeString(temporary, text);
            Files.createLink(out, temporary);
        } catch (FileAlreadyExistsException e) {
            refuseToOverwrite();
            throw e;
        } catch (UnsupportedOperationException e) {
            Files.move(temporary, out);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static InvalidRequestException problem(Path file, String message, @Nullable String write) {
        return new InvalidRequestException(List.of(new Problem(new Place(file.toString(), 1, 1), message, write)));
    }
}
