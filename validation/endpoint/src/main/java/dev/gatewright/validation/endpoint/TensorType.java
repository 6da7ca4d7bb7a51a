// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

import java.util.List;

/**
 * What an input or an output is.
 *
 * @param shape of a row, without the axis of the rows; empty for a scalar a row
 */
public record TensorType(String name, Datatype datatype, List<Integer> shape) {
    /** The most elements of a row. */
    static final int MOST_ELEMENTS = 1 << 24;

    /** Keeps its own copy; refuses axes that no row has. */
    public TensorType {
        shape = List.copyOf(shape);
        long size = 1;
        for (int axis : shape) {
            size *= axis;
            if (axis < 1 || size > MOST_ELEMENTS) {
                throw new IllegalArgumentException(
                        "'" + name + "' has rows of the shape " + shape + ", which are none, or too large");
            }
        }
    }

    /** The elements of a row. */
    public int rowSize() {
        int size = 1;
        for (int axis : shape) {
            size *= axis;
        }
        return size;
    }
}
