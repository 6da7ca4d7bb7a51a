// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.quantization.WeightStore.Form;
import java.util.ArrayList;
import java.util.List;

/** {@code Gather} from a constant table, which then holds uint8; what was gathered becomes floats where they are needed. */
final class DynamicGather implements DynamicOperator {
    private final DynamicRewrite graph;
    private final WeightStore weights;

    DynamicGather(DynamicRewrite graph, WeightStore weights) {
        this.graph = graph;
        this.weights = weights;
    }

    @Override
    public boolean fits(Node node) {
        return node.is("Gather") && graph.rewrite().weights(node.input(0)).isPresent();
    }

    @Override
    public void rewrite(Node node) {
        GraphRewrite rewrite = graph.rewrite();
        Tensor table = rewrite.weights(node.input(0)).orElseThrow();
        Quantized quantized = weights.put(table, Form.unsigned(table), node);
        passThrough(graph, node, quantized);
        rewrite.note(node, table.elements());
    }

    /** Places a node that only moves numbers, to move integers instead. */
    static void passThrough(DynamicRewrite graph, Node node, Quantized input) {
        String moved = graph.rewrite().fresh(node.output() + "_quantized");
        List<String> inputs = new ArrayList<>(node.inputs());
        inputs.set(0, input.values());
        graph.rewrite().place(node.withInputs(inputs).withOutputs(List.of(moved)));
        graph.putQuantized(node.output(), new Quantized(moved, input.scale(), input.zero()));
    }
}
