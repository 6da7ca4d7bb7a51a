// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.OnnxGraph;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Writes smaller forms of models. */
public final class Quantizer {
    private Quantizer() {}

    /**
     * The nodes that {@code scheme} would quantise, in the order of the graph; empty where there is nothing to quantise.
     *
     * @throws UnquantizableModelException if the model as a whole cannot be quantised so
     */
    public static List<QuantizedNode> candidates(ModelFile model, Scheme scheme) throws IOException {
        try (OnnxGraph graph = open(model, scheme)) {
            return rewrite(graph, scheme, Set.of());
        }
    }

    /**
     * Writes {@code model} as {@code scheme} has it to {@code into}: whole, or not at all. The model itself is only read.
     *
     * @param excluded nodes that stay as they are, by {@link QuantizedNode#name()}
     * @throws UnquantizableModelException if the model cannot be quantised so
     * @throws IOException if a file cannot be read or written
     * @throws InterruptedException if the thread was interrupted; nothing was written
     */
    public static QuantizedModel quantize(ModelFile model, Scheme scheme, Set<String> excluded, Path into)
            throws IOException, InterruptedException {
        try (OnnxGraph graph = open(model, scheme)) {
            List<QuantizedNode> nodes = rewrite(graph, scheme, excluded);
            graph.write(into);
            model.verifyUnchanged();
            return new QuantizedModel(into, nodes);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            InterruptedException interrupted = new InterruptedException("interrupted while " + into + " was written");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Halves are made where a constant is read: one that none can stand for, such as a mask's, is then as far off as it can be. */
    private static OnnxGraph open(ModelFile model, Scheme scheme) throws IOException {
        return scheme instanceof Float16 ? OnnxGraph.open(model) : Constants.lifted(model);
    }

    private static List<QuantizedNode> rewrite(OnnxGraph graph, Scheme scheme, Set<String> excluded) {
        if (scheme instanceof DynamicInt8 dynamic) {
            return new DynamicRewrite(graph, dynamic, excluded).apply();
        }
        if (scheme instanceof StaticInt8 fixed) {
            return new StaticRewrite(graph, fixed, excluded).apply();
        }
        if (scheme instanceof WeightOnly weightOnly) {
            return new WeightOnlyRewrite(graph, weightOnly, excluded).apply();
        }
        return new Float16Rewrite(graph, (Float16) scheme, excluded).apply();
    }
}
