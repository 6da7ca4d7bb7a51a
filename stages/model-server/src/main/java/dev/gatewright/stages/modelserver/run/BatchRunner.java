// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.run;

import dev.gatewright.validation.onnx.run.RunPlan;
import dev.gatewright.validation.onnx.run.worker.Failure;
import dev.gatewright.validation.onnx.run.worker.ServedModel;
import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs rows in the batches that the model was judged with: its own fixed ones, filled up with the last row, or else at most
 * {@value RunPlan#DEFAULT_BATCH} rows. Used by one thread.
 */
final class BatchRunner {
    private final ServedModel model;
    private final int batch;
    private final boolean isFixed;
    private final List<ByteBuffer> memory = new ArrayList<>();

    BatchRunner(ServedModel model) {
        this.model = model;
        int fixed = 0;
        for (ServedModel.Declared input : model.inputs()) {
            fixed = Math.max(fixed, Math.toIntExact(input.axes().get(0)));
        }
        this.isFixed = fixed > 0;
        this.batch = isFixed ? fixed : RunPlan.DEFAULT_BATCH;
    }

    /** Runs all rows of {@code inputs}. */
    List<ServedTensor> run(List<ServedTensor> inputs) throws Failure {
        int rows = inputs.get(0).rows();
        if (rows == batch || (rows < batch && !isFixed)) {
            return model.run(inputs);
        }
        List<List<ServedTensor>> answers = new ArrayList<>();
        for (int first = 0; first < rows; first += batch) {
            answers.add(runBatch(inputs, first, Math.min(rows, first + batch)));
        }
        List<ServedTensor> joined = new ArrayList<>();
        for (int output = 0; output < model.outputs().size(); output++) {
            List<ServedTensor> parts = new ArrayList<>();
            for (List<ServedTensor> answer : answers) {
                parts.add(answer.get(output));
            }
            joined.add(Tensors.joined(parts, rows, ByteBuffer::allocate));
        }
        return joined;
    }

    private List<ServedTensor> runBatch(List<ServedTensor> inputs, int first, int end) throws Failure {
        boolean fillsUp = isFixed && end - first < batch;
        List<ServedTensor> rows = new ArrayList<>();
        for (int input = 0; input < inputs.size(); input++) {
            ServedTensor cut = Tensors.rows(inputs.get(input), first, end);
            // In memory of its own: what is cut may lie in that of a gathered batch.
            rows.add(fillsUp ? joined(inputs.size() + input, List.of(cut), batch) : cut);
        }
        List<ServedTensor> answers = new ArrayList<>();
        for (ServedTensor answer : model.run(rows)) {
            answers.add(Tensors.rows(answer, 0, end - first));
        }
        return answers;
    }

    /** The rows of all {@code parts} in memory number {@code place} of this runner, which its next call takes again. */
    ServedTensor joined(int place, List<ServedTensor> parts, int rows) {
        return Tensors.joined(parts, rows, bytes -> memory(place, bytes));
    }

    private ByteBuffer memory(int place, int bytes) {
        while (memory.size() <= place) {
            memory.add(ByteBuffer.allocateDirect(0));
        }
        if (memory.get(place).capacity() < bytes) {
            memory.set(place, ByteBuffer.allocateDirect(bytes));
        }
        return memory.get(place).slice(0, bytes);
    }
}
