// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Content;
import dev.gatewright.validation.onnx.graph.Graph;
import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.OnnxGraph;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.onnx.model.ElementType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A graph while its nodes are replaced: the new nodes, new names that no other thing has, and constants. */
final class GraphRewrite {
    /** The domain of ONNX Runtime's own operators. */
    static final String RUNTIME = "com.microsoft";

    private final OnnxGraph model;
    private final Graph graph;
    private final Set<String> names;
    private final Set<String> excluded;
    private final List<Node> nodes = new ArrayList<>();
    private final List<QuantizedNode> quantized = new ArrayList<>();

    GraphRewrite(OnnxGraph model, Set<String> excluded) {
        this.model = model;
        this.graph = model.graph();
        this.names = graph.names();
        this.excluded = Set.copyOf(excluded);
    }

    Graph graph() {
        return graph;
    }

    /** The version of ONNX's own operators; 0 where the model uses none. */
    long opset() {
        return model.opsets().getOrDefault("", 0L);
    }

    /** Refuses a model whose version of ONNX's own operators is older than {@code least}. */
    void needOpset(long least, String scheme, String operator) {
        if (opset() < least) {
            throw new UnquantizableModelException("the model uses version " + opset() + " of ONNX's operators, and "
                    + scheme + " needs " + least + " or newer (" + operator + "); export it with a newer opset");
        }
    }

    /** Says that the model uses ONNX Runtime's own operators. */
    void useRuntimeOperators() {
        model.opsets().putIfAbsent(RUNTIME, 1L);
    }

    boolean isExcluded(Node node) {
        return excluded.contains(node.label());
    }

    /** {@code wanted}, or with a number at its end where that name is taken. */
    String fresh(String wanted) {
        String name = wanted;
        for (int i = 1; !names.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    /** New names for {@code name} as integers. */
    Quantized freshQuantized(String name) {
        return new Quantized(fresh(name + "_quantized"), fresh(name + "_scale"), fresh(name + "_zero_point"));
    }

    /**
     * Brings a quantised weight with the model: its integers, scales and zero points.
     *
     * @param dimensions the shape of the integers
     * @param steps the shape of scales and zero points
     * @param integers the integers of {@code weight}, in the order in which they are stored
     */
    Quantized add(String name, QuantizedWeight weight, List<Long> dimensions, List<Long> steps, Content integers) {
        Quantized made = freshQuantized(name);
        add(new Tensor(made.scale(), ElementType.FLOAT, steps, weight.scales()));
        add(new Tensor(made.zero(), weight.type(), steps, weight.zeros()));
        add(new Tensor(made.values(), weight.type(), dimensions, integers));
        return made;
    }

    /** The float tensor {@code name}, if it is constant and has elements. */
    Optional<Tensor> weights(String name) {
        return graph.constant(name).filter(tensor -> tensor.type() == ElementType.FLOAT && tensor.elements() > 0);
    }

    /** Brings a tensor with the model. */
    String add(Tensor tensor) {
        graph.initializers().put(tensor.name(), tensor);
        return tensor.name();
    }

    /** Places a node after those that were placed before. */
    void place(Node node) {
        nodes.add(node);
    }

    /** Notes that {@code node} was quantised. */
    void note(Node node, long weights) {
        quantized.add(new QuantizedNode(node.label(), node.operator(), weights));
    }

    /** Puts the new nodes in the place of the old ones, and drops what nothing reads any more. */
    List<QuantizedNode> finish() {
        graph.nodes().clear();
        graph.nodes().addAll(nodes);
        graph.dropUnread();
        Set<String> made = new HashSet<>();
        nodes.forEach(node -> made.addAll(node.outputs()));
        graph.values().removeIf(value -> !made.contains(value.name()));
        return List.copyOf(quantized);
    }
}
