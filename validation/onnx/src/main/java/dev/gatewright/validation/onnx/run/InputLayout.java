// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import dev.gatewright.validation.onnx.run.wire.Kind;
import dev.gatewright.validation.onnx.run.wire.Outgoing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How rows lie in the slots' memory.
 *
 * @param batch the rows of a batch
 * @param wholeBatches whether the model takes no others
 * @param capacity the rows of a slot
 * @param slotBytes the bytes of a slot
 */
record InputLayout(int batch, boolean wholeBatches, int capacity, long slotBytes, List<Place> places) {
    /** Where an input lies in a slot. */
    record Place(InputSpec input, List<Integer> rowShape, int rowSize, long offset) {}

    private static final int MOST_ROWS = 1 << 24;

    /** @throws WorkerFailure if the model's inputs do not fit the plan, or not into memory */
    static InputLayout of(RunPlan plan, List<InputSpec> inputs, long memoryBytes) {
        checkNames(plan, inputs);
        long fixed = fixedBatch(inputs);
        long batch = fixed > 0 ? fixed : RunPlan.DEFAULT_BATCH;
        if (batch > MOST_ROWS / plan.batchesPerSlot()) {
            throw refused(
                    "takes " + batch + " rows at once, which is too many",
                    "export it with an open first axis, or a smaller one");
        }
        int capacity = (int) batch * plan.batchesPerSlot();
        List<Place> places = new ArrayList<>();
        long offset = 0;
        for (InputSpec input : inputs) {
            List<Integer> shape = rowShape(plan, input);
            long size = 1;
            for (int axis : shape) {
                size = Math.min(Integer.MAX_VALUE, size * axis);
            }
            places.add(new Place(input, shape, (int) size, offset));
            // No overflow: at most 2^24 rows of 2^31 elements of 8 bytes, and the sum is held against a limit each
            // time.
            offset = SharedMemory.aligned(
                    offset + capacity * size * input.type().carrier().bytes());
            if (offset > Integer.MAX_VALUE
                    || offset * plan.slots() > memoryBytes
                    || capacity * size > Integer.MAX_VALUE) {
                throw refused(
                        "takes more than " + offset + " bytes for a block of " + capacity + " rows, and the limit is "
                                + Math.min(Integer.MAX_VALUE, memoryBytes / plan.slots()),
                        "export it for a smaller batch, or give the worker more memory");
            }
        }
        return new InputLayout((int) batch, fixed > 0, capacity, offset, List.copyOf(places));
    }

    private static void checkNames(RunPlan plan, List<InputSpec> inputs) {
        List<String> names = inputs.stream().map(InputSpec::name).toList();
        if (inputs.isEmpty()) {
            throw refused("has no inputs", "export it with an input that takes the rows");
        }
        for (String name : plan.rowShapes().keySet()) {
            if (!names.contains(name)) {
                throw refused("has the inputs " + names + " and not '" + name + "'", "name its inputs as it does");
            }
        }
    }

    private static long fixedBatch(List<InputSpec> inputs) {
        long fixed = 0;
        for (InputSpec input : inputs) {
            long first = input.axes().isEmpty() ? -1 : input.axes().get(0);
            if (first == 0 || (first > 0 && fixed > 0 && first != fixed)) {
                throw refused(
                        "takes " + first + " rows of input '" + input.name() + "'"
                                + (fixed > 0 ? " and " + fixed + " of another" : ""),
                        "export it with the rows on the first axis of each input");
            }
            fixed = Math.max(fixed, first);
        }
        return fixed;
    }

    private static List<Integer> rowShape(RunPlan plan, InputSpec input) {
        List<Integer> planned = plan.rowShapes().get(input.name());
        List<Long> declared = input.axes().isEmpty()
                ? input.axes()
                : input.axes().subList(1, input.axes().size());
        if (planned == null) {
            List<Integer> shape = new ArrayList<>();
            for (long axis : declared) {
                if (axis < 1 || axis > Integer.MAX_VALUE) {
                    throw refused(
                            "leaves the shape " + input.axes() + " of input '" + input.name() + "' open",
                            "say what shape a row has");
                }
                shape.add((int) axis);
            }
            if (input.axes().isEmpty()) {
                throw refused(
                        "has the input '" + input.name() + "' without rows", "export it with a first axis of rows");
            }
            return shape;
        }
        boolean fits = input.axes().isEmpty() || planned.size() == declared.size();
        for (int i = 0; fits && i < declared.size(); i++) {
            fits = declared.get(i) < 0 || declared.get(i) == (long) planned.get(i);
        }
        if (!fits) {
            throw refused(
                    "takes rows of the shape " + declared + " (-1 is open) in input '" + input.name() + "', and not "
                            + planned,
                    "give it rows of its own shape");
        }
        return planned;
    }

    private static WorkerFailure refused(String what, String next) {
        return new WorkerFailure(
                WorkerFailure.Kind.REFUSED, "The model " + Plain.of(what, 1000) + ". Next: " + next + ".");
    }

    /** What tells the worker. */
    Outgoing message(Path path, int slots) {
        Outgoing message = new Outgoing(Kind.MAP_INPUTS)
                .text(path.toString())
                .number(batch)
                .number(capacity)
                .number(wholeBatches ? 1 : 0)
                .number(slots)
                .longNumber(slotBytes);
        for (Place place : places) {
            message.longNumber(place.offset()).number(place.rowShape().size());
            for (int axis : place.rowShape()) {
                message.number(axis);
            }
        }
        return message;
    }

    /** A slot over its memory. */
    Slot slot(int number, ByteBuffer memory) {
        List<Slot.Input> inputs = new ArrayList<>();
        for (Place place : places) {
            InputSpec input = place.input();
            boolean texts = input.type() == ElementType.STRING;
            int elements = capacity * place.rowSize();
            ByteBuffer numbers = memory.slice(
                            (int) place.offset(),
                            elements * input.type().carrier().bytes())
                    .order(ByteOrder.nativeOrder());
            inputs.add(new Slot.Input(
                    input.name(),
                    input.type(),
                    place.rowSize(),
                    texts ? null : numbers,
                    texts ? new Texts(elements) : null));
        }
        return new Slot(number, capacity, inputs);
    }
}
