// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.data.rows.Glob;
import dev.gatewright.validation.endpoint.BadGoldenSetException;
import dev.gatewright.validation.endpoint.Datatype;
import dev.gatewright.validation.endpoint.Elements;
import dev.gatewright.validation.endpoint.GoldenRow;
import dev.gatewright.validation.endpoint.GoldenSet;
import dev.gatewright.validation.endpoint.Label;
import dev.gatewright.validation.endpoint.TensorType;
import dev.gatewright.validation.endpoint.Tolerance;
import dev.gatewright.validation.evaluation.AnsweredRows;
import dev.gatewright.validation.onnx.run.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Golden rows within a stage: made from the run's model and the spec's rows, read from a file, or taken from an earlier stage. */
public final class GoldenSets {
    /** What a golden file is called among the inputs and outputs of a stage. */
    public static final String NAME = "golden";

    private static final String FILE = "golden.json";

    private GoldenSets() {}

    /**
     * Golden rows, and what they came from.
     *
     * @param inputs what was read for them, as a report names it
     */
    public record Golden(GoldenSet set, List<Artifact> inputs) {
        /** Keeps its own copy. */
        public Golden {
            inputs = List.copyOf(inputs);
        }
    }

    /** Adds to {@code problems} all that is wrong with the section and can be known before any work. */
    public static void check(@Nullable GoldenSection section, Spec spec, Problems problems) {
        if (section == null) {
            return;
        }
        Placed<String> name = section.data();
        Placed<Path> path = section.path();
        if (name != null) {
            EvaluationSection.withoutGates(section.place(), name).checkRows(spec, problems);
            DataSection data = spec.data().get(name.value());
            if (data != null) {
                neverLeaving(data).ifPresent(column -> problems.add(name.place(), sentence(column)));
            }
        } else if (path != null && Files.isRegularFile(spec.resolve(path.value()))) {
            try {
                GoldenSet.read(spec.resolve(path.value()));
            } catch (BadGoldenSetException e) {
                problems.add(path.place(), String.valueOf(e.getMessage()));
            }
        }
    }

