// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import dev.gatewright.validation.onnx.graph.Attribute;
import dev.gatewright.validation.onnx.graph.Graph;
import dev.gatewright.validation.onnx.graph.Node;
import dev.gatewright.validation.onnx.graph.OnnxGraph;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.onnx.graph.UnchangeableModelException;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.sourcemodels.SourceWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Weights that the source has and the exported model has not: trees that were left out, numbers that were rounded. Both sides
 * are counted, so that it is a fact, and it is looked for only where answers differ.
 */
final class WeightLoss {
    private static final int MANTISSA = 0x7FFFFF;
    private static final int HALF = 11;
    private static final int BRAIN = 8;
    private static final List<String> TREES = List.of("TreeEnsembleClassifier", "TreeEnsembleRegressor");

    private WeightLoss() {}

    /** What {@code model} lacks of {@code source}, in a sentence; empty where nothing is known to be missing. */
    static Optional<String> of(ModelFile model, SourceWeights source) throws InterruptedException {
        if (source.equals(SourceWeights.UNKNOWN)) {
            return Optional.empty();
        }
        try (OnnxGraph graph = OnnxGraph.open(model)) {
            long trees = trees(graph.graph());
            if (source.trees() > 0 && trees > 0 && trees < source.trees()) {
                return Optional.of(
                        "it has " + trees + " trees, and the source " + source.trees() + "; export all of them");
            }
            int bits = source.bits() == 0 ? 0 : bits(graph.graph());
            return bits > 0 && bits < source.bits()
                    ? Optional.of("its weights are rounded to " + bits + " significant bits, as those of "
                            + (bits > HALF ? "no usual type" : bits > BRAIN ? "float16" : "bfloat16")
                            + ", and the source's have " + source.bits() + "; export them as they are")
                    : Optional.empty();
        } catch (UnchangeableModelException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while the exported model's weights were read");
            }
            return Optional.empty();
        }
    }

    private static long trees(Graph graph) {
        long trees = 0;
        for (Node node : graph.nodes()) {
            if (TREES.contains(node.operator())) {
                Set<Long> numbers = new HashSet<>(
                        node.attribute("nodes_treeids").map(Attribute::integers).orElse(List.of()));
                trees += numbers.size();
            }
        }
        return trees;
    }

    /** Of matrices alone: a vector may be a constant of the converter's, with all bits that there are. */
    private static int bits(Graph graph) throws IOException {
        int most = 0;
        for (Tensor tensor : graph.initializers().values()) {
            if (tensor.dimensions().size() >= 2 && tensor.isRaw() && most < SourceWeights.FLOAT) {
                most = Math.max(most, bits(tensor));
            }
        }
        return most;
    }

    private static int bits(Tensor tensor) throws IOException {
        return switch (tensor.type()) {
            case FLOAT16 -> HALF;
            case BFLOAT16 -> BRAIN;
            case FLOAT -> {
                int[] together = {0};
                tensor.values().writeTo(bytes -> together[0] |= mantissas(bytes));
                // The leading bit is not written down.
                yield together[0] == 0 ? 1 : SourceWeights.FLOAT - Integer.numberOfTrailingZeros(together[0]);
            }
            default -> 0;
        };
    }

    private static int mantissas(ByteBuffer bytes) {
        int together = 0;
        for (ByteBuffer little = bytes.order(ByteOrder.LITTLE_ENDIAN); little.remaining() >= Float.BYTES; ) {
            together |= little.getInt() & MANTISSA;
        }
        return together;
    }
}
