// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.quantization.WeightStore.Form;
import java.util.ArrayList;
import java.util.List;

/**
 * ONNX Runtime's {@code EmbedLayerNormalization} as {@code QEmbedLayerNormalization}: its tables of words, positions and segments,
 * its gamma and its beta become uint8.
 */
final class DynamicEmbedding implements DynamicOperator {
    private static final int WORDS = 2;
    private static final int SEGMENTS = 4;
    private static final int BETA = 6;
    private static final int MASK = 7;
    private static final int POSITIONS_OF_ROWS = 8;
    private static final int MOST_OUTPUTS = 2;

    private final DynamicRewrite graph;
    private final WeightStore weights;

    DynamicEmbedding(DynamicRewrite graph, WeightStore weights) {
        this.graph = graph;
        this.weights = weights;
    }

    /** The quantised operator takes no positions of the rows' own, and does not tell the sum before it is normalised. */
    @Override
    public boolean fits(Node node) {
        boolean fits = node.operator().equals("EmbedLayerNormalization")
                && node.domain().equals(GraphRewrite.RUNTIME)
                && node.input(POSITIONS_OF_ROWS).isEmpty()
                && node.outputs().size() <= MOST_OUTPUTS;
        for (int i = WORDS; i <= BETA; i++) {
            boolean isLeftOut = i == SEGMENTS && node.input(i).isEmpty();
            fits &= isLeftOut || graph.rewrite().weights(node.input(i)).isPresent();
        }
        return fits;
    }

    @Override
    public void rewrite(Node node) {
        GraphRewrite rewrite = graph.rewrite();
        List<String> inputs = new ArrayList<>(List.of(node.input(0), node.input(1)));
        List<String> scales = new ArrayList<>();
        List<String> zeros = new ArrayList<>();
        long elements = 0;
        for (int i = WORDS; i <= BETA; i++) {
            Quantized quantized = new Quantized("", "", "");
            if (!node.input(i).isEmpty()) {
                Tensor table = rewrite.weights(node.input(i)).orElseThrow();
                quantized = weights.put(table, Form.unsigned(table), node);
                elements += table.elements();
            }
            inputs.add(quantized.values());
            scales.add(quantized.scale());
            zeros.add(quantized.zero());
        }
        inputs.add(node.input(MASK));
        inputs.addAll(scales);
        inputs.addAll(zeros);
        rewrite.place(new Node(
                "QEmbedLayerNormalization",
                GraphRewrite.RUNTIME,
                rewrite.fresh(node.label() + "_quant"),
                inputs,
                node.outputs(),
                node.attributes(),
                node.rest()));
        rewrite.note(node, elements);
    }
}
