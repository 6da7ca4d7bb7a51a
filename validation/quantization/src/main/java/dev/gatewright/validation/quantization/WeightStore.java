// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Content;
import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The quantised weights of a graph; one that several nodes share in the same form is made once. */
final class WeightStore {
    private final GraphRewrite rewrite;
    private final IntegerRange signed;
    private final Map<String, Quantized> known = new HashMap<>();

    WeightStore(GraphRewrite rewrite, boolean reducedRange) {
        this.rewrite = rewrite;
        this.signed = IntegerRange.ofWeights(reducedRange);
    }

    /** The weight in {@code form}, for {@code node}. */
    Quantized put(Tensor tensor, Form form, Node node) {
        String key = form.key() + " " + tensor.name();
        Quantized before = known.get(key);
        if (before != null) {
            return before;
        }
        IntegerRange range = form.isUnsigned() ? IntegerRange.unsigned() : signed;
        QuantizedWeight weight = new QuantizedWeight(
                tensor,
                form.layout(),
                range,
                !form.isUnsigned(),
                "the weights '" + tensor.name() + "' of " + node.operator() + " '" + node.label() + "'");
        Content integers =
                form.isTransposed() ? weight.transposed(form.matrices(), form.rows(), form.columns()) : weight.values();
        Quantized made = rewrite.add(tensor.name(), weight, form.dimensions(), form.steps(), integers);
        known.put(key, made);
        return made;
    }

    /**
     * What becomes of a weight.
     *
     * @param layout which numbers share a step
     * @param isUnsigned uint8 with a zero point, in place of int8 around zero
     * @param dimensions the shape of the integers
     * @param steps the shape of scales and zero points
     * @param matrices how many matrices are turned; 0 where none is
     * @param rows the rows of each before
     * @param columns the columns of each before
     */
    record Form(
            Layout layout,
            boolean isUnsigned,
            List<Long> dimensions,
            List<Long> steps,
            int matrices,
            int rows,
            int columns) {

        /** Int8 with one step. */
        static Form whole(Tensor tensor) {
            List<Long> dimensions = tensor.dimensions();
            return new Form(Layout.whole(dimensions), false, dimensions, List.of(), 0, 0, 0);
        }

        /** Uint8 with one step. */
        static Form unsigned(Tensor tensor) {
            List<Long> dimensions = tensor.dimensions();
            return new Form(Layout.whole(dimensions), true, dimensions, List.of(), 0, 0, 0);
        }

        /** Int8 with a step for each index of {@code axis}. */
        static Form along(Tensor tensor, int axis) {
            List<Long> dimensions = tensor.dimensions();
            return new Form(Layout.along(dimensions, axis), false, dimensions, List.of(dimensions.get(axis)), 0, 0, 0);
        }

        /** The same with its last two axes exchanged once it is quantised. */
        Form transposed() {
            int rank = dimensions.size();
            long matrices = 1;
            for (long dimension : dimensions.subList(0, rank - 2)) {
                matrices *= dimension;
            }
            List<Long> turned = new ArrayList<>(dimensions);
            Collections.swap(turned, rank - 1, rank - 2);
            return new Form(
                    layout,
                    isUnsigned,
                    turned,
                    steps,
                    Math.toIntExact(matrices),
                    Math.toIntExact(dimensions.get(rank - 2)),
                    Math.toIntExact(dimensions.get(rank - 1)));
        }

        boolean isTransposed() {
            return matrices > 0;
        }

        private String key() {
            return (isUnsigned ? "u" : "i") + layout + steps + matrices;
        }
    }
}
