// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.quantization.Ranges.Range;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Calibrated ranges, corrected by what operators are known to do. */
final class StaticRanges {
    private final Map<String, Range> ranges;
    private final Map<String, Integer> readers;

    /**
     * What {@code Relu} and {@code Clip} cut off is not needed before them, and {@code Softmax} makes numbers from 0 to 1.
     *
     * @param isQuantized whether a node is quantised
     */
    StaticRanges(Ranges calibrated, List<Node> nodes, Predicate<Node> isQuantized) {
        ranges = new HashMap<>(calibrated.byName());
        readers = readers(nodes);
        for (Node node : nodes) {
            if (!isQuantized.test(node)) {
                continue;
            }
            if (node.is("Relu") || node.is("Clip")) {
                Range after = ranges.get(node.output());
                if (isReadOnce(node.input(0)) && ranges.containsKey(node.input(0)) && after != null) {
                    ranges.put(node.input(0), after);
                }
            } else if (node.is("Softmax")) {
                ranges.put(node.output(), new Range(0, 1));
            }
        }
    }

    /** Whether one node alone reads {@code value}, and once. */
    boolean isReadOnce(String value) {
        return readers.getOrDefault(value, 0) == 1;
    }

    /** How many nodes read each value; a node that reads it twice counts twice. */
    private static Map<String, Integer> readers(List<Node> nodes) {
        Map<String, Integer> readers = new HashMap<>();
        nodes.forEach(node -> node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
        return readers;
    }

    @Nullable
    Range of(String value) {
        return ranges.get(value);
    }
}
