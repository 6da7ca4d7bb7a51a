// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import dev.gatewright.validation.onnx.model.ElementType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of a node: its numbers where it has some, the graphs inside it, and its message as it is written.
 *
 * @param integer the value of an integer attribute, else 0
 * @param number the value of a float attribute, else 0
 * @param text the value of a text attribute, else empty
 * @param integers the values of a list of integers, else empty
 * @param tensorType the type of the elements of an attribute that is a tensor, else null
 * @param floats the tensor of an attribute that is one of floats, which lie in one piece, else null
 * @param graphs the graphs of an attribute such as {@code then_branch}, else empty; to be read, not to be changed
 */
public record Attribute(
        String name,
        long integer,
        float number,
        String text,
        List<Long> integers,
        @Nullable ElementType tensorType,
        @Nullable Tensor floats,
        List<Graph> graphs,
        Content message) {
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int INTS = 7;

    /** Keeps its own copies. */
    public Attribute {
        integers = List.copyOf(integers);
        graphs = List.copyOf(graphs);
    }

    /** An integer attribute. */
    public static Attribute of(String name, long value) {
        Encoding message = new Encoding().text(1, name).varint(3, value).varint(20, INT);
        return new Attribute(name, value, 0, "", List.of(), null, null, List.of(), message);
    }

    /** A float attribute. */
    public static Attribute of(String name, float value) {
        Encoding message = new Encoding().text(1, name).float32(2, value).varint(20, FLOAT);
        return new Attribute(name, 0, value, "", List.of(), null, null, List.of(), message);
    }

    /** A list of integers. */
    public static Attribute of(String name, long... values) {
        Encoding message = new Encoding().text(1, name);
        for (long value : values) {
            message.varint(8, value);
        }
        return new Attribute(
                name,
                0,
                0,
                "",
                Arrays.stream(values).boxed().toList(),
                null,
                null,
                List.of(),
                message.varint(20, INTS));
    }
}
