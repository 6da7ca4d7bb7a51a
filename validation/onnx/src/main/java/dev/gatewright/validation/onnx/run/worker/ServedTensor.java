// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

import dev.gatewright.validation.onnx.run.ElementType;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A tensor that is fed to a {@link ServedModel}, or comes out of it.
 *
 * @param shape its axes, the rows first
 * @param numbers its elements in the type's own form, in native byte order, from position to limit; direct where it is fed.
 *     Empty for texts
 * @param texts its elements where they are texts; else empty
 * @param keys what each element of a row stands for, where the model answers with a sequence of maps; else empty
 */
public record ServedTensor(
        String name, ElementType type, List<Long> shape, ByteBuffer numbers, List<String> texts, List<String> keys) {
    /** Keeps its own copies of the lists; the memory stays that of the caller. */
    public ServedTensor {
        shape = List.copyOf(shape);
        texts = List.copyOf(texts);
        keys = List.copyOf(keys);
    }

    /** A tensor over {@code numbers}. */
    public static ServedTensor ofNumbers(String name, ElementType type, List<Long> shape, ByteBuffer numbers) {
        return new ServedTensor(name, type, shape, numbers, List.of(), List.of());
    }

    /** A tensor of {@code texts}. */
    public static ServedTensor ofTexts(String name, List<Long> shape, List<String> texts) {
        return new ServedTensor(name, ElementType.STRING, shape, ByteBuffer.allocate(0), texts, List.of());
    }

    /** The size of the first axis. */
    public int rows() {
        return Math.toIntExact(shape.get(0));
    }

    /** The elements of a row; 0 where there are no rows. */
    public int rowSize() {
        return rows() == 0 ? 0 : elements() / rows();
    }

    /** All elements. */
    public int elements() {
        return type == ElementType.STRING ? texts.size() : numbers.remaining() / type.bytes();
    }
}
