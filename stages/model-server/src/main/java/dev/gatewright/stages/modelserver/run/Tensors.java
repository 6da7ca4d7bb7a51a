// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.run;

import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Rows of tensors, cut and put together. */
final class Tensors {
    private Tensors() {}

    /** Rows {@code first} to before {@code end}, in the same memory. */
    static ServedTensor rows(ServedTensor all, int first, int end) {
        if (first == 0 && end == all.rows()) {
            return all;
        }
        int size = all.rowSize();
        List<Long> shape = shape(all, end - first);
        if (all.type() == ElementType.STRING) {
            return new ServedTensor(
                    all.name(),
                    all.type(),
                    shape,
                    all.numbers(),
                    all.texts().subList(first * size, end * size),
                    all.keys());
        }
        int bytes = size * all.type().bytes();
        ByteBuffer numbers = all.numbers()
                .slice(all.numbers().position() + first * bytes, (end - first) * bytes)
                .order(ByteOrder.nativeOrder());
        return new ServedTensor(all.name(), all.type(), shape, numbers, List.of(), all.keys());
    }

    /**
     * The rows of all {@code parts}, one after the other, and the last row again until there are {@code rows} of them.
     *
     * @param memory gives so many bytes
     */
    static ServedTensor joined(List<ServedTensor> parts, int rows, IntFunction<ByteBuffer> memory) {
        ServedTensor first = parts.get(0);
        ServedTensor last = parts.get(parts.size() - 1);
        int size = first.rowSize();
        List<Long> shape = shape(first, rows);
        if (first.type() == ElementType.STRING) {
            List<String> texts = new ArrayList<>();
            parts.forEach(part -> texts.addAll(part.texts()));
            while (texts.size() < rows * size) {
                texts.add(texts.get(texts.size() - size));
            }
            return new ServedTensor(first.name(), first.type(), shape, first.numbers(), texts, first.keys());
        }
        int bytes = size * first.type().bytes();
        ByteBuffer numbers = memory.apply(rows * bytes).order(ByteOrder.nativeOrder());
        parts.forEach(part -> numbers.put(part.numbers().duplicate()));
        while (numbers.position() < rows * bytes) {
            numbers.put(last.numbers().slice(last.numbers().limit() - bytes, bytes));
        }
        return new ServedTensor(first.name(), first.type(), shape, numbers.flip(), List.of(), first.keys());
    }

    private static List<Long> shape(ServedTensor tensor, long rows) {
        List<Long> shape = new ArrayList<>(tensor.shape());
        shape.set(0, rows);
        return shape;
    }
}
