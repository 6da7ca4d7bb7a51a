// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Attribute;
import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.quantization.WeightStore.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code LSTM} as {@code DynamicQuantizeLSTM}, whose weights have a step for each direction, or for each row of each
 * direction.
 *
 * <p>Weights {@code [directions, 4·hidden, n]} become {@code [directions, n, 4·hidden]}.
 */
final class DynamicLstm implements DynamicOperator {
    private static final int INPUTS = 8;

    private final DynamicRewrite graph;
    private final WeightStore weights;
    private final boolean perChannel;

    DynamicLstm(DynamicRewrite graph, WeightStore weights, boolean perChannel) {
        this.graph = graph;
        this.weights = weights;
        this.perChannel = perChannel;
    }

    @Override
    public boolean fits(Node node) {
        return node.is("LSTM")
                && node.integer("layout", 0) == 0
                && weights(node.input(1)).isPresent()
                && weights(node.input(2)).isPresent();
    }

    private Optional<Tensor> weights(String name) {
        return graph.rewrite()
                .weights(name)
                .filter(tensor -> tensor.dimensions().size() == 3);
    }

    @Override
    public void rewrite(Node node) {
        GraphRewrite rewrite = graph.rewrite();
        Tensor ofInput = weights(node.input(1)).orElseThrow();
        Tensor ofState = weights(node.input(2)).orElseThrow();
        Quantized input = weights.put(ofInput, form(ofInput), node);
        Quantized state = weights.put(ofState, form(ofState), node);
        List<String> inputs = new ArrayList<>();
        for (int i = 0; i < INPUTS; i++) {
            graph.restore(node.input(i));
            inputs.add(node.input(i));
        }
        inputs.set(1, input.values());
        inputs.set(2, state.values());
        inputs.addAll(List.of(input.scale(), input.zero(), state.scale(), state.zero()));
        List<Attribute> attributes = node.attributes().stream()
                .filter(attribute -> !attribute.name().equals("layout"))
                .toList();
        rewrite.useRuntimeOperators();
        rewrite.place(new Node(
                "DynamicQuantizeLSTM",
                GraphRewrite.RUNTIME,
                rewrite.fresh(node.label() + "_quant"),
                inputs,
                node.outputs(),
                attributes,
                node.rest()));
        rewrite.note(node, ofInput.elements() + ofState.elements());
    }

    private Form form(Tensor tensor) {
        List<Long> dimensions = tensor.dimensions();
        if (!perChannel) {
            return Form.along(tensor, 0).transposed();
        }
        long rows = dimensions.get(0) * dimensions.get(1);
        Form form = Form.along(tensor.shaped(List.of(rows, dimensions.get(2))), 0);
        return new Form(form.layout(), false, dimensions, dimensions.subList(0, 2), 0, 0, 0).transposed();
    }
}
