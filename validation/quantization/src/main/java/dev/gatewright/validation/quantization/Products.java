// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** {@code MatMul} by a constant matrix, and {@code Gemm} where it is such a product and a sum. */
final class Products {
    private Products() {}

    /** The constant floats, of two dimensions or more, that {@code node} multiplies by; empty where it is no such product. */
    static Optional<Tensor> matrix(GraphRewrite rewrite, Node node) {
        return node.is("MatMul") || isPlainGemm(node)
                ? rewrite.weights(node.input(1))
                        .filter(matrix -> matrix.dimensions().size() >= 2)
                : Optional.empty();
    }

    private static boolean isPlainGemm(Node node) {
        return node.is("Gemm")
                && node.number("alpha", 1) == 1
                && node.number("beta", 1) == 1
                && node.integer("transA", 0) == 0;
    }

    /** Whether the constant matrix is stored column by column. */
    static boolean isTransposed(Node node) {
        return node.is("Gemm") && node.integer("transB", 0) != 0;
    }

    /** The name of the product: that of the result, unless something is added to it. */
    static String product(GraphRewrite rewrite, Node node) {
        return hasSummand(node) ? rewrite.fresh(node.output() + "_MatMul") : node.output();
    }

    /** Adds what a {@code Gemm} adds to its product. */
    static void addSummand(GraphRewrite rewrite, Node node, String product) {
        if (hasSummand(node)) {
            rewrite.place(Node.of(
                    "Add",
                    rewrite.fresh(node.label() + "_Add"),
                    List.of(product, node.input(2)),
                    List.of(node.output())));
        }
    }

    private static boolean hasSummand(Node node) {
        return node.is("Gemm") && !node.input(2).isEmpty();
    }
}
