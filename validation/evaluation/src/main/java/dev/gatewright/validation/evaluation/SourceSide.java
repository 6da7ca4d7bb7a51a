// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedModel;
import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedOutput;
import dev.gatewright.validation.onnx.run.ModelRunner;
import dev.gatewright.validation.onnx.run.Slot;
import dev.gatewright.validation.onnx.run.TensorView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All outputs of the model that another was made of, block by block. */
sealed interface SourceSide extends AutoCloseable {
    /** Hands the next block over. */
    void submit(RowBlock block) throws InterruptedException;

    /** Its outputs for the block that was submitted; valid until the next one is. */
    List<TensorView> answers(RowBlock block) throws InterruptedException;

    /** Sees that there are no answers beyond the rows. */
    void finish();

    @Override
    void close();

    /** What was recorded where it ran. */
    final class Recorded implements SourceSide {
        private final List<RecordedTensor> outputs = new ArrayList<>();

        Recorded(RecordedModel model, int rows) {
            try {
                for (RecordedOutput output : model.outputs()) {
                    outputs.add(RecordedTensor.open(output, rows));
                }
            } catch (BadDataException e) {
                close();
                throw new EvaluationFailedException("what the source answered cannot be read: " + e.getMessage(), e);
            }
        }

        @Override
        public void submit(RowBlock block) {}

        @Override
        public List<TensorView> answers(RowBlock block) {
            List<TensorView> views = new ArrayList<>();
            for (RecordedTensor output : outputs) {
                if (output.read() != block.rows()) {
                    throw new EvaluationFailedException(
                            "the source answered other rows with output '"
                                    + output.spec().name() + "' than the data have; let it answer each row once",
                            null);
                }
                views.add(output.view(block.rows()));
            }
            return views;
        }

        @Override
        public void finish() {
            if (outputs.stream().anyMatch(output -> output.read() > 0)) {
                throw new EvaluationFailedException(
                        "the source answered more rows than the data have; let it answer each row once", null);
            }
        }

        @Override
        public void close() {
            outputs.forEach(RecordedTensor::close);
        }
    }

    /** An ONNX model in a worker of its own. */
    final class Worker implements SourceSide {
        private final Side side;
        private final WorkerOpposite feeding;
        private @Nullable Slot answered;

        Worker(Side side, RowFields fields) {
            this.side = side;
            this.feeding = new WorkerOpposite(side, fields);
        }

        @Override
        public void submit(RowBlock block) throws InterruptedException {
            Slot before = answered;
            if (before != null) {
                side.runner().release(before);
            }
            feeding.submit(block);
        }

        @Override
        public List<TensorView> answers(RowBlock block) throws InterruptedException {
            ModelRunner runner = side.runner();
            Slot slot = runner.next();
            answered = slot;
            List<TensorView> views = new ArrayList<>();
            for (int i = 0; i < runner.outputs().size(); i++) {
                views.add(slot.output(i));
            }
            return views;
        }

        @Override
        public void finish() {}

        @Override
        public void close() {
            side.close();
        }
    }
}
