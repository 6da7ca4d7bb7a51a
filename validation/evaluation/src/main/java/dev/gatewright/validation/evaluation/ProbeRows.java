// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.evaluation.EvaluationRequest.Model;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.run.ModelRunner;
import dev.gatewright.validation.onnx.run.RunPlan;
import dev.gatewright.validation.onnx.run.Slot;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;

/** The first rows of the data, run through a model whose outputs are no answers to the task, such as a probe. */
public final class ProbeRows {
    private static final int SLOTS = 3;

    private ProbeRows() {}

    /** Takes what a model made of a batch, in the order of the rows. */
    public interface Taker {
        /** {@code answered} is the slot's until this returns. */
        void take(Slot answered);
    }

    /**
     * What was read.
     *
     * @param rows that the model took; of the last ones those are left out that do not fill a batch of a model with a fixed one
     */
    public record Read(Path path, long bytes, String sha256, long rows) {}

    /**
     * Runs the model of {@code request} on the first rows, one batch at a time and without ONNX Runtime's optimiser.
     *
     * @param most rows
     * @throws EvaluationFailedException if the model cannot be run on them
     * @throws InterruptedException if the thread was interrupted; everything that was started has been stopped
     */
    public static Read run(EvaluationRequest request, int most, Taker taker) throws InterruptedException {
        return Evaluator.failingAlike(() -> {
            try (DataFile data = request.rows().open()) {
                BackgroundDigest digest = BackgroundDigest.of(data);
                try {
                    long rows = run(request, (Model) request.subject(), data, most, taker);
                    String sha256 = digest.get();
                    data.verifyUnchanged();
                    return new Read(request.rows().path(), data.size(), sha256, rows);
                } finally {
                    digest.cancel();
                }
            }
        });
    }

    private static long run(EvaluationRequest request, Model model, DataFile data, int most, Taker taker) {
        ModelFile file = ModelFile.open(model.model().path(), RunPlans.limits(request));
        RowFields fields = RowFields.ofModel(request, model, file.description());
        // The truth is not asked for: rows that a model is only run on may have none.
        Selection selection = Evaluator.select(data, List.copyOf(fields.features()));
        RunPlan plan = new RunPlans(request, fields, selection)
                .of(file)
                .withThreads(request.machine().threads())
                .withSlots(SLOTS, 1)
                .withoutOptimizer();
        boolean wholeBatches = RowShapes.fixesBatch(file.description());
        long rows = 0;
        try (ModelRunner runner = ModelRunner.start(plan, request.machine().worker());
                RowReader reader = selection.open()) {
            IdentityHashMap<Slot, RowBlock> blocks = new IdentityHashMap<>();
            boolean more = true;
            while (more) {
                if (runner.pending() == SLOTS) {
                    take(runner, taker);
                }
                Slot slot = runner.emptySlot();
                RowBlock block = blocks.computeIfAbsent(
                        slot, empty -> SlotRows.block(selection, empty.capacity(), fields, empty));
                int read = reader.read(block);
                more = read > 0 && rows + read <= most && !(wholeBatches && read < block.capacity());
                if (more) {
                    SlotRows.fillStrings(fields, block, slot);
                    runner.submit(slot, read);
                    rows += read;
                    more = rows < most;
                }
            }
            while (runner.pending() > 0) {
                take(runner, taker);
            }
            file.verifyUnchanged();
            return rows;
        }
    }

    private static void take(ModelRunner runner, Taker taker) {
        Slot answered = runner.next();
        taker.take(answered);
        runner.release(answered);
    }
}
