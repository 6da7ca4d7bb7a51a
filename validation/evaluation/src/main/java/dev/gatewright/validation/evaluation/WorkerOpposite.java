// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.onnx.run.ModelRunner;
import dev.gatewright.validation.onnx.run.Slot;
import dev.gatewright.validation.onnx.run.WorkerFailure;
import java.nio.ByteBuffer;

/** A model in a worker of its own, which gets a copy of each block. */
final class WorkerOpposite implements Opposite {
    private final Side side;
    private final RowFields fields;

    WorkerOpposite(Side side, RowFields fields) {
        this.side = side;
        this.fields = fields;
    }

    @Override
    public void submit(RowBlock block) throws InterruptedException {
        try {
            ModelRunner runner = side.runner();
            Slot slot = runner.emptySlot();
            for (int i = 0; i < fields.features().size(); i++) {
                Field.Matrix matrix = fields.features().get(i);
                if (matrix.type() != ElementType.STRING) {
                    ByteBuffer from = block.memory(matrix);
                    int elements = block.rows() * block.width(matrix);
                    slot.input(i)
                            .put(
                                    0,
                                    from,
                                    0,
                                    Math.multiplyExact(elements, matrix.type().bytes()));
                }
            }
            SlotRows.fillStrings(fields, block, slot);
            runner.submit(slot, block.rows());
        } catch (WorkerFailure e) {
            throw failed(e);
        }
    }

    @Override
    public void score(Scoring scoring, RowBlock block, Answers candidate) throws InterruptedException {
        try {
            Slot slot = side.runner().next();
            scoring.add(block, candidate, side.answers(slot, block.firstRow()));
            side.runner().release(slot);
        } catch (WorkerFailure e) {
            throw failed(e);
        } catch (BadAnswerException | EvaluationFailedException e) {
            throw Opposite.blame(e, side.subject());
        }
    }

    private static RuntimeException failed(WorkerFailure e) {
        return e.kind() == WorkerFailure.Kind.INTERRUPTED ? e : new ReferenceFailedException(e);
    }

    /** It was asked for just the rows that there are. */
    @Override
    public void finish() {}

    @Override
    public boolean hasScores() {
        return side.hasScores();
    }

    @Override
    public Evaluation.ModelRun describe() throws InterruptedException {
        return side.describe();
    }

    @Override
    public void close() {
        side.close();
    }
}
