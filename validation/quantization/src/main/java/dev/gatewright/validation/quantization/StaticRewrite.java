// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Attribute;
import dev.gatewright.validation.onnx.graph.Graph;
import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.OnnxGraph;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.onnx.model.ElementType;
import dev.gatewright.validation.quantization.Ranges.Range;
import dev.gatewright.validation.quantization.StaticMarks.Bias;
import dev.gatewright.validation.quantization.StaticMarks.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Static quantisation in QDQ form: operators stay, and between them stand pairs of {@code QuantizeLinear} and {@code
 * DequantizeLinear}, which a runtime melts into operators for integers.
 */
final class StaticRewrite {
    private static final long LEAST_OPSET = 11;

    /** Steps along an axis came with it. */
    private static final long LEAST_OPSET_PER_CHANNEL = 13;

    private static final Set<String> WITH_WEIGHTS = Set.of(
            "BatchNormalization",
            "Conv",
            "ConvTranspose",
            "Gather",
            "Gemm",
            "InstanceNormalization",
            "LayerNormalization",
            "MatMul");

    private final GraphRewrite rewrite;
    private final StaticInt8 scheme;
    private final Graph graph;
    private final List<Node> nodes;
    private final StaticRanges ranges;
    private final StaticOperators operators;
    private final StaticMarks marks;
    private final Set<String> pinned = new HashSet<>();
    private final Set<String> inside = new HashSet<>();
    private final Map<String, Quantized> names = new HashMap<>();
    private final Map<String, QuantizedWeight> weights = new HashMap<>();
    private final Map<String, String> read = new HashMap<>();
    private final Map<String, String> written = new HashMap<>();

    StaticRewrite(OnnxGraph model, StaticInt8 scheme, Set<String> excluded) {
        this.rewrite = new GraphRewrite(model, excluded);
        this.scheme = scheme;
        this.graph = model.graph();
        this.nodes = new ArrayList<>(graph.nodes());
        this.ranges = new StaticRanges(scheme.ranges(), nodes, this::isQuantized);
        this.operators = new StaticOperators(
                graph, new FloatValues(graph), scheme.perChannel(), rewrite.opset(), rewrite::fresh);
        this.marks = operators.marks();
    }

    private boolean isQuantized(Node node) {
        return node.domain().isEmpty() && StaticOperators.ALL.contains(node.operator()) && !rewrite.isExcluded(node);
    }

    /** Quantises the graph; the answer is what was quantised. */
    List<QuantizedNode> apply() {
        rewrite.needOpset(
                scheme.perChannel() ? LEAST_OPSET_PER_CHANNEL : LEAST_OPSET, scheme.spelling(), "QuantizeLinear");
        graph.outputs().forEach(output -> pinned.add(output.name()));
        inside.addAll(graph.readInside());
        mark();
        marks.tensors().forEach((name, mark) -> graph.constant(name).ifPresent(tensor -> constant(tensor, mark)));
        marks.biases().forEach(this::bias);
        graph.inputs().forEach(input -> pair(input.name(), false));
        for (Node node : nodes) {
            node.outputs().stream()
                    .filter(output -> pinned.contains(output) && marks.isMarked(output))
                    .forEach(output -> written.put(output, rewrite.fresh(output + "_QuantizeLinear_Input")));
            rewrite.place(node.withInputs(renamed(node.inputs(), read)).withOutputs(renamed(node.outputs(), written)));
            node.outputs().forEach(output -> pair(output, true));
        }
        return rewrite.finish();
    }

    private static List<String> renamed(List<String> values, Map<String, String> names) {
        return values.stream().map(name -> names.getOrDefault(name, name)).toList();
    }

