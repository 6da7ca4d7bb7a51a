// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import dev.gatewright.validation.onnx.run.wire.BadMessageException;
import dev.gatewright.validation.onnx.run.wire.Incoming;
import java.util.ArrayList;
import java.util.List;

/**
 * An input as the worker describes it.
 *
 * @param axes an open one is -1
 */
record InputSpec(String name, ElementType type, List<Long> axes) {
    static final int LONGEST_NAME = 1 << 16;
    static final int MOST = 10_000;
    private static final int MOST_AXES = 64;

    static List<InputSpec> read(Incoming message) throws BadMessageException {
        int count = message.number("the number of inputs", 0, MOST);
        List<InputSpec> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = message.text("an input's name", LONGEST_NAME);
            ElementType type = type(message.number());
            int rank = message.number("the number of axes", 0, MOST_AXES);
            List<Long> axes = new ArrayList<>();
            for (int axis = 0; axis < rank; axis++) {
                axes.add(message.longNumber());
            }
            inputs.add(new InputSpec(name, type, List.copyOf(axes)));
        }
        return inputs;
    }

    static ElementType type(int code) throws BadMessageException {
        ElementType type = ElementType.ofCode(code);
        if (type == null) {
            throw new BadMessageException("an element type is " + code);
        }
        return type;
    }
}
