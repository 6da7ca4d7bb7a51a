// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.quantization.DynamicInt8;
import dev.gatewright.validation.quantization.Quantizer;
import dev.gatewright.validation.quantization.Scheme;
import dev.gatewright.validation.quantization.WeightOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Our side of quantising a model, as a process of its own. */
public final class QuantizeModel {
    private static final long MOST_BYTES = 32L << 30;
    private static final int BLOCK = 32;

    private QuantizeModel() {}

    /** Takes the model, how it is quantised, and where the smaller form goes. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        quantize(Path.of(arguments[0]), arguments[1], Path.of(arguments[2]));
    }

    static void quantize(Path model, String how, Path into) throws IOException, InterruptedException {
        Scheme scheme = switch (how) {
            case "int8" -> new DynamicInt8(false, false);
            case "int8-per-channel" -> new DynamicInt8(true, false);
            case "int4" -> new WeightOnly(4, BLOCK, true);
            default -> throw new IllegalArgumentException("there is no way '" + how + "' to quantise");
        };
        ModelFile checked = ModelFile.open(model, SafetyLimits.strict().withMemoryBytes(MOST_BYTES));
        Quantizer.quantize(checked, scheme, Set.of(), into);
    }
}
