// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import dev.gatewright.validation.onnx.run.wire.BadMessageException;
import dev.gatewright.validation.onnx.run.wire.Incoming;
import dev.gatewright.validation.onnx.run.wire.Kind;
import dev.gatewright.validation.onnx.run.wire.Outgoing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * How answers lie in the slots' memory, after the inputs.
 *
 * @param offsets where each output begins in a slot
 * @param slotBytes the bytes of a slot
 */
record OutputLayout(List<TensorSpec> specs, List<Long> offsets, long slotBytes) {
    /**
     * Reads what the worker says of the outputs.
     *
     * @param mostBytes the most bytes of all slots
     * @throws BadMessageException if they make no sense, or do not fit into memory
     */
    static OutputLayout read(Incoming message, int capacity, int slots, long mostBytes) throws BadMessageException {
        int count = message.number("the number of outputs", 1, InputSpec.MOST);
        List<TensorSpec> specs = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        long offset = 0;
        for (int i = 0; i < count; i++) {
            String name = message.text("an output's name", InputSpec.LONGEST_NAME);
            ElementType type = InputSpec.type(message.number());
            int rowSize = message.number("the size of a row", 1, Integer.MAX_VALUE / capacity);
            List<String> keys = message.texts("keys", rowSize, InputSpec.LONGEST_NAME);
            if (!keys.isEmpty() && keys.size() != rowSize) {
                throw new BadMessageException(keys.size() + " keys for rows of " + rowSize);
            }
            specs.add(new TensorSpec(name, type, rowSize, keys));
            offsets.add(offset);
            // Texts are no part of the memory, but each of them takes a reference here.
            long bytes = Math.max(Integer.BYTES, type.carrier().bytes());
            offset = SharedMemory.aligned(offset + (long) capacity * rowSize * bytes);
            if (offset > Integer.MAX_VALUE || offset * slots > mostBytes) {
                throw new BadMessageException("the outputs of a block of " + capacity + " rows take more than "
                        + Math.min(Integer.MAX_VALUE, mostBytes / slots) + " bytes");
            }
        }
        return new OutputLayout(List.copyOf(specs), List.copyOf(offsets), offset);
    }

    /** What tells the worker. */
    Outgoing message(long start) {
        Outgoing message = new Outgoing(Kind.MAP_OUTPUTS).longNumber(start).longNumber(slotBytes);
        for (long offset : offsets) {
            message.longNumber(offset);
        }
        return message;
    }

    /** Views of a slot's outputs over its memory. */
    List<TensorView> views(int capacity, ByteBuffer memory) {
        List<TensorView> views = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            TensorSpec spec = specs.get(i);
            int elements = capacity * spec.rowSize();
            boolean texts = spec.type() == ElementType.STRING;
            int bytes = elements * spec.type().carrier().bytes();
            ByteBuffer numbers =
                    memory.slice((int) (long) offsets.get(i), bytes).order(ByteOrder.nativeOrder());
            views.add(new TensorView(spec, numbers, new String[texts ? elements : 0]));
        }
        return views;
    }
}
