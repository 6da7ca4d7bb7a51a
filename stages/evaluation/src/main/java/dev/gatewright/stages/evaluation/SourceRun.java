// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.run.Folders;
import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.SourceSection;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.FileChangedException;
import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedOutput;
import dev.gatewright.validation.sourcemodels.FedTensor;
import dev.gatewright.validation.sourcemodels.RowTensors;
import dev.gatewright.validation.sourcemodels.SourceAnswer;
import dev.gatewright.validation.sourcemodels.SourceChild;
import dev.gatewright.validation.sourcemodels.SourceFailedException;
import dev.gatewright.validation.sourcemodels.SourceKind;
import dev.gatewright.validation.sourcemodels.SourceModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The spec's source model within a stage: fed all rows of a data set once, its answers at hand until it is closed.
 *
 * @param artifact the file or folder of the source as a report names it; none where a command brings its own
 * @param rows SHA-256 of the data set that was fed
 * @param work the files of the run, which closing deletes
 */
public record SourceRun(
        SourceSection section,
        SourceAnswer answer,
        List<FedTensor> fed,
        @Nullable Artifact artifact,
        String rows,
        Path work)
        implements AutoCloseable {
    /** What a source model is called among the inputs of a stage. */
    public static final String NAME = "source";

    private static final String LOG = "source.log";

    /** Whether the spec's model is a source, which is not ONNX yet. */
    public static boolean isOf(Spec spec) {
        return spec.model().source() != null;
    }

    /**
     * The source's answers to the rows of the data set {@code data}, which are prepared.
     *
     * @throws StageFailedException if there are none
     * @throws InterruptedException if the thread was interrupted; everything that was started has been stopped
     */
    static SourceRun predict(String data, StageRequest stage) throws InterruptedException {
        stage.progress().step("asking the source model on " + data);
        return run(data, 0, stage, SourceChild::predict);
    }

    /**
     * The same, and its form in ONNX.
     *
     * @param opset the operator set; 0 for the converter's newest that stock runtimes have
     */
    public static SourceRun export(String data, int opset, StageRequest stage) throws InterruptedException {
        stage.progress().step("exporting the source model");
        return run(data, opset, stage, SourceChild::export);
    }

    private interface Asking {
        SourceAnswer ask(SourceModel model, List<FedTensor> inputs, Path data, Path work) throws InterruptedException;
    }

    private static SourceRun run(String name, int opset, StageRequest stage, Asking asking)
            throws InterruptedException {
        Spec spec = stage.spec();
        SourceSection section = Objects.requireNonNull(spec.model().source(), "the spec has a source model");
        DataSection data = Objects.requireNonNull(spec.data().get(name), "the data set is there");
        Path rows = spec.resolve(data.path().value());
        Path work = stage.folder().resolve(NAME);
        try {
            Folders.delete(work);
            Path tensors = Files.createDirectories(work.resolve("tensors"));
            String digest;
            List<FedTensor> fed;
            try (DataFile file = DataFile.open(rows, DataSets.images(data))) {
                fed = RowTensors.write(file, Requests.features(data), types(section), Requests.missing(data), tensors);
                digest = file.digest();
                file.verifyUnchanged();
            }
            Artifact before = artifact(section, spec);
            if (before != null && before.bytes() == 0) {
                throw new StageFailedException(
                        before.path() + " is empty",
                        "let the training write it, or name another model.source.path",
                        null);
            }
            SourceAnswer answer = asking.ask(model(section, opset, spec), fed, rows, work);
            Artifact after = artifact(section, spec);
            if (!Objects.equals(before, after)) {
                throw new StageFailedException(
                        "the source model at " + section.path() + " changed while it was asked",
                        "start a new run",
                        null);
            }
            return new SourceRun(section, answer, fed, after, digest, work);
        } catch (SourceFailedException | BadDataException | FileChangedException e) {
            throw failed(stage, work, Withheld.sentence(e, stage.spec()), Withheld.cause(e, stage.spec()));
        } catch (IOException | UncheckedIOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while the source model was asked");
            }
            throw failed(stage, work, "the source model could not be asked: " + e.getMessage(), e);
        }
    }

    /** What the child printed is left beside the report. */
    private static StageFailedException failed(StageRequest stage, Path work, String what, Exception cause) {
        Path log = work.resolve("output.log");
        String next = "mend that and start the stage again";
        try {
            if (Files.isRegularFile(log)) {
                Files.write(stage.folder().resolve(LOG), Files.readAllBytes(log));
                next += "; the end of its output is in " + stage.folder().resolve(LOG);
            }
            Folders.delete(work);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new StageFailedException(what, next, cause);
    }

    private static @Nullable Artifact artifact(SourceSection section, Spec spec) throws IOException {
        Placed<Path> path = section.path();
        return path == null || !Files.exists(spec.resolve(path.value()))
                ? null
                : Artifact.of(NAME, spec.resolve(path.value()), spec.folder());
    }

    private static SourceModel model(SourceSection section, int opset, Spec spec) {
        Placed<Path> path = section.path();
        Placed<String> preprocess = section.preprocess();
        return new SourceModel(
                SourceKind.valueOf(section.kind().name()),
                path == null ? null : spec.resolve(path.value()),
                section.load(),
                section.command(),
                preprocess == null ? null : preprocess.value(),
                opset,
                spec.model().task().spelling(),
                spec.folder(),
                python(section.python(), spec),
                section.timeLimit());
    }

    /** A name is looked up in the path, as a shell does; what has a folder is taken from the spec's. */
    private static String python(String written, Spec spec) {
        return written.contains("/") || written.contains("\\")
                ? spec.resolve(Path.of(written)).toString()
                : written;
    }

    private static Map<String, ElementType> types(SourceSection section) {
        Map<String, ElementType> types = new TreeMap<>();
        section.types()
                .forEach((input, type) -> types.put(
                        input,
                        type == SourceSection.InputType.TEXT ? ElementType.STRING : ElementType.valueOf(type.name())));
        return types;
    }

    /** What the source answered, as an evaluation takes it. */
    public List<RecordedOutput> outputs() {
        return answer.outputs().stream()
                .map(output -> new RecordedOutput(output.name(), output.file()))
                .toList();
    }

    /**
     * Sees that the rows that were judged are those that the source was fed.
     *
     * @param inputs what was read, by digest
     * @throws StageFailedException if they are not
     */
    public void verifyRows(List<Artifact> inputs, String data) {
        for (Artifact input : inputs) {
            if (input.name().equals(data) && !input.sha256().equals(rows)) {
                throw new StageFailedException(
                        input.path() + " changed after the source model had answered it: its digest was " + rows
                                + " and is " + input.sha256(),
                        "start a new run",
                        null);
            }
        }
    }

    /** What the judgement rests on beside digests: who answered, and what was opened as a pickle. */
    public Json.Obj facts(Spec spec) {
        Json.Builder versions = Json.object();
        answer.versions().forEach(versions::put);
        return Json.object()
                .put("kind", section.kind().spelling())
                .put("versions", versions.build())
                .put(
                        "pickles",
                        Json.texts(answer.unpickled().stream()
                                .map(file -> Artifact.shown(Path.of(file), spec.folder()))
                                .toList()))
                .build();
    }

    /** Deletes the tensors and answers. */
    @Override
    public void close() {
        try {
            Folders.delete(work);
        } catch (IOException e) {
            throw new StageFailedException(work + " cannot be deleted: " + e.getMessage(), "look at the folder", e);
        }
    }
}
