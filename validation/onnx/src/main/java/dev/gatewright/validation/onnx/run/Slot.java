// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block of rows on its way through the worker. {@link ModelRunner#emptySlot()} hands it out, the caller fills its inputs and
 * submits it, {@link ModelRunner#next()} gives it back with its outputs, and {@link ModelRunner#release} ends the round.
 * Its memory must not be touched between submitting and coming back.
 */
public final class Slot {
    /** Where a slot stands in its round. */
    enum State {
        EMPTY,
        RUNNING,
        ANSWERED,
        TAKEN
    }

    private final int number;
    private final int capacity;
    private final List<Input> inputs;
    private List<TensorView> outputs = List.of();
    private State state = State.EMPTY;
    private int rows;

    /** The memory of an input: numbers or texts. */
    record Input(
            String name,
            ElementType type,
            int rowSize,
            @Nullable ByteBuffer numbers,
            @Nullable Texts texts) {}

    Slot(int number, int capacity, List<Input> inputs) {
        this.number = number;
        this.capacity = capacity;
        this.inputs = List.copyOf(inputs);
    }

    /** The most rows that it takes. */
    public int capacity() {
        return capacity;
    }

    /**
     * The shared memory of input {@code index} (in the model's order) in native byte order, row after row: {@code
     * capacity × elements of a row}, each of the type's carrier.
     *
     * @throws IllegalStateException if the input is of texts
     */
    public ByteBuffer input(int index) {
        Input input = inputs.get(index);
        if (input.numbers() == null) {
            throw new IllegalStateException("input '" + input.name() + "' holds texts");
        }
        return input.numbers();
    }

    /**
     * The elements of input {@code index} (in the model's order), which is of texts.
     *
     * @throws IllegalStateException if the input is of numbers
     */
    public Texts strings(int index) {
        Input input = inputs.get(index);
        if (input.texts() == null) {
            throw new IllegalStateException(
                    "input '" + input.name() + "' holds " + input.type().label());
        }
        return input.texts();
    }

    /** The answers in output {@code index}, in the order of {@link ModelRunner#outputs()}. */
    public TensorView output(int index) {
        if (state != State.TAKEN) {
            throw new IllegalStateException("a slot has outputs when ModelRunner.next() has given it back");
        }
        return outputs.get(index);
    }

    int number() {
        return number;
    }

    List<Input> inputs() {
        return inputs;
    }

    State state() {
        return state;
    }

    void setState(State next) {
        state = next;
    }

    int rows() {
        return rows;
    }

    void setRows(int count) {
        rows = count;
    }

    List<TensorView> outputs() {
        return outputs;
    }

    void setOutputs(List<TensorView> views) {
        outputs = List.copyOf(views);
    }
}
