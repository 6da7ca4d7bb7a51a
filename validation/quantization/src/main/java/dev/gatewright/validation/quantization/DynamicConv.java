// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Attribute;
import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.quantization.WeightStore.Form;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code Conv} with constant kernels as {@code ConvInteger}, which has one step for all kernels. */
final class DynamicConv implements DynamicOperator {
    private final DynamicRewrite graph;
    private final WeightStore weights;

    DynamicConv(DynamicRewrite graph, WeightStore weights) {
        this.graph = graph;
        this.weights = weights;
    }

    @Override
    public boolean fits(Node node) {
        return node.is("Conv") && graph.rewrite().weights(node.input(1)).isPresent();
    }

    @Override
    public void rewrite(Node node) {
        GraphRewrite rewrite = graph.rewrite();
        Tensor kernels = rewrite.weights(node.input(1)).orElseThrow();
        Quantized factor = weights.put(kernels, Form.whole(kernels), node);
        Quantized input = graph.activation(node.input(0));
        boolean hasBias = !node.input(2).isEmpty();
        String product = hasBias ? rewrite.fresh(node.output() + "_without_bias") : node.output();
        String integers = rewrite.fresh(node.output() + "_output_quantized");
        rewrite.place(Node.of(
                "ConvInteger",
                rewrite.fresh(node.label() + "_quant"),
                List.of(input.values(), factor.values(), input.zero(), factor.zero()),
                List.of(integers),
                node.attributes().toArray(Attribute[]::new)));
        DynamicMatMul.scale(rewrite, node, integers, input, factor, product);
        if (hasBias) {
            addBias(node, product, kernels.dimensions().size());
        }
        rewrite.note(node, kernels.elements());
    }

    private void addBias(Node node, String product, int rank) {
        GraphRewrite rewrite = graph.rewrite();
        graph.restore(node.input(2));
        List<Long> shape = new ArrayList<>(Collections.nCopies(rank, 1L));
        shape.set(1, -1L);
        String wanted = rewrite.add(Tensor.longs(
                rewrite.fresh(node.output() + "_bias_reshape_shape"),
                shape.stream().mapToLong(Long::longValue).toArray()));
        String bias = rewrite.fresh(node.output() + "_bias_reshape_output");
        rewrite.place(Node.of("Reshape", rewrite.fresh(bias), List.of(node.input(2), wanted), List.of(bias)));
        rewrite.place(Node.of(
                "Add", rewrite.fresh(node.output() + "_bias_add"), List.of(product, bias), List.of(node.output())));
    }
}
