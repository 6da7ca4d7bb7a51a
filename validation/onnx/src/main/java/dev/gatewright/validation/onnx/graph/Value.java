// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import dev.gatewright.validation.onnx.model.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a value: an input or output of the graph, or one inside it.
 *
 * @param type the type of a tensor's elements; null of what is no tensor, or not declared
 * @param dimensions a tensor's shape: numbers, or empty where one is open or has a name; null where the rank is open
 * @param message the declaration as it is written
 */
public record Value(
        String name, @Nullable ElementType type, @Nullable List<OptionalLong> dimensions, Content message) {
    /** Keeps its own copy. */
    public Value {
        dimensions = dimensions == null ? null : List.copyOf(dimensions);
    }

    /** A tensor of any shape of that rank; of any rank where {@code rank} is negative. */
    public static Value tensor(String name, ElementType type, int rank) {
        Encoding tensor = new Encoding().varint(1, type.code());
        List<OptionalLong> open = null;
        if (rank >= 0) {
            Encoding shape = new Encoding();
            open = new ArrayList<>();
            for (int axis = 0; axis < rank; axis++) {
                shape.message(1, new Encoding());
                open.add(OptionalLong.empty());
            }
            tensor.message(2, shape);
        }
        Encoding declared = new Encoding().text(1, name).message(2, new Encoding().message(1, tensor));
        return new Value(name, type, open, declared);
    }
}
