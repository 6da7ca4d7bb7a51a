// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Attribute;
import dev.gatewright.validation.onnx.graph.Graph;
import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.OnnxGraph;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.onnx.graph.Value;
import dev.gatewright.validation.onnx.model.ElementType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A model that tells what flows through it. For each of the values to calibrate it has three outputs, at {@link #OUTPUTS}
 * times the value's place: the least number, the largest, and all numbers or only their sum. It takes one row at a time, or as
 * many as the model has to have.
 */
final class Probe {
    static final int OUTPUTS = 3;

    private final OnnxGraph model;
    private final Graph graph;
    private final Set<String> names;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Value> outputs = new ArrayList<>();

    private Probe(OnnxGraph model) {
        this.model = model;
        this.graph = model.graph();
        this.names = graph.names();
    }

    /** The floats that static quantisation may ask the range of, in the order of the graph. */
    static List<String> values(Graph graph) {
        FloatValues floats = new FloatValues(graph);
        Set<String> values = new LinkedHashSet<>();
        for (Node node : graph.nodes()) {
            if (node.domain().isEmpty() && StaticOperators.ALL.contains(node.operator())) {
                node.inputs().stream()
                        .filter(name ->
                                floats.isFloat(name) && !graph.initializers().containsKey(name))
                        .forEach(values::add);
                node.outputs().stream().filter(floats::isFloat).forEach(values::add);
            }
        }
        return List.copyOf(values);
    }

    /**
     * Turns {@code model} into its probe for {@code values}. Each output has the shape {@code [rows, numbers]}, where every row is
     * the same.
     *
     * @param onlyEnds whether the sum of all numbers is enough, which is NaN where one of them is; their ends are not, in ONNX
     *     Runtime
     */
    static void into(OnnxGraph model, List<String> values, boolean onlyEnds) {
        Probe probe = new Probe(model);
        long rows = probe.fixRows();
        String flat = probe.add(Tensor.longs(probe.fresh("probe_flat"), 1, -1));
        String copies = rows == 1 ? "" : probe.add(Tensor.longs(probe.fresh("probe_rows"), rows, 1));
        for (String value : values) {
            probe.output(probe.reduced("ReduceMin", value), flat, copies);
            probe.output(probe.reduced("ReduceMax", value), flat, copies);
            probe.output(onlyEnds ? probe.reduced("ReduceSum", value) : value, flat, copies);
        }
        model.graph().nodes().addAll(probe.nodes);
        model.graph().outputs().clear();
        model.graph().outputs().addAll(probe.outputs);
    }

    /** How many rows the probe takes: those of the model; one where it leaves that open, which is written down then. */
    private long fixRows() {
        long rows = 1;
        for (int i = 0; i < graph.inputs().size(); i++) {
            Value input = graph.inputs().get(i);
            List<OptionalLong> dimensions = input.dimensions();
            ElementType type = input.type();
            if (graph.initializers().containsKey(input.name()) || type == null || dimensions == null) {
                continue;
            }
            if (!dimensions.isEmpty() && dimensions.get(0).isPresent()) {
                rows = Math.max(rows, dimensions.get(0).getAsLong());
            } else if (!dimensions.isEmpty()) {
                long[] fixed =
                        dimensions.stream().mapToLong(size -> size.orElse(-1)).toArray();
                fixed[0] = 1;
                graph.inputs().set(i, Value.tensor(input.name(), type, fixed));
            }
        }
        return rows;
    }

    private String reduced(String operator, String value) {
        String reduced = fresh(value + "_" + operator);
        nodes.add(Node.of(operator, "", List.of(value), List.of(reduced), Attribute.of("keepdims", 0L)));
        return reduced;
    }

    private void output(String value, String flat, String copies) {
        String row = fresh(value + "_probe");
        nodes.add(Node.of("Reshape", "", List.of(value, flat), List.of(row)));
        String output = row;
        if (!copies.isEmpty()) {
            output = fresh(value + "_probes");
            nodes.add(Node.of("Expand", "", List.of(row, copies), List.of(output)));
        }
        outputs.add(Value.tensor(output, ElementType.FLOAT, -1, -1));
    }

    private String add(Tensor tensor) {
        model.graph().initializers().put(tensor.name(), tensor);
        return tensor.name();
    }

    private String fresh(String wanted) {
        String name = wanted;
        for (int i = 1; !names.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }
}
