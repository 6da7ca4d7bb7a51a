// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.evaluation.EvaluationRequest.Model;
import dev.gatewright.validation.onnx.model.Dimension;
import dev.gatewright.validation.onnx.model.ModelDescription;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.ValueInfo;
import dev.gatewright.validation.onnx.model.ValueType;
import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.RunPlan;
import dev.gatewright.validation.onnx.run.Slot;
import dev.gatewright.validation.onnx.run.TensorSpec;
import dev.gatewright.validation.onnx.run.TensorView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first rows of the data with the truth about them, what a model is fed, and all that it answers to each of them alone: what
 * another program that serves this model has to answer.
 *
 * @param inputs of the model, in its order
 * @param outputs of the model, in its order
 * @param columns the columns that feed each input, by the input's name, in the order of the file
 * @param digest the model's
 */
public record AnsweredRows(
        List<Tensor> inputs,
        List<Tensor> outputs,
        List<Row> rows,
        Map<String, List<String>> columns,
        String digest,
        ProbeRows.Read read) {
    /** The most elements of all rows. */
    private static final long MOST_ELEMENTS = 1L << 26;

    /**
     * An input or output.
     *
     * @param shape of a row, without the axis of the rows
     */
    public record Tensor(String name, ElementType type, List<Integer> shape) {
        /** Keeps its own copy. */
        public Tensor {
            shape = List.copyOf(shape);
        }
    }

    /** The truth about a row. */
    public sealed interface Truth {
        /** The name of its one class. */
        record OfClass(String name) implements Truth {}

        /** The names of its classes, where it has any number of them. */
        record OfClasses(List<String> names) implements Truth {
            /** Keeps its own copy. */
            public OfClasses {
                names = List.copyOf(names);
            }
        }

        /** Its number. */
        record OfNumber(double value) implements Truth {}
    }

    /**
     * A row.
     *
     * @param inputs the elements of each input: {@code double[]} of floats, {@code long[]} of integers, {@code String[]} of texts
     * @param outputs the same of each output
     */
    public record Row(Truth truth, List<Object> inputs, List<Object> outputs) {
        /** Keeps its own copies. */
        public Row {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * Runs the model of {@code request} on the first rows.
     *
     * @param most rows; fewer where there are fewer
     * @throws EvaluationFailedException if the model cannot be run on them, or they are too many to be kept
     * @throws InterruptedException if the thread was interrupted; everything that was started has been stopped
     */
    public static AnsweredRows of(EvaluationRequest request, int most) throws InterruptedException {
        return Evaluator.failingAlike(() -> {
            try (DataFile data = request.rows().open()) {
                BackgroundDigest digest = BackgroundDigest.of(data);
                try {
                    Reading reading = new Reading(request, (Model) request.subject(), data, most);
                    reading.run();
                    String sha256 = digest.get();
                    data.verifyUnchanged();
                    return reading.answered(
                            new ProbeRows.Read(request.rows().path(), data.size(), sha256, reading.rows.size()));
                } finally {
                    digest.cancel();
                }
            }
        });
    }

    /** One pass over the first rows. */
    private static final class Reading {
        private final EvaluationRequest request;
        private final Model model;
        private final int most;
        private final ModelFile file;
        private final RowFields fields;
        private final Selection selection;
        private final RunPlan plan;
        private final List<Row> rows = new ArrayList<>();
        private List<TensorSpec> outputs = List.of();

        Reading(EvaluationRequest request, Model model, DataFile data, int most) {
            this.request = request;
            this.model = model;
            this.most = most;
            this.file = ModelFile.open(model.model().path(), RunPlans.limits(request));
            this.fields = RowFields.ofModel(request, model, file.description());
            this.selection = Evaluator.select(data, fields.all());
            this.plan = new RunPlans(request, fields, selection).of(file).withSlots(1, 1);
        }

        /** A row goes alone, as a request does; a model that takes batches of one size only gets those. */
        void run() throws InterruptedException {
            ClassColumns.check(request.classes(), fields, selection);
            int together = RowShapes.fixesBatch(file.description()) ? RowShapes.batch(file.description()) : 1;
            try (Side side = Side.start("the model", file, model.model(), request, plan);
                    RowReader reader = selection.open()) {
                Slot slot = side.runner().emptySlot();
                RowBlock block = SlotRows.block(selection, Math.min(together, slot.capacity()), fields, slot);
                for (int read = reader.read(block); read > 0 && rows.size() < most; read = reader.read(block)) {
                    SlotRows.fillStrings(fields, block, slot);
                    side.runner().submit(slot, read);
                    side.runner().next();
                    outputs = side.runner().outputs();
                    take(block, slot, Math.min(read, most - rows.size()));
                    side.runner().release(slot);
                }
                file.verifyUnchanged();
            }
        }

        private void take(RowBlock block, Slot slot, int count) {
            List<TensorView> fed = new ArrayList<>();
            for (int i = 0; i < fields.features().size(); i++) {
                fed.add(fed(block, slot, i));
            }
            List<TensorView> answered = new ArrayList<>();
            for (int i = 0; i < outputs.size(); i++) {
                answered.add(slot.output(i));
            }
            long ofRow = 0;
            for (TensorView view : fed) {
                ofRow += view.spec().rowSize();
            }
            for (TensorView view : answered) {
                ofRow += view.spec().rowSize();
            }
            if (ofRow * (rows.size() + count) > MOST_ELEMENTS) {
                throw new EvaluationFailedException(
                        "a row has " + ofRow + " elements, and " + most + " of them are more than the " + MOST_ELEMENTS
                                + " that are kept; take fewer rows",
                        null);
            }
            for (int row = 0; row < count; row++) {
                int at = row;
                rows.add(new Row(
                        truth(block, row),
                        fed.stream().map(view -> elements(view, at)).toList(),
                        answered.stream().map(view -> elements(view, at)).toList()));
            }
        }

        private TensorView fed(RowBlock block, Slot slot, int input) {
            Field.Matrix matrix = fields.features().get(input);
            TensorSpec spec = new TensorSpec(matrix.name(), inputType(matrix.name()), block.width(matrix), List.of());
            return spec.type() == ElementType.STRING
                    ? TensorView.ofTexts(
                            spec, block.rows(), Arrays.copyOf(block.texts(matrix), block.rows() * block.width(matrix)))
                    : TensorView.ofNumbers(spec, block.rows(), slot.input(input));
        }

        private ElementType inputType(String name) {
            for (ValueInfo input : file.description().inputs()) {
                if (input.name().equals(name) && input.type() instanceof ValueType.OfTensor tensor) {
                    return ElementType.valueOf(tensor.element().name());
                }
            }
            throw new IllegalStateException("the fields feed inputs of the model: " + name);
        }

        private Truth truth(RowBlock block, int row) {
            if (fields.label() instanceof Field.ClassLabel ofOneClass) {
                return new Truth.OfClass(request.classes().get(block.codes(ofOneClass)[row]));
            }
            if (fields.label() instanceof Field.Matrix ones) {
                List<String> names = new ArrayList<>();
                for (int k = 0; k < request.classes().size(); k++) {
                    if (block.memory(ones).get(row * request.classes().size() + k) != 0) {
                        names.add(request.classes().get(k));
                    }
                }
                return new Truth.OfClasses(names);
            }
            return new Truth.OfNumber(block.numbers((Field.Scalar) fields.label())[row]);
        }

        private static Object elements(TensorView view, int row) {
            int size = view.spec().rowSize();
            int first = row * size;
            switch (view.spec().type().carrier()) {
                case STRING -> {
                    String[] texts = new String[size];
                    for (int i = 0; i < size; i++) {
                        texts[i] = view.string(first + i);
                    }
                    return texts;
                }
                case FLOAT, DOUBLE -> {
                    double[] reals = new double[size];
                    for (int i = 0; i < size; i++) {
                        reals[i] = view.real(first + i);
                    }
                    return reals;
                }
                default -> {
                    long[] wholes = new long[size];
                    for (int i = 0; i < size; i++) {
                        wholes[i] = view.integer(first + i);
                    }
                    return wholes;
                }
            }
        }

        AnsweredRows answered(ProbeRows.Read read) {
            List<Tensor> fed = new ArrayList<>();
            Map<String, List<String>> columns = new LinkedHashMap<>();
            for (Field.Matrix matrix : fields.features()) {
                fed.add(new Tensor(
                        matrix.name(),
                        inputType(matrix.name()),
                        plan.rowShapes().getOrDefault(matrix.name(), List.of())));
                columns.put(matrix.name(), selection.columns(matrix));
            }
            List<Tensor> said = new ArrayList<>();
            for (TensorSpec output : outputs) {
                said.add(new Tensor(output.name(), output.type(), shape(file.description(), output)));
            }
            return new AnsweredRows(fed, said, rows, columns, file.digest(), read);
        }

        /** The axes that the model declares, where those are all of a row; else its elements side by side. */
        private static List<Integer> shape(ModelDescription description, TensorSpec output) {
            for (ValueInfo info : description.outputs()) {
                List<Dimension> declared =
                        info.name().equals(output.name()) && info.type() instanceof ValueType.OfTensor tensor
                                ? tensor.shape().dimensions()
                                : null;
                if (declared != null && !declared.isEmpty()) {
                    List<Integer> shape = new ArrayList<>();
                    long size = 1;
                    for (Dimension axis : declared.subList(1, declared.size())) {
                        long length = axis instanceof Dimension.Fixed fixed ? fixed.size() : -1;
                        shape.add((int) length);
                        size = length < 1 || size < 0 ? -1 : size * length;
                    }
                    if (size == output.rowSize()) {
                        return shape;
                    }
                }
            }
            return List.of(output.rowSize());
        }
    }
}
