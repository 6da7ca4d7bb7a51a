// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.evaluation.EvaluationRequest.Model;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.ModelRunner;
import dev.gatewright.validation.onnx.run.RunPlan;
import dev.gatewright.validation.onnx.run.Slot;
import dev.gatewright.validation.onnx.run.TensorSpec;
import dev.gatewright.validation.onnx.run.TensorView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The first rows of the data in a model's hands, which can be asked about them again and again. */
final class FirstRows implements AutoCloseable {
    private final Side side;
    private final Slot slot;
    private final RowFields fields;
    private final RunPlan plan;
    private final boolean fixesBatch;
    private final int rows;

    private FirstRows(Side side, Slot slot, RowFields fields, RunPlan plan, boolean fixesBatch, int rows) {
        this.side = side;
        this.slot = slot;
        this.fields = fields;
        this.plan = plan;
        this.fixesBatch = fixesBatch;
        this.rows = rows;
    }

    /**
     * Starts the model of {@code request} and reads as many rows as make a batch.
     *
     * @throws EvaluationFailedException if there are none
     */
    static FirstRows of(EvaluationRequest request) throws InterruptedException {
        Model model = (Model) request.subject();
        ModelFile file = ModelFile.open(model.model().path(), RunPlans.limits(request));
        RowFields fields = RowFields.ofModel(request, model, file.description());
        try (DataFile data = request.rows().open()) {
            Selection selection = Evaluator.select(data, fields.all());
            RunPlan plan = new RunPlans(request, fields, selection).of(file).withSlots(1, 1);
            Side side = Side.start("the model", file, model.model(), request, plan);
            try (RowReader reader = selection.open()) {
                Slot slot = side.runner().emptySlot();
                RowBlock block = SlotRows.block(selection, slot.capacity(), fields, slot);
                int rows = reader.read(block);
                if (rows == 0) {
                    throw new EvaluationFailedException(
                            "there are no rows in " + request.rows().path(), null);
                }
                SlotRows.fillStrings(fields, block, slot);
                return new FirstRows(side, slot, fields, plan, RowShapes.fixesBatch(file.description()), rows);
            } catch (RuntimeException | InterruptedException e) {
                side.close();
                throw e;
            }
        }
    }

    int rows() {
        return rows;
    }

    boolean fixesBatch() {
        return fixesBatch;
    }

    /** The inputs, in the model's order. */
    List<Field.Matrix> inputs() {
        return fields.features();
    }

    /** The axes of a row of an input. */
    List<Integer> shape(Field.Matrix input) {
        return plan.rowShapes().getOrDefault(input.name(), List.of());
    }

    /** The memory of an input of numbers, which may be changed between two questions. */
    ByteBuffer memory(int input) {
        return slot.input(input);
    }

    List<TensorSpec> outputs() throws InterruptedException {
        return side.runner().outputs();
    }

    /** The answers to the first {@code count} of the rows: an array an output, of numbers ({@code double}) or of texts. */
    List<Object> answers(int count) throws InterruptedException {
        ModelRunner runner = side.runner();
        runner.submit(slot, count);
        runner.next();
        List<Object> answers = new ArrayList<>();
        for (int i = 0; i < runner.outputs().size(); i++) {
            answers.add(copy(slot.output(i), count));
        }
        runner.release(slot);
        return answers;
    }

    /** The elements of {@code rows} rows. */
    static Object copy(TensorView view, int rows) {
        int elements = rows * view.spec().rowSize();
        if (view.spec().type() == ElementType.STRING) {
            String[] texts = new String[elements];
            for (int i = 0; i < elements; i++) {
                texts[i] = view.string(i);
            }
            return texts;
        }
        double[] numbers = new double[elements];
        for (int i = 0; i < elements; i++) {
            numbers[i] = view.real(i);
        }
        return numbers;
    }

    @Override
    public void close() {
        side.close();
    }
}
