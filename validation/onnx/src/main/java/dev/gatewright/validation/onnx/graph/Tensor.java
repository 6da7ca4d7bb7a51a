// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import dev.gatewright.validation.onnx.model.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A tensor of a graph.
 *
 * @param name its name
 * @param type the type of its elements
 * @param dimensions its shape, outermost first; empty for a single number
 * @param values its elements: packed, little-endian, row by row, as {@code raw_data} has them; of strings, and of elements
 *     that are no bytes, the fields of the message as they stood
 * @param isRaw whether {@code values} are packed elements
 */
public record Tensor(String name, ElementType type, List<Long> dimensions, Content values, boolean isRaw) {
    /** Copies {@code dimensions}. */
    public Tensor {
        dimensions = List.copyOf(dimensions);
    }

    /** A tensor of packed elements. */
    public Tensor(String name, ElementType type, List<Long> dimensions, Content values) {
        this(name, type, dimensions, values, true);
    }

    /** A single float. */
    public static Tensor scalar(String name, float value) {
        byte[] bytes = new byte[Float.BYTES];
        little(bytes).putFloat(value);
        return new Tensor(name, ElementType.FLOAT, List.of(), Bytes.of(bytes));
    }

    /** A list of integers, of shape {@code [n]}. */
    public static Tensor longs(String name, long... values) {
        byte[] bytes = new byte[values.length * Long.BYTES];
        little(bytes).asLongBuffer().put(values);
        return new Tensor(name, ElementType.INT64, List.of((long) values.length), Bytes.of(bytes));
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The product of the dimensions. */
    public long elements() {
        long elements = 1;
        for (long dimension : dimensions) {
            elements = Math.multiplyExact(elements, dimension);
        }
        return elements;
    }

    /** The same values under another name. */
    public Tensor named(String other) {
        return new Tensor(other, type, dimensions, values, isRaw);
    }

    /** The same values in another shape. */
    public Tensor shaped(List<Long> other) {
        return new Tensor(name, type, other, values, isRaw);
    }
}
