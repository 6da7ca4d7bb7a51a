// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import java.util.List;

/**
 * What an output of a model is.
 *
 * @param rowSize the elements of a row
 * @param keys what each element of a row stands for, where the output is a sequence of maps, in ascending order; empty for a
 *     tensor
 */
public record TensorSpec(String name, ElementType type, int rowSize, List<String> keys) {
    /** Keeps its own copy. */
    public TensorSpec {
        keys = List.copyOf(keys);
    }
}
