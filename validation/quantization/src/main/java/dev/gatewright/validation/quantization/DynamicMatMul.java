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
        return (node.is("MatMul") || isPlainGemm(node))
                && graph.rewrite()
                        .weights(node.input(1))
                        .filter(matrix -> matrix.dimensions().size() >= 2)
                        .isPresent();
    }

    private static boolean isPlainGemm(Node node) {
        return node.is("Gemm")
                && node.number("alpha", 1) == 1
                && node.number("beta", 1) == 1
                && node.integer("transA", 0) == 0;
    }

    @Override
    public void rewrite(Node node) {
        GraphRewrite rewrite = graph.rewrite();
        Tensor matrix = rewrite.weights(node.input(1)).orElseThrow();
        boolean isTransposed = node.is("Gemm") && node.integer("transB", 0) != 0;
        Quantized factor = weights.put(matrix, form(matrix, isTransposed), node);
        Quantized input = graph.activation(node.input(0));
        boolean hasSummand = node.is("Gemm") && !node.input(2).isEmpty();
        String product = hasSummand ? rewrite.fresh(node.output() + "_MatMul") : node.output();
        String integers = rewrite.fresh(node.output() + "_output_quantized");
        rewrite.place(Node.of(
                "MatMulInteger",
                rewrite.fresh(node.label() + "_quant"),
                List.of(input.values(), factor.values(), input.zero(), factor.zero()),
                List.of(integers)));
        scale(rewrite, node, integers, input, factor, product);
        if (hasSummand) {
            graph.restore(node.input(2));
            rewrite.place(Node.of(
                    "Add",
                    rewrite.fresh(node.label() + "_Add"),
                    List.of(product, node.input(2)),
                    List.of(node.output())));
        }
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
