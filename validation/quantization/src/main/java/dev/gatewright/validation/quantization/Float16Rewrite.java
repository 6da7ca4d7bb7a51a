// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Attribute;
import dev.gatewright.validation.onnx.graph.Graph;
import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.OnnxGraph;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.onnx.model.ElementType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Half precision: nodes that read floats read halves and make halves; between them and those that are kept, and at the
 * model's inputs and outputs, stand casts.
 */
final class Float16Rewrite {
    /** Operators that have no halves in ONNX, or take no part of their inputs as such. */
    private static final Set<String> ALWAYS_KEPT = Set.of(
            "CumSum",
            "DequantizeLinear",
            "DynamicQuantizeLinear",
            "NonMaxSuppression",
            "QuantizeLinear",
            "Range",
            "Resize",
            "TfIdfVectorizer",
            "Upsample");

    private final GraphRewrite rewrite;
    private final Float16 scheme;
    private final FloatValues floats;
    private final Map<String, String> halves = new HashMap<>();
    private final Map<String, String> singles = new HashMap<>();
    private final Set<String> pinned = new HashSet<>();

    Float16Rewrite(OnnxGraph model, Float16 scheme, Set<String> excluded) {
        this.rewrite = new GraphRewrite(model, excluded);
        this.scheme = scheme;
        this.floats = new FloatValues(model.graph());
    }

    /** Quantises the graph; the answer is what was quantised. */
    List<QuantizedNode> apply() {
        Graph graph = rewrite.graph();
        graph.inputs().forEach(input -> singles.put(input.name(), input.name()));
        graph.initializers().keySet().forEach(name -> singles.put(name, name));
        graph.outputs().forEach(output -> pinned.add(output.name()));
        pinned.addAll(graph.readInside());
        for (Node node : List.copyOf(graph.nodes())) {
            if (isKept(node)) {
                keep(node);
            } else {
                convert(node);
            }
        }
        List<QuantizedNode> quantized = rewrite.finish();
        // Types were declared for singles; the runtime finds those of halves itself.
        graph.values().removeIf(value -> floats.isFloat(value.name()) && !singles.containsKey(value.name()));
        return quantized;
    }

    /** Nodes that read no floats stay; so do graphs inside nodes, which are copied as they are. */
    private boolean isKept(Node node) {
        boolean hasGraphs = node.attributes().stream()
                .anyMatch(attribute -> !attribute.graphs().isEmpty());
        boolean isKnown = node.domain().isEmpty() || node.domain().equals(GraphRewrite.RUNTIME);
        return hasGraphs
                || !isKnown
                || ALWAYS_KEPT.contains(node.operator())
                || scheme.keptOperators().contains(node.operator())
                || rewrite.isExcluded(node)
                || node.inputs().stream().noneMatch(floats::isFloat);
    }

    private void keep(Node node) {
        List<String> inputs = new ArrayList<>();
        for (String input : node.inputs()) {
            inputs.add(floats.isFloat(input) ? single(input) : input);
        }
        rewrite.place(node.withInputs(inputs));
        for (String output : node.outputs()) {
            if (floats.isFloat(output)) {
                singles.put(output, output);
            }
        }
    }

    private void convert(Node node) {
        List<String> inputs = new ArrayList<>();
        long weights = 0;
        for (String input : node.inputs()) {
            weights += rewrite.weights(input).map(Tensor::elements).orElse(0L);
            inputs.add(floats.isFloat(input) ? half(input) : input);
        }
        List<String> outputs = new ArrayList<>();
        for (String output : node.outputs()) {
            if (floats.isFloat(output)) {
                halves.put(output, pinned.contains(output) ? rewrite.fresh(output + "_fp16") : output);
                outputs.add(halves.get(output));
            } else {
                outputs.add(output);
            }
        }
        Node converted = node.withInputs(inputs).withOutputs(outputs);
        boolean makesFloats = node.is("Cast") && node.integer("to", 0) == ElementType.FLOAT.code();
        rewrite.place(makesFloats ? converted.withAttributes(List.of(to(ElementType.FLOAT16))) : converted);
        for (String output : node.outputs()) {
            if (floats.isFloat(output) && pinned.contains(output)) {
                cast(half(output), output, ElementType.FLOAT);
                singles.put(output, output);
            }
        }
        rewrite.note(node, weights);
    }

    /** The name of {@code name} as a half. */
    private String half(String name) {
        String known = halves.get(name);
        if (known != null) {
            return known;
        }
        String made = rewrite.fresh(name + "_fp16");
        Tensor tensor = rewrite.weights(name).orElse(null);
        if (tensor != null) {
            rewrite.add(new Tensor(made, ElementType.FLOAT16, tensor.dimensions(), new HalfWeight(tensor)));
        } else {
            cast(name, made, ElementType.FLOAT16);
        }
        halves.put(name, made);
        return made;
    }

    /** The name of {@code name} as a single. */
    private String single(String name) {
        String known = singles.get(name);
        if (known != null) {
            return known;
        }
        String made = rewrite.fresh(name + "_fp32");
        cast(half(name), made, ElementType.FLOAT);
        singles.put(name, made);
        return made;
    }

    private void cast(String from, String into, ElementType type) {
        rewrite.place(Node.of("Cast", rewrite.fresh(into + "_cast"), List.of(from), List.of(into), to(type)));
    }

    private static Attribute to(ElementType type) {
        return Attribute.of("to", (long) type.code());
    }
}
