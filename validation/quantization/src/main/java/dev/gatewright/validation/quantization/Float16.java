// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import java.util.Set;

/**
 * Numbers inside the model are IEEE 754 halves; its inputs and outputs stay as they are.
 *
 * @param keptOperators operators, such as {@code Softmax}, that go on computing in single precision
 */
public record Float16(Set<String> keptOperators) implements Scheme {
    /** Keeps its own copy. */
    public Float16 {
        keptOperators = Set.copyOf(keptOperators);
    }

    @Override
    public String spelling() {
        return "fp16";
    }
}
