// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Node;

/** How one operator is quantised dynamically. */
interface DynamicOperator {
    /** Whether it can quantise {@code node}. */
    boolean fits(Node node);

    /** Places what stands for {@code node}. */
    void rewrite(Node node);
}
