// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Attribute;
import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.onnx.model.ElementType;
import dev.gatewright.validation.quantization.WeightStore.Form;
import java.util.List;

/** {@code MatMul} by a constant matrix, and {@code Gemm} where it is a product and a sum, as {@code MatMulInteger}. */
final class DynamicMatMul implements DynamicOperator {
    private final DynamicRewrite graph;
    private final WeightStore weights;
    private final boolean perChannel;

    DynamicMatMul(DynamicRewrite graph, WeightStore weights, boolean perChannel) {
        this.graph = graph;
        this.weights = weights;
        this.perChannel = perChannel;
    }

    @Override
    public boolean fits(Node node) {
        return Products.matrix(graph.rewrite(), node).isPresent();
    }

    @Override
    public void rewrite(Node node) {
        GraphRewrite rewrite = graph.rewrite();
        Tensor matrix = Products.matrix(rewrite, node).orElseThrow();
        Quantized factor = weights.put(matrix, form(matrix, Products.isTransposed(node)), node);
        Quantized input = graph.activation(node.input(0));
        graph.restore(node.input(2));
        String product = Products.product(rewrite, node);
        String integers = rewrite.fresh(node.output() + "_output_quantized");
        rewrite.place(Node.of(
                "MatMulInteger",
                rewrite.fresh(node.label() + "_quant"),
                List.of(input.values(), factor.values(), input.zero(), factor.zero()),
                List.of(integers)));
        scale(rewrite, node, integers, input, factor, product);
        Products.addSummand(rewrite, node, product);
        rewrite.note(node, matrix.elements());
    }

    private Form form(Tensor matrix, boolean isTransposed) {
        int last = matrix.dimensions().size() - 1;
        if (isTransposed) {
            return (perChannel ? Form.along(matrix, 0) : Form.whole(matrix)).transposed();
        }
        return perChannel ? Form.along(matrix, last) : Form.whole(matrix);
    }

    /** Turns the integers of a product into floats: {@code result = integers × (input's scale × factor's scale)}. */
    static void scale(
            GraphRewrite rewrite, Node node, String integers, Quantized input, Quantized factor, String result) {
        String floats = rewrite.fresh(integers + "_cast_output");
        rewrite.place(Node.of(
                "Cast",
                rewrite.fresh(integers + "_cast"),
                List.of(integers),
                List.of(floats),
                Attribute.of("to", ElementType.FLOAT.code())));
        String scales = rewrite.fresh(node.label() + "_quant_scales_mul");
        rewrite.place(Node.of("Mul", scales, List.of(input.scale(), factor.scale()), List.of(scales + ":0")));
        rewrite.place(Node.of(
                "Mul",
                rewrite.fresh(node.label() + "_quant_output_scale_mul"),
                List.of(floats, scales + ":0"),
                List.of(result)));
    }
}
