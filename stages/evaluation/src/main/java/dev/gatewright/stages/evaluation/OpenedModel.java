// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.onnx.model.Dimension;
import dev.gatewright.validation.onnx.model.ModelDescription;
import dev.gatewright.validation.onnx.model.ValueInfo;
import dev.gatewright.validation.onnx.model.ValueType;
import java.util.List;

/** What a model that is there already says of its inputs. */
record OpenedModel(ModelDescription description) {
    /** The names of its inputs. */
    List<String> inputs() {
        return description.inputs().stream().map(ValueInfo::name).toList();
    }

    /** Whether an input takes texts. */
    boolean takesTexts(String input) {
        return description.inputs().stream()
                .anyMatch(info -> info.name().equals(input)
                        && info.type() instanceof ValueType.OfTensor tensor
                        && tensor.element() == dev.gatewright.validation.onnx.model.ElementType.STRING);
    }

    /** The elements of a row of an input; {@link Field.Matrix#ANY_WIDTH} where a dimension is open. */
    int width(String input) {
        for (ValueInfo info : description.inputs()) {
            if (info.name().equals(input) && info.type() instanceof ValueType.OfTensor tensor) {
                return width(tensor.shape().dimensions());
            }
        }
        return Field.Matrix.ANY_WIDTH;
    }

    private static int width(@org.jspecify.annotations.Nullable List<Dimension> dimensions) {
        if (dimensions == null) {
            return Field.Matrix.ANY_WIDTH;
        }
        long width = 1;
        for (Dimension dimension : dimensions.subList(Math.min(1, dimensions.size()), dimensions.size())) {
            if (!(dimension instanceof Dimension.Fixed fixed)) {
                return Field.Matrix.ANY_WIDTH;
            }
            width = Math.multiplyExact(width, fixed.size());
        }
        return Math.toIntExact(width);
    }

    /** A type of memory that cells of an input can be held against: numbers, or texts. */
    static ElementType elementType(boolean texts) {
        return texts ? ElementType.STRING : ElementType.FLOAT64;
    }
}