    private void mark() {
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (!isQuantized(node)) {
                continue;
            }
            if (node.is("Relu") || node.is("Clip")) {
                if (cutsOff(node)) {
                    nodes.remove(i);
                    i--;
                }
            } else {
                nodes.set(i, operators.mark(node));
                note(node);
            }
        }
    }

    private void note(Node node) {
        if (WITH_WEIGHTS.contains(node.operator())) {
            long elements = node.inputs().stream()
                    .filter(marks::isMarked)
                    .mapToLong(input ->
                            rewrite.weights(input).map(Tensor::elements).orElse(0L))
                    .sum();
            if (elements > 0) {
                rewrite.note(node, elements);
            }
        }
    }

    /**
     * Whether a {@code Relu} or {@code Clip} is not needed: the integers before it end where it cuts off. What made its input
     * makes its output then.
     */
    private boolean cutsOff(Node node) {
        String input = node.input(0);
        if (!marks.isMarked(input)) {
            return false;
        }
        boolean isFree = ranges.isReadOnce(input)
                && !pinned.contains(input)
                && !inside.contains(input)
                && graph.inputs().stream().noneMatch(value -> value.name().equals(input));
        boolean isKnown = ranges.of(input) != null && ranges.of(node.output()) != null;
        if (!scheme.symmetric() && isFree && isKnown) {
            nodes.replaceAll(maker -> maker.outputs().contains(input)
                    ? maker.withOutputs(renamed(maker.outputs(), Map.of(input, node.output())))
                    : maker);
            marks.drop(input);
            operators.activation(node.output());
            return true;
        }
        operators.activation(node.output());
        return false;
    }

    private void constant(Tensor tensor, Mark mark) {
        List<Long> dimensions = tensor.dimensions();
        boolean isWhole = mark.axis() < 0;
        IntegerRange range = mark.isWeight()
                ? IntegerRange.ofWeights(scheme.reducedRange())
                : IntegerRange.ofConstants(scheme.symmetric(), scheme.reducedRange());
        QuantizedWeight weight = new QuantizedWeight(
                tensor,
                isWhole ? Layout.whole(dimensions) : Layout.along(dimensions, mark.axis()),
                range,
                mark.isWeight() || scheme.symmetric(),
                "the constant '" + tensor.name() + "'");
        List<Long> shape = isWhole ? List.of() : List.of(dimensions.get(mark.axis()));
        String name = tensor.name();
        Quantized made = rewrite.add(name, weight, dimensions, shape, weight.values());
        weights.put(name, weight);
        names.put(name, made);
        read.put(name, dequantize(name, made, isWhole ? -1 : mark.axis()));
    }

    private String dequantize(String name, Quantized value, int axis) {
        String floats = rewrite.fresh(name + "_DequantizeLinear_Output");
        Attribute[] attributes = axis < 0 ? new Attribute[0] : new Attribute[] {Attribute.of("axis", (long) axis)};
        rewrite.place(Node.of(
                "DequantizeLinear",
                rewrite.fresh(name + "_DequantizeLinear"),
                value.inputs(),
                List.of(floats),
                attributes));
        return floats;
    }

    private void bias(String alias, Bias bias) {
        QuantizedWeight weight = weights.get(bias.weight());
        Tensor tensor = rewrite.weights(bias.name()).orElseThrow();
        boolean fits = weight != null
                && (weight.channels() == 1 || tensor.dimensions().equals(List.of((long) weight.channels())));
        if (weight == null || !fits || !marks.isMarked(bias.input()) || weights.containsKey(bias.input())) {
            read.put(alias, read.getOrDefault(bias.name(), bias.name()));
            return;
        }
        name(bias.input());
        StaticBias made = new StaticBias(tensor, () -> step(bias.input()), weight);
        Range range = ranges.of(bias.input());
        Mark mark = marks.tensors().get(bias.weight());
        if (range != null && mark != null) {
            boolean perChannel = mark.axis() >= 0;
            weight.correct(found -> made.widen(found, step(range), perChannel));
        }
        List<Long> shape = weight.channels() == 1 ? List.of() : List.of((long) weight.channels());
        Quantized quantized = new Quantized(
                rewrite.fresh(bias.name() + "_quantized"),
                rewrite.fresh(bias.name() + "_quantized_scale"),
                rewrite.fresh(bias.name() + "_quantized_zero_point"));
        rewrite.add(new Tensor(quantized.values(), ElementType.INT32, tensor.dimensions(), made.integers()));
        rewrite.add(new Tensor(quantized.scale(), ElementType.FLOAT, shape, made.scales()));
        rewrite.add(new Tensor(quantized.zero(), ElementType.INT32, shape, made.zeros()));
        read.put(alias, dequantize(bias.name(), quantized, weight.channels() == 1 ? -1 : 0));
    }

    /** Quantises a value that flows through, and reads it back, once it was made. */
    private void pair(String name, boolean isMade) {
        if (!marks.isMarked(name) || weights.containsKey(name)) {
            return;
        }
        Quantized quantized = name(name);
        boolean keepsName = isMade && pinned.contains(name);
        String values = rewrite.fresh(name + "_QuantizeLinear_Output");
        String before = keepsName ? written.getOrDefault(name, name) : name;
        String after = keepsName ? name : rewrite.fresh(name + "_DequantizeLinear_Output");
        rewrite.place(Node.of(
                "QuantizeLinear",
                rewrite.fresh(name + "_QuantizeLinear"),
                List.of(before, quantized.scale(), quantized.zero()),
                List.of(values)));
        rewrite.place(Node.of(
                "DequantizeLinear",
                rewrite.fresh(name + "_DequantizeLinear"),
                List.of(values, quantized.scale(), quantized.zero()),
                List.of(after)));
        if (!keepsName) {
            read.put(name, after);
        }
    }

    /** The names of the step of a value that flows through; its own, or that of the value that it shares it with. */
    private Quantized name(String name) {
        Quantized known = names.get(name);
        if (known != null) {
            return known;
        }
        String other = sharedWith(name);
        Quantized made;
        if (other != null) {
            made = name(other);
        } else {
            made = new Quantized("", rewrite.fresh(name + "_scale"), rewrite.fresh(name + "_zero_point"));
            rewrite.add(new Tensor(
                    made.scale(),
                    ElementType.FLOAT,
                    List.of(),
                    new FewBytes(Float.BYTES, into -> into.putFloat(step(name).scale()))));
            rewrite.add(new Tensor(
                    made.zero(),
                    ElementType.INT8,
                    List.of(),
                    new FewBytes(1, into -> into.put((byte) step(name).zero()))));
        }
        names.put(name, made);
        return made;
    }

    private @Nullable String sharedWith(String name) {
        Mark mark = marks.tensors().get(name);
        return mark != null && mark.sharedWith() != null && marks.isMarked(mark.sharedWith())
                ? mark.sharedWith()
                : null;
    }

    private Step step(String name) {
        String other = sharedWith(name);
        if (other != null && !weights.containsKey(other)) {
            return step(other);
        }
        Range range = ranges.of(name);
        if (range == null) {
            throw new UnquantizableModelException(
                    "calibration saw no range of '" + name + "'; calibrate the same model that is quantised");
        }
        return step(range);
    }

    private Step step(Range range) {
        return Step.of(range.min(), range.max(), IntegerRange.ofActivations(scheme.symmetric()), scheme.symmetric());
    }
}
