// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.onnx.run.RunPlan;
import java.util.List;

/** In which portions the selected rows go through a model. */
record RunPlans(EvaluationRequest request, RowFields fields, Selection selection) {
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int MOST_BATCHES = 64;

    /** The batches of a block, as many as lie well in memory. */
    int batchesOfBlock() {
        int rowBytes = 0;
        for (Field.Matrix matrix : fields.features()) {
            int width = selection.shape(matrix).stream().reduce(1, Math::multiplyExact);
            rowBytes += Math.multiplyExact(width, Math.max(1, matrix.type().bytes()));
        }
        return Math.max(1, Math.min(MOST_BATCHES, BLOCK_BYTES / Math.max(1, rowBytes) / RunPlan.DEFAULT_BATCH));
    }

    /** The plan for a model that these rows feed, in blocks of {@code blockRows}, whole batches of it. */
    RunPlan of(ModelFile file, int blockRows) {
        return of(file).withThreads(request.machine().threads())
                .withSlots(ModelEvaluation.SLOTS, blockRows / RowShapes.batch(file.description()));
    }

    /** The plan for a model that these rows feed, one batch at a time. */
    RunPlan of(ModelFile file) {
        RunPlan plan = RunPlan.of(file.path()).withDevice(request.machine().device());
        for (Field.Matrix matrix : fields.features()) {
            List<Integer> shape = RowShapes.of(file.description(), matrix, selection.shape(matrix));
            plan = plan.withRowShape(matrix.name(), shape.toArray(Integer[]::new));
        }
        return plan;
    }

    /** What a model may ask of the machine. */
    static SafetyLimits limits(EvaluationRequest request) {
        return SafetyLimits.strict().withMemoryBytes(request.machine().worker().memoryBytes());
    }
}
