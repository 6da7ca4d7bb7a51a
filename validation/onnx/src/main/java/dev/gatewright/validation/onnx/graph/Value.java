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

    /** A tensor of that shape; axes below 0 are open. */
    public static Value tensor(String name, ElementType type, long... dimensions) {
        Encoding shape = new Encoding();
        List<OptionalLong> told = new ArrayList<>();
        for (long dimension : dimensions) {
            boolean isOpen = dimension < 0;
            shape.message(1, isOpen ? new Encoding() : new Encoding().varint(1, dimension));
            told.add(isOpen ? OptionalLong.empty() : OptionalLong.of(dimension));
        }
        Encoding tensor = new Encoding().varint(1, type.code()).message(2, shape);
        Encoding declared = new Encoding().text(1, name).message(2, new Encoding().message(1, tensor));
        return new Value(name, type, told, declared);
    }
}
