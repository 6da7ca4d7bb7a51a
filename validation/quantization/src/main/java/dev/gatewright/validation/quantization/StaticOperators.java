// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Bytes;
import dev.gatewright.validation.onnx.graph.Graph;
import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.onnx.model.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What static quantisation does to each operator: the rules of {@code QDQRegistry} in onnxruntime/quantization/registry.py (1.32),
 * and the operators of its older form, whose inputs and outputs are all quantised.
 */
final class StaticOperators {
    /** All that is quantised, and so calibrated. */
    static final Set<String> ALL = Set.of(
            "Add",
            "ArgMax",
            "AveragePool",
            "BatchNormalization",
            "Clip",
            "Concat",
            "Conv",
            "ConvTranspose",
            "CumSum",
            "Flatten",
            "Gather",
            "GatherElements",
            "Gemm",
            "GlobalAveragePool",
            "InstanceNormalization",
            "LayerNormalization",
            "LeakyRelu",
            "MatMul",
            "MaxPool",
            "Mul",
            "Pad",
            "Relu",
            "Reshape",
            "Resize",
            "Sigmoid",
            "Slice",
            "Softmax",
            "Split",
            "Squeeze",
            "TopK",
            "Transpose",
            "Unsqueeze",
            "Where");

    private static final long LEAST_OF_MAX_POOL = 12;

    private final Graph graph;
    private final FloatValues floats;
    private final boolean perChannel;
    private final long opset;
    private final UnaryOperator<String> fresh;
    private final StaticMarks marks = new StaticMarks();

    StaticOperators(Graph graph, FloatValues floats, boolean perChannel, long opset, UnaryOperator<String> fresh) {
        this.fresh = fresh;
        this.graph = graph;
        this.floats = floats;
        this.perChannel = perChannel;
        this.opset = opset;
    }

    StaticMarks marks() {
        return marks;
    }

    /**
     * Marks the tensors of a node, which is neither excluded nor {@code Relu} or {@code Clip}; the answer is the node, with an
     * alias in place of a bias that is quantised.
     */
    Node mark(Node node) {
        switch (node.operator()) {
            case "Conv", "ConvTranspose", "Gemm" -> {
                return product(node);
            }
            case "MatMul" -> matMul(node);
            case "MaxPool" -> {
                if (opset >= LEAST_OF_MAX_POOL) {
                    moved(node);
                }
            }
            case "Reshape", "Transpose", "Squeeze", "Unsqueeze", "Flatten", "Resize", "AveragePool", "Slice", "TopK" ->
                moved(node);
            case "Pad" -> pad(node);
            case "Split" -> split(node);
            case "Gather", "GatherElements" -> gather(node);
            case "Where" -> where(node);
            case "InstanceNormalization", "LayerNormalization", "BatchNormalization" -> {
                return normalization(node);
            }
            default -> {
                node.inputs().forEach(this::activation);
                node.outputs().forEach(this::activation);
            }
        }
        return node;
    }

    /** Marks a value that flows through, if it is a float. */
    void activation(String tensor) {
        if (floats.isFloat(tensor)) {
            marks.activation(tensor);
        }
    }

    private void sameAs(String output, String input) {
        if (floats.isFloat(output)) {
            marks.sameAs(output, input);
        }
    }

    private void weight(String name, int axis) {
        Tensor tensor = graph.constant(name).orElse(null);
        if (tensor == null) {
            activation(name);
        } else if (tensor.type() == ElementType.FLOAT && tensor.elements() > 0) {
            marks.weight(name, perChannel && axis < tensor.dimensions().size() ? axis : -1);
        }
    }

    /** A bias that is scaled before it is added stays a float. */
    private Node bias(Node node) {
        String name = node.input(2);
        boolean isConstant = graph.constant(name)
                .filter(tensor -> tensor.type() == ElementType.FLOAT && tensor.elements() > 0)
                .isPresent();
        if (!isConstant || node.number("beta", 1) != 1 || !marks.isMarked(node.input(0))) {
            return node;
        }
        String alias = fresh.apply(name + "_of_" + node.label());
        marks.bias(alias, new StaticMarks.Bias(name, node.input(0), node.input(1)));
        List<String> inputs = new ArrayList<>(node.inputs());
        inputs.set(2, alias);
        return node.withInputs(inputs);
    }

    private Node product(Node node) {
        activation(node.input(0));
        activation(node.output());
        int axis = switch (node.operator()) {
            case "Conv" -> 0;
            case "ConvTranspose" -> 1;
            default -> node.integer("transB", 0) != 0 ? 0 : 1;
        };
        weight(node.input(1), axis);
        return bias(node);
    }

    private void matMul(Node node) {
        weight(node.input(0), 1);
        weight(node.input(1), 1);
        activation(node.output());
    }

    private void moved(Node node) {
        if (marks.isMarked(node.input(0))) {
            sameAs(node.output(), node.input(0));
        }
    }

    private void pad(Node node) {
        node.inputs().stream().filter(input -> !input.isEmpty()).forEach(this::activation);
        if (padsWithin(node)) {
            sameAs(node.output(), node.input(0));
        } else {
            activation(node.output());
        }
    }

    /** Whether what is added lies in the range of what was there: numbers from there, or 0, which every range holds. */
    private boolean padsWithin(Node node) {
        boolean isConstant = node.attribute("mode").isEmpty() || isConstantMode(node);
        if (!isConstant) {
            return true;
        }
        if (node.input(2).isEmpty()) {
            return node.number("value", 0) == 0;
        }
        Tensor value = graph.constant(node.input(2)).orElse(null);
        return value != null && value.elements() == 1 && isZero(value);
    }

    private static boolean isConstantMode(Node node) {
        return node.attribute("mode")
                .map(mode -> mode.text().equals("constant"))
                .orElse(true);
    }

    private static boolean isZero(Tensor value) {
        try {
            byte[] bytes = ((Bytes) value.values()).toArray();
            ByteBuffer bits = ByteBuffer.wrap(bytes);
            while (bits.hasRemaining()) {
                if ((bits.get() & 0x7F) != 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void split(Node node) {
        if (!marks.isMarked(node.input(0))) {
            activation(node.input(0));
        }
        node.outputs().forEach(output -> sameAs(output, node.input(0)));
    }

    private void gather(Node node) {
        boolean isTable = graph.constant(node.input(0))
                .filter(table -> table.type() == ElementType.FLOAT && table.elements() > 0)
                .isPresent();
        if (isTable) {
            activation(node.input(0));
        }
        if (isTable || marks.isMarked(node.input(0))) {
            sameAs(node.output(), node.input(0));
        }
    }

    private void where(Node node) {
        if (marks.isMarked(node.input(1)) && marks.isMarked(node.input(2))) {
            node.outputs().forEach(this::activation);
        }
    }

    private Node normalization(Node node) {
        activation(node.input(0));
        weight(node.input(1), 1);
        node.outputs().forEach(this::activation);
        return bias(node);
    }
}
