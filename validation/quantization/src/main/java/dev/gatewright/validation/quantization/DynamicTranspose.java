// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Node;

/** {@code Transpose} of what is there as integers only moves those. */
final class DynamicTranspose implements DynamicOperator {
    private final DynamicRewrite graph;

    DynamicTranspose(DynamicRewrite graph) {
        this.graph = graph;
    }

    @Override
    public boolean fits(Node node) {
        return node.is("Transpose") && graph.isOnlyQuantized(node.input(0));
    }

    @Override
    public void rewrite(Node node) {
        DynamicGather.passThrough(graph, node, graph.activation(node.input(0)));
    }
}