    /** A column that feeds the model and must never leave, as far as names tell without the file. */
    private static Optional<String> neverLeaving(DataSection data) {
        for (List<Placed<String>> columns : data.features().values()) {
            for (Placed<String> column : columns) {
                for (Placed<String> kept : data.neverLeave()) {
                    if (Glob.matches(kept.value(), column.value()) || Glob.matches(column.value(), kept.value())) {
                        return Optional.of(Glob.isGlob(column.value()) ? kept.value() : column.value());
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static String sentence(String column) {
        return "the model is fed by column '" + column
                + "', which never leaves, so that no golden row can be made of these rows; write golden.path with rows that"
                + " nobody minds";
    }

    /**
     * The golden rows of a stage.
     *
     * @param section what the spec says; none: the golden file of the nearest earlier stage that left one
     * @throws StageFailedException if there are none, a column of them must never leave, or they are not of the run's model
     * @throws InterruptedException if the thread was interrupted; everything that was started has been stopped
     */
    public static Golden of(@Nullable GoldenSection section, StageRequest stage) throws InterruptedException {
        if (section == null) {
            return ofEarlier(stage);
        }
        Placed<String> data = section.data();
        Placed<Path> path = section.path();
        if (data != null) {
            return made(data, section, stage);
        }
        if (path == null) {
            throw new IllegalStateException("an unchecked spec is run");
        }
        Golden read = read(stage.spec().resolve(path.value()), stage);
        Tolerance tolerance = section.tolerance();
        return tolerance == null ? read : new Golden(read.set().within(tolerance), read.inputs());
    }

    /** Leaves the golden file in the stage's folder, for the stages after it. */
    public static Artifact leave(GoldenSet set, StageRequest stage) throws InterruptedException {
        Path file = stage.folder().resolve(FILE);
        try {
            set.write(file);
            return Artifact.of(NAME, file, stage.spec().folder());
        } catch (IOException e) {
            DigestChain.throwIfInterrupted(e);
            throw new StageFailedException(
                    file + " cannot be written: " + e.getMessage(), "see to its disk, and start the stage again", e);
        }
    }

    private static Golden ofEarlier(StageRequest stage) throws InterruptedException {
        List<Report> nearestFirst = new ArrayList<>(stage.earlier());
        Collections.reverse(nearestFirst);
        for (Report earlier : nearestFirst) {
            for (Artifact output : earlier.outputs()) {
                if (output.name().equals(NAME)) {
                    Golden golden = read(stage.spec().resolve(Path.of(output.path())), stage);
                    DigestChain.verify(stage, golden.inputs());
                    return golden;
                }
            }
        }
        throw new StageFailedException(
                "there are no golden rows: the stage names none, and no earlier stage of the run left any",
                "write golden: {data: …, rows: 200}",
                null);
    }

    private static Golden read(Path file, StageRequest stage) throws InterruptedException {
        try {
            Artifact artifact = Artifact.of(NAME, file, stage.spec().folder());
            return new Golden(GoldenSet.read(file), List.of(artifact));
        } catch (BadGoldenSetException e) {
            throw new StageFailedException(String.valueOf(e.getMessage()), "mend that and start the stage again", e);
        } catch (IOException e) {
            DigestChain.throwIfInterrupted(e);
            throw new StageFailedException(
                    file + " cannot be read: " + e.getMessage(), "write golden.path as it is", e);
        }
    }

    private static Golden made(Placed<String> data, GoldenSection section, StageRequest stage)
            throws InterruptedException {
        EvaluationSection rows = EvaluationSection.withoutGates(section.place(), data);
        Evaluations.prepare(rows, false, stage);
        ModelOfRun model = ModelOfRun.of(stage);
        stage.progress().step("asking the judged model for golden answers to " + data.value());
        Requests requests = new Requests(rows, stage.spec(), new Problems());
        AnsweredRows answered = Evaluations.failingAsStages(
                stage.spec(),
                () -> AnsweredRows.of(
                        requests.ofForm(model.file().path(), List.of(), null, List.of(), stage), section.rows()));
        refuseWhatNeverLeaves(data.value(), answered, stage);
        if (!answered.digest().equals(model.file().digest())) {
            throw new StageFailedException(
                    model.file().path() + " changed while it was asked: its digest was "
                            + model.file().digest() + " and is " + answered.digest(),
                    "let nobody write it meanwhile, and start a new run",
                    null);
        }
        Artifact read = new Artifact(
                data.value(),
                Artifact.shown(answered.read().path(), stage.spec().folder()),
                answered.read().bytes(),
                answered.read().sha256());
        List<Artifact> inputs = List.of(model.artifact(stage.spec()), read);
        DigestChain.verify(stage, inputs);
        Tolerance tolerance = section.tolerance();
        try {
            return new Golden(set(data.value(), answered, tolerance == null ? Tolerance.USUAL : tolerance), inputs);
        } catch (BadGoldenSetException e) {
            throw new StageFailedException(
                    "no golden rows can be made of " + data.value() + ": " + e.getMessage(),
                    "see that the model answers these rows with numbers",
                    e);
        }
    }

    private static void refuseWhatNeverLeaves(String name, AnsweredRows answered, StageRequest stage) {
        DataSection data = stage.spec().data().get(name);
        for (Placed<String> kept : data == null ? List.<Placed<String>>of() : data.neverLeave()) {
            answered.columns()
                    .forEach((input, columns) -> columns.forEach(column -> {
                        if (Glob.matches(kept.value(), column)) {
                            throw new StageFailedException(sentence(column), "name other rows for golden", null);
                        }
                    }));
        }
    }

    private static GoldenSet set(String data, AnsweredRows answered, Tolerance tolerance) {
        List<TensorType> inputs =
                answered.inputs().stream().map(GoldenSets::type).toList();
        List<TensorType> outputs =
                answered.outputs().stream().map(GoldenSets::type).toList();
        List<GoldenRow> rows = new ArrayList<>();
        for (AnsweredRows.Row row : answered.rows()) {
            rows.add(new GoldenRow(
                    data + ":" + (rows.size() + 1),
                    tensors(inputs, row.inputs()),
                    label(row.truth()),
                    tensors(outputs, row.outputs())));
        }
        return new GoldenSet(answered.digest(), inputs, outputs, rows, tolerance);
    }

    private static Map<String, Elements> tensors(List<TensorType> types, List<Object> arrays) {
        Map<String, Elements> tensors = new HashMap<>();
        for (int i = 0; i < types.size(); i++) {
            Object array = arrays.get(i);
            tensors.put(
                    types.get(i).name(),
                    array instanceof double[] reals
                            ? new Elements.Reals(reals)
                            : array instanceof long[] wholes
                                    ? new Elements.Wholes(wholes)
                                    : new Elements.Texts(List.of((String[]) array)));
        }
        return tensors;
    }

    private static Label label(AnsweredRows.Truth truth) {
        if (truth instanceof AnsweredRows.Truth.OfNumber number) {
            return new Label.OfNumber(number.value());
        }
        return truth instanceof AnsweredRows.Truth.OfClass one
                ? new Label.OfClass(one.name())
                : new Label.OfClasses(((AnsweredRows.Truth.OfClasses) truth).names());
    }

    private static TensorType type(AnsweredRows.Tensor tensor) {
        return new TensorType(tensor.name(), datatype(tensor.type()), tensor.shape());
    }

    private static Datatype datatype(ElementType type) {
        return switch (type) {
            case FLOAT -> Datatype.FP32;
            case DOUBLE -> Datatype.FP64;
            case FLOAT16 -> Datatype.FP16;
            case BFLOAT16 -> Datatype.BF16;
            case STRING -> Datatype.BYTES;
            case BOOL -> Datatype.BOOL;
            case INT8 -> Datatype.INT8;
            case INT16 -> Datatype.INT16;
            case INT32 -> Datatype.INT32;
            case INT64 -> Datatype.INT64;
            case UINT8 -> Datatype.UINT8;
            case UINT16 -> Datatype.UINT16;
            case UINT32 -> Datatype.UINT32;
            case UINT64 -> Datatype.UINT64;
        };
    }
}
