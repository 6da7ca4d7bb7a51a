// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.onnx.run.ModelRunner;
import dev.gatewright.validation.onnx.run.Slot;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Streams blocks of rows: read straight into the memory that the worker shares, run there while the next block is read,
 * counted when they come back. A second side answers the same blocks.
 */
final class Pipeline {
    private final Side candidate;
    private final @Nullable Opposite second;
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
            @Nullable Opposite second,
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
            RowBlock block =
                    blocks.computeIfAbsent(slot, empty -> SlotRows.block(selection, empty.capacity(), fields, empty));
            int rows = reader.read(block);
            if (rows == 0) {
                break;
            }
            SlotRows.fillStrings(fields, block, slot);
            if (atStart) {
                first.look(runner, slot, rows);
                atStart = false;
            }
            if (second != null) {
                second.submit(block);
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
            second.score(scoring, block, answers);
        }
        runner.release(slot);
        judged += block.rows();
        listener.judged(judged, selection.rowCount().orElse(0));
    }
}
