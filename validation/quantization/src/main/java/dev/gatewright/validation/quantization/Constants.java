// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Attribute;
import dev.gatewright.validation.onnx.graph.Graph;
import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.OnnxGraph;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.onnx.graph.Value;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Floats that nodes {@code Constant} hold become tensors of the graph, as ONNX Runtime's optimiser has them, so that they can be
 * quantised like any other weights.
 */
final class Constants {
    private Constants() {}

    /** The graph of {@code model} with its constants among its tensors. */
    static OnnxGraph lifted(ModelFile model) throws IOException {
        OnnxGraph opened = OnnxGraph.open(model);
        Graph graph = opened.graph();
        Set<String> outputs = graph.outputs().stream().map(Value::name).collect(Collectors.toSet());
        graph.nodes().removeIf(node -> {
            Optional<Tensor> floats = floats(node);
            if (floats.isEmpty() || outputs.contains(node.output())) {
                return false;
            }
            graph.initializers().put(node.output(), floats.get().named(node.output()));
            return true;
        });
        return opened;
    }

    private static Optional<Tensor> floats(Node node) {
        return node.is("Constant") && node.outputs().size() == 1
                ? node.attribute("value").map(Attribute::floats)
                : Optional.empty();
    }
}
