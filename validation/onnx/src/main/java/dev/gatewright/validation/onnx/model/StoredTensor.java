// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.util.List;

/**
 * A tensor that a model carries.
 *
 * @param name its name; may be empty where the tensor is no initializer
 * @param type the type of its elements
 * @param dimensions its shape, outermost first; empty for a single number
 * @param elements the product of the dimensions
 * @param bytes what the values take in the runtime's memory, dense
 * @param data where the values lie
 */
public record StoredTensor(
        String name, ElementType type, List<Long> dimensions, long elements, long bytes, TensorData data) {
    /** Copies {@code dimensions}. */
    public StoredTensor {
        dimensions = List.copyOf(dimensions);
    }
}
