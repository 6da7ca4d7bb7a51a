// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.quantization.WeightStore.Form;
import java.util.ArrayList;
import java.util.List;

/** ONNX Runtime's {@code Attention}, with its three projections in one matrix, as {@code QAttention}. */
final class DynamicAttention implements DynamicOperator {
    private final DynamicRewrite graph;
    private final WeightStore weights;
    private final boolean perChannel;

    DynamicAttention(DynamicRewrite graph, WeightStore weights, boolean perChannel) {
        this.graph = graph;
        this.weights = weights;
        this.perChannel = perChannel;
    }

    /** {@code QAttention} knows one size for queries, keys and values, and no inputs after the fifth. */
    @Override
    public boolean fits(Node node) {
        return node.operator().equals("Attention")
                && node.domain().equals(GraphRewrite.RUNTIME)
                && node.attribute("qkv_hidden_sizes").isEmpty()
                && node.inputs().size() <= 5
                && graph.rewrite()
                        .weights(node.input(1))
                        .filter(matrix -> matrix.dimensions().size() == 2)
                        .isPresent();
    }

    @Override
    public void rewrite(Node node) {
        GraphRewrite rewrite = graph.rewrite();
        Tensor matrix = rewrite.weights(node.input(1)).orElseThrow();
        Quantized factor = weights.put(matrix, perChannel ? Form.along(matrix, 1) : Form.whole(matrix), node);
        Quantized input = graph.activation(node.input(0));
        node.inputs().subList(2, node.inputs().size()).forEach(graph::restore);
        List<String> inputs = new ArrayList<>(List.of(input.values(), factor.values(), node.input(2)));
        inputs.addAll(
                List.of(input.scale(), factor.scale(), node.input(3), input.zero(), factor.zero(), node.input(4)));
        rewrite.place(new Node(
                "QAttention",
                GraphRewrite.RUNTIME,
                rewrite.fresh(node.label() + "_quant"),
                inputs,
                node.outputs(),
                node.attributes(),
                node.rest()));
        rewrite.note(node, matrix.elements());
    }
}
