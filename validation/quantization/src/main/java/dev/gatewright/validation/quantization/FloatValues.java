// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Graph;
import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.Value;
import dev.gatewright.validation.onnx.model.ElementType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values of a graph are single-precision floats: as the model declares them; else by what ONNX's operators make of
 * their inputs.
 */
final class FloatValues {
    private static final Set<String> NEVER_FLOAT = Set.of(
            "And",
            "ArgMax",
            "ArgMin",
            "BitShift",
            "ConvInteger",
            "Equal",
            "Greater",
            "GreaterOrEqual",
            "IsInf",
            "IsNaN",
            "Less",
            "LessOrEqual",
            "MatMulInteger",
            "NonMaxSuppression",
            "NonZero",
            "Not",
            "Or",
            "QuantizeLinear",
            "Shape",
            "Size",
            "Xor");

    /** Their other outputs are indices or masks. */
    private static final Set<String> ONLY_FIRST = Set.of("Dropout", "MaxPool", "TopK", "Unique");

    private static final Set<String> OF_INPUT_ONE = Set.of("CastLike", "DequantizeLinear", "Where");
    private static final Set<String> MADE_FROM_NOTHING = Set.of("RandomNormal", "RandomUniform");

    private final Map<String, Boolean> known = new HashMap<>();

    FloatValues(Graph graph) {
        graph.initializers().values().forEach(tensor -> known.put(tensor.name(), tensor.type() == ElementType.FLOAT));
        for (List<Value> declared : List.of(graph.inputs(), graph.values(), graph.outputs())) {
            for (Value value : declared) {
                if (value.type() != null) {
                    known.put(value.name(), value.type() == ElementType.FLOAT);
                }
            }
        }
        graph.nodes().forEach(this::add);
    }

    private void add(Node node) {
        for (int i = 0; i < node.outputs().size(); i++) {
            String output = node.outputs().get(i);
            if (!output.isEmpty() && !known.containsKey(output)) {
                known.put(output, makesFloat(node, i));
            }
        }
    }

    private boolean makesFloat(Node node, int output) {
        boolean hasGraphs = node.attributes().stream()
                .anyMatch(attribute -> !attribute.graphs().isEmpty());
        if (hasGraphs) {
            throw new UnquantizableModelException(
                    "the model does not declare the type of '" + node.outputs().get(output)
                            + "', which " + node.operator() + " '" + node.label()
                            + "' makes; run ONNX's shape inference on it, which writes the types down");
        }
        String operator = node.operator();
        if (NEVER_FLOAT.contains(operator) || (ONLY_FIRST.contains(operator) && output > 0)) {
            return false;
        }
        if (OF_INPUT_ONE.contains(operator)) {
            return isFloat(node.input(1));
        }
        return switch (operator) {
            case "Cast" -> node.integer("to", 0) == ElementType.FLOAT.code();
            case "Constant", "ConstantOfShape" -> isFloatConstant(node);
            case "DynamicQuantizeLinear" -> output == 1;
            default ->
                node.inputs().stream().anyMatch(this::isFloat)
                        || (MADE_FROM_NOTHING.contains(operator)
                                && node.integer("dtype", ElementType.FLOAT.code()) == ElementType.FLOAT.code());
        };
    }

    private static boolean isFloatConstant(Node node) {
        return node.attribute("value")
                .map(value -> value.tensorType() == ElementType.FLOAT)
                .orElseGet(() -> node.is("ConstantOfShape")
                        || node.attribute("value_float").isPresent()
                        || node.attribute("value_floats").isPresent());
    }

    /** Whether {@code name} is a float. */
    boolean isFloat(String name) {
        return known.getOrDefault(name, false);
    }
}
