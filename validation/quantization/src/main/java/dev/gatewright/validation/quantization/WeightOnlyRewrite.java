// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Attribute;
import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.OnnxGraph;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.onnx.model.ElementType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Weight-only quantisation: products with a constant matrix as {@code MatMulNBits}. */
final class WeightOnlyRewrite {
    private final GraphRewrite rewrite;
    private final WeightOnly scheme;
    private final Map<String, List<String>> known = new HashMap<>();

    WeightOnlyRewrite(OnnxGraph model, WeightOnly scheme, Set<String> excluded) {
        this.rewrite = new GraphRewrite(model, excluded);
        this.scheme = scheme;
    }

    /** Quantises the graph; the answer is what was quantised. */
    List<QuantizedNode> apply() {
        for (Node node : List.copyOf(rewrite.graph().nodes())) {
            Optional<Tensor> matrix = Products.matrix(rewrite, node)
                    .filter(tensor -> tensor.dimensions().size() == 2);
            if (rewrite.isExcluded(node) || matrix.isEmpty()) {
                rewrite.place(node);
            } else {
                quantize(node, matrix.get());
            }
        }
        return rewrite.finish();
    }

    private void quantize(Node node, Tensor tensor) {
        boolean isTransposed = Products.isTransposed(node);
        long rows = tensor.dimensions().get(isTransposed ? 1 : 0);
        long columns = tensor.dimensions().get(isTransposed ? 0 : 1);
        List<String> inputs = new ArrayList<>(List.of(node.input(0)));
        inputs.addAll(weight(node, tensor, isTransposed, (int) rows, (int) columns));
        rewrite.useRuntimeOperators();
        String product = Products.product(rewrite, node);
        rewrite.place(new Node(
                "MatMulNBits",
                GraphRewrite.RUNTIME,
                rewrite.fresh(node.label() + "_Q" + scheme.bits()),
                inputs,
                List.of(product),
                List.of(
                        Attribute.of("K", rows),
                        Attribute.of("N", columns),
                        Attribute.of("bits", (long) scheme.bits()),
                        Attribute.of("block_size", (long) scheme.blockSize())),
                node.rest()));
        Products.addSummand(rewrite, node, product);
        rewrite.note(node, tensor.elements());
    }

    private List<String> weight(Node node, Tensor tensor, boolean isTransposed, int rows, int columns) {
        String key = isTransposed + " " + tensor.name();
        List<String> before = known.get(key);
        if (before != null) {
            return before;
        }
        BlockedWeight weight = new BlockedWeight(
                () -> Matrix.of(tensor, isTransposed),
                rows,
                columns,
                scheme,
                "the weights '" + tensor.name() + "' of " + node.operator() + " '" + node.label() + "'");
        String name = tensor.name();
        long blocks = weight.blocks();
        List<String> names = new ArrayList<>();
        // In the order in which their contents are cheapest to write.
        names.add(rewrite.add(new Tensor(
                rewrite.fresh(name + "_Q" + scheme.bits()),
                ElementType.UINT8,
                List.of((long) columns, blocks, (long) weight.blockBytes()),
                weight.values())));
        names.add(rewrite.add(new Tensor(
                rewrite.fresh(name + "_scales"), ElementType.FLOAT, List.of((long) columns, blocks), weight.scales())));
        if (!scheme.symmetric()) {
            names.add(rewrite.add(new Tensor(
                    rewrite.fresh(name + "_zero_points"),
                    ElementType.UINT8,
                    List.of((long) columns, (long) weight.zeroBytes()),
                    weight.zeros())));
        }
        known.put(key, names);
        return names;
    }
}
