// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Attribute;
import dev.gatewright.validation.onnx.graph.Graph;
import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.OnnxGraph;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Dynamic quantisation: factors of products become int8, tables of {@code Gather} uint8, and what flows through becomes uint8
 * where an operator for integers takes it.
 */
final class DynamicRewrite {
    /** {@code DynamicQuantizeLinear} came with it. */
    private static final long LEAST_OPSET = 11;

    private final GraphRewrite rewrite;
    private final List<DynamicOperator> operators;
    private final Map<String, Quantized> activations = new HashMap<>();
    private final Set<String> onlyQuantized = new HashSet<>();

    DynamicRewrite(OnnxGraph model, DynamicInt8 scheme, Set<String> excluded) {
        this.rewrite = new GraphRewrite(model, excluded);
        WeightStore weights = new WeightStore(rewrite, scheme.reducedRange());
        this.operators = List.of(
                new DynamicMatMul(this, weights, scheme.perChannel()),
                new DynamicConv(this, weights),
                new DynamicGather(this, weights),
                new DynamicTranspose(this),
                new DynamicLstm(this, weights, scheme.perChannel()),
                new DynamicAttention(this, weights, scheme.perChannel()),
                new DynamicEmbedding(this, weights));
    }

    /** Quantises the graph; the answer is what was quantised. */
    List<QuantizedNode> apply() {
        rewrite.needOpset(LEAST_OPSET, "int8-dynamic", "DynamicQuantizeLinear");
        for (Node node : List.copyOf(rewrite.graph().nodes())) {
            DynamicOperator operator = operator(node);
            if (operator == null) {
                keep(node);
            } else {
                operator.rewrite(node);
            }
        }
        rewrite.graph().outputs().forEach(output -> restore(output.name()));
        return rewrite.finish();
    }

    private @Nullable DynamicOperator operator(Node node) {
        if (!rewrite.isExcluded(node)) {
            for (DynamicOperator operator : operators) {
                if (operator.fits(node)) {
                    return operator;
                }
            }
        }
        return null;
    }

    GraphRewrite rewrite() {
        return rewrite;
    }

    /** The value {@code name} as uint8, with the range of the batch. */
    Quantized activation(String name) {
        Quantized known = activations.get(name);
        if (known != null) {
            return known;
        }
        Quantized made = rewrite.freshQuantized(name);
        rewrite.place(Node.of(
                "DynamicQuantizeLinear", rewrite.fresh(name + "_QuantizeLinear"), List.of(name), made.inputs()));
        activations.put(name, made);
        return made;
    }

    /** Notes that {@code name} is there as integers only, until someone needs floats. */
    void putQuantized(String name, Quantized value) {
        activations.put(name, value);
        onlyQuantized.add(name);
    }

    /** Whether {@code name} is there as integers only. */
    boolean isOnlyQuantized(String name) {
        return onlyQuantized.contains(name);
    }

    /** Sees to it that {@code name} is there as floats. */
    void restore(String name) {
        Quantized value = activations.get(name);
        if (value != null && onlyQuantized.remove(name)) {
            rewrite.place(Node.of(
                    "DequantizeLinear", rewrite.fresh(name + "_DequantizeLinear"), value.inputs(), List.of(name)));
        }
    }

    private void keep(Node node) {
        node.inputs().forEach(this::restore);
        for (Attribute attribute : node.attributes()) {
            for (Graph inside : attribute.graphs()) {
                inside.read().forEach(this::restore);
            }
        }
        rewrite.place(node);
    }
}
