// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import dev.gatewright.validation.onnx.graph.Bytes;
import dev.gatewright.validation.onnx.graph.OnnxGraph;
import dev.gatewright.validation.onnx.graph.Tensor;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Sums of a quantised model's tensors, by which two of them are compared. */
final class WeightSums {
    private static final long MOST_BYTES = 32L << 30;

    private WeightSums() {}

    /** A sum for the integers of all weights, one for their scales, and one for their zero points, where they have some. */
    static Figures of(Path model) throws IOException {
        ModelFile file = ModelFile.open(model, SafetyLimits.strict().withMemoryBytes(MOST_BYTES));
        try (OnnxGraph graph = OnnxGraph.open(file)) {
            TreeMap<String, Tensor> tensors = new TreeMap<>(graph.graph().initializers());
            List<Figures.Found> found = new ArrayList<>();
            for (String kind : List.of("_quantized|_Q4", "_scales?", "_zero_points?")) {
                CRC32C sum = new CRC32C();
                for (Tensor tensor : tensors.values()) {
                    if (tensor.name().matches("w\\d+(" + kind + ")")) {
                        add((Bytes) tensor.values(), sum);
                    }
                }
                found.add(new Figures.Found(kind, sum.getValue(), Double.NaN, Double.NaN, false));
            }
            return new Figures(tensors.size(), "", found);
        }
    }

    private static void add(Bytes values, CRC32C sum) throws IOException {
        ByteBuffer tile = ByteBuffer.allocateDirect((int) Math.min(Bytes.TILE, values.size()));
        for (long position = 0; position < values.size(); position += tile.limit()) {
            tile.clear().limit((int) Math.min(tile.capacity(), values.size() - position));
            values.read(position, tile);
            sum.update(tile.flip());
        }
    }
}
