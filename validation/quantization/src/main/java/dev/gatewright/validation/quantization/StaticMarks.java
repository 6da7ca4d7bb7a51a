// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which tensors of a graph shall be quantised statically, and how. */
final class StaticMarks {
    private final Map<String, Mark> tensors = new LinkedHashMap<>();
    private final Map<String, Bias> biases = new LinkedHashMap<>();

    /**
     * How a tensor is quantised.
     *
     * @param isWeight int8 around zero; else as what flows through the model
     * @param axis the axis with a step for each index; -1 for one step
     * @param sharedWith the tensor whose step it takes; null for one of its own
     */
    record Mark(boolean isWeight, int axis, @Nullable String sharedWith) {}

    /** The tensor {@code name} as a bias, whose scale is the product of those of {@code input} and {@code weight}. */
    record Bias(String name, String input, String weight) {}

    void activation(String tensor) {
        tensors.putIfAbsent(tensor, new Mark(false, -1, null));
    }

    void sameAs(String tensor, String other) {
        tensors.put(tensor, new Mark(false, -1, other));
    }

    void weight(String tensor, int axis) {
        if (axis < 0) {
            tensors.putIfAbsent(tensor, new Mark(true, -1, null));
        } else {
            tensors.put(tensor, new Mark(true, axis, null));
        }
    }

    /** {@code alias} is what the one node reads in the bias's place: each has its own, since inputs differ. */
    void bias(String alias, Bias bias) {
        biases.put(alias, bias);
    }

    void drop(String tensor) {
        tensors.remove(tensor);
    }

    boolean isMarked(String tensor) {
        return tensors.containsKey(tensor);
    }

    Map<String, Mark> tensors() {
        return tensors;
    }

    Map<String, Bias> biases() {
        return biases;
    }
}
