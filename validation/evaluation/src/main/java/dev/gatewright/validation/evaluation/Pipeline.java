// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.onnx.run.ModelRunner;
import dev.gatewright.validation.onnx.run.Slot;
import dev.gatewright.validation.onnx.run.WorkerFailure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Streams blocks of rows: read straight into the memory that the worker shares, run there while the next block is read,
 * counted when they come back. A second side gets a copy of each block.
 */
final class Pipeline {
    private final Side candidate;
    private final @Nullable Side second;
    private final boolean mirrors;
    private final RowFields fields;
    private final Selection selection;
    private final Scoring scoring;
    private final EvaluationListener listener;
    private final IdentityHashMap<Slot, RowBlock> blocks = new IdentityHashMap<>();
    private long judged;

    /**
     * @param second the other side; none where it has no run of its own
     * @param mirrors the candidate's answers are the other side's too
     */
    Pipeline(
            Side candidate,
            @Nullable Side second,
            boolean mirrors,
            RowFields fields,
            Selection selection,
            Scoring scoring,
            EvaluationListener listener) {
        this.candidate = candidate;
        this.second = second;
        this.mirrors = mirrors;
        this.fields = fields;
        this.selection = selection;
        this.scoring = scoring;
        this.listener = listener;
    }

    /** Streams all rows; {@code first} sees the first block before it is handed over. */
    void stream(RowReader reader, FirstBlock first) throws InterruptedException {
        ModelRunner runner = candidate.runner();
        boolean atStart = true;
        while (true) {
            if (runner.pending() == ModelEvaluation.SLOTS) {
                score();
            }
            Slot slot = runner.emptySlot();
            RowBlock block = blocks.computeIfAbsent(slot, this::blockOver);
            int rows = reader.read(block);
            if (rows == 0) {
                break;
            }
            fillStrings(block, fields, slot);
            if (atStart) {
                first.look(runner, slot, rows);
                atStart = false;
            }
            if (second != null) {
                submitCopy(second, block, rows);
            }
            runner.submit(slot, rows);
            if (rows < block.capacity()) {
                break;
            }
        }
        while (runner.pending() > 0) {
            score();
        }
    }

    /** Looks at a filled slot before it is submitted. */
    interface FirstBlock {
        /** {@code slot} is filled with {@code rows} rows. */
        void look(ModelRunner runner, Slot slot, int rows);
    }

    private void score() throws InterruptedException {
        ModelRunner runner = candidate.runner();
        Slot slot = runner.next();
        RowBlock block = blocks.get(slot);
        if (block == null) {
            throw new IllegalStateException("a slot came back that was never filled");
        }
        Answers answers = candidate.answers(slot, block.firstRow());
        if (second == null) {
            scoring.add(block, answers, mirrors ? answers : null);
        } else {
            scoreBoth(second, block, answers);
        }
        runner.release(slot);
        judged += block.rows();
        listener.judged(judged, selection.rowCount().orElse(0));
    }

    private void scoreBoth(Side other, RowBlock block, Answers answers) throws InterruptedException {
        try {
            Slot slot = other.runner().next();
            scoring.add(block, answers, other.answers(slot, block.firstRow()));
            other.runner().release(slot);
        } catch (WorkerFailure e) {
            throw failed(e);
        } catch (BadAnswerException e) {
            throw e.subject().equals(other.subject()) ? new ReferenceFailedException(e) : e;
        } catch (EvaluationFailedException e) {
            throw new ReferenceFailedException(e);
        }
    }

    private void submitCopy(Side other, RowBlock block, int rows) throws InterruptedException {
        try {
            ModelRunner runner = other.runner();
            Slot slot = runner.emptySlot();
            for (int i = 0; i < fields.features().size(); i++) {
                Field.Matrix matrix = fields.features().get(i);
                if (matrix.type() != ElementType.STRING) {
                    ByteBuffer from = block.memory(matrix);
                    slot.input(i)
                            .put(
                                    0,
                                    from,
                                    0,
                                    Math.multiplyExact(
                                            rows * block.width(matrix),
                                            matrix.type().bytes()));
                }
            }
            fillStrings(block, fields, slot);
            runner.submit(slot, rows);
        } catch (WorkerFailure e) {
            throw failed(e);
        }
    }

    private static RuntimeException failed(WorkerFailure e) {
        return e.kind() == WorkerFailure.Kind.INTERRUPTED ? e : new ReferenceFailedException(e);
    }

    private RowBlock blockOver(Slot slot) {
        return selection.newBlock(
                slot.capacity(),
                (matrix, bytes) -> matrix == fields.label()
                        ? ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder())
                        : slot.input(fields.features().indexOf(matrix)));
    }

    /** Hands over the texts of a block, which no memory shares. */
    static void fillStrings(RowBlock block, RowFields fields, Slot slot) {
        for (int i = 0; i < fields.features().size(); i++) {
            Field.Matrix matrix = fields.features().get(i);
            if (matrix.type() == ElementType.STRING) {
                String[] texts = block.texts(matrix);
                for (int element = 0; element < block.rows() * block.width(matrix); element++) {
                    slot.strings(i).set(element, texts[element]);
                }
            }
        }
    }
}
