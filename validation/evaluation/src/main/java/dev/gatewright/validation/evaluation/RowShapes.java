// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.onnx.model.Dimension;
import dev.gatewright.validation.onnx.model.ModelDescription;
import dev.gatewright.validation.onnx.model.ValueInfo;
import dev.gatewright.validation.onnx.model.ValueType;
import dev.gatewright.validation.onnx.run.RunPlan;
import java.util.ArrayList;
import java.util.List;

/** Fits what a row of the data is to what a row of a model's input is. */
final class RowShapes {
    private static final long OPEN = -1;

    private static final long MOST_ROWS = 1 << 24;

    private RowShapes() {}

    /**
     * The shape of a row of the input that {@code matrix} feeds.
     *
     * @param found the axes of a row in the data: those of an array, or the number of columns side by side
     * @throws EvaluationFailedException if it does not fit; an array whose axes differ is not reshaped, even where the number
     *     of values is the same
     */
    static List<Integer> of(ModelDescription model, Field.Matrix matrix, List<Integer> found) {
        List<Dimension> declared = declared(model, matrix.name());
        if (declared.isEmpty()) {
            return found;
        }
        List<Dimension> row = declared.subList(1, declared.size());
        boolean flat = found.size() == 1;
        boolean allFixed = row.stream().allMatch(Dimension.Fixed.class::isInstance);
        if (allFixed && flat) {
            // Columns side by side are the row in row-major order; their number was held against the model's already.
            return sizes(row);
        }
        boolean fits = found.size() == row.size();
        for (int i = 0; fits && i < row.size(); i++) {
            fits = !(row.get(i) instanceof Dimension.Fixed fixed) || fixed.size() == found.get(i);
        }
        if (!fits) {
            throw new EvaluationFailedException(
                    "a row of input '" + matrix.name() + "' has the shape " + row + " in the model and " + found
                            + " in the data; save the data with the model's axes",
                    null);
        }
        return found;
    }

    /** Whether the model takes batches of one size only. */
    static boolean fixesBatch(ModelDescription model) {
        return fixedBatch(model) != OPEN;
    }

    /** The rows of a batch: the model's own, or the usual. One that no model can have is refused when the model is run. */
    static int batch(ModelDescription model) {
        long fixed = fixedBatch(model);
        return fixed == OPEN ? RunPlan.DEFAULT_BATCH : (int) Math.max(1, Math.min(fixed, MOST_ROWS));
    }

    private static long fixedBatch(ModelDescription model) {
        for (ValueInfo input : model.inputs()) {
            List<Dimension> dimensions = declared(model, input.name());
            if (!dimensions.isEmpty() && dimensions.get(0) instanceof Dimension.Fixed fixed) {
                return fixed.size();
            }
        }
        return OPEN;
    }

    private static List<Dimension> declared(ModelDescription model, String input) {
        for (ValueInfo info : model.inputs()) {
            if (info.name().equals(input) && info.type() instanceof ValueType.OfTensor tensor) {
                List<Dimension> dimensions = tensor.shape().dimensions();
                return dimensions == null ? List.of() : dimensions;
            }
        }
        return List.of();
    }

    private static List<Integer> sizes(List<Dimension> fixed) {
        List<Integer> sizes = new ArrayList<>();
        for (Dimension dimension : fixed) {
            sizes.add(Math.toIntExact(((Dimension.Fixed) dimension).size()));
        }
        return sizes;
    }
}
