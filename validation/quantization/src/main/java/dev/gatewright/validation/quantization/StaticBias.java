// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import dev.gatewright.validation.onnx.graph.Bytes;
import dev.gatewright.validation.onnx.graph.Content;
import dev.gatewright.validation.onnx.graph.Tensor;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * A bias as int32, with the product of the scales of input and weight as its scale, so that it can be added to their
 * product; formulas of {@code quantize_bias_static_impl} in onnxruntime/quantization/base_quantizer.py (1.32).
 */
final class StaticBias {
    /** A scale is made larger by this little more than it has to, so that rounding does not undo it. */
    private static final double MORE = 1.0001;

    private static final double INTEGERS = 2.0 * Integer.MAX_VALUE;

    private final Tensor bias;
    private final Supplier<Step> input;
    private final QuantizedWeight weight;

    StaticBias(Tensor bias, Supplier<Step> input, QuantizedWeight weight) {
        this.bias = bias;
        this.input = input;
        this.weight = weight;
    }

    /** Whether every channel has a scale of its own. */
    boolean isPerChannel() {
        return weight.channels() > 1;
    }

    /**
     * Makes the scales of a weight larger where the bias would not fit into 32 bits otherwise.
     *
     * @param steps the steps of the weight; replaced in place
     */
    void widen(Step[] steps, Step inputBefore, boolean perChannel) throws IOException {
        float[] values = values();
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int channel = 0; channel < steps.length; channel++) {
            // In single precision for a channel, and in double for a tensor, as there.
            double least = perChannel
                    ? (float) MORE * (2 * Math.abs(values[channel])) / INTEGERS
                    : MORE * (2.0 * largest) / INTEGERS;
            double scale = (double) inputBefore.scale() * steps[channel].scale();
            if (scale < least && scale > 0) {
                double ratio = least / scale;
                steps[channel] = new Step((float) (steps[channel].scale() * ratio), steps[channel].zero());
            }
        }
    }

    Content integers() {
        return new FewBytes(bias.elements() * Integer.BYTES, into -> {
            float[] scales = scaleValues();
            float[] values = values();
            for (int i = 0; i < values.length; i++) {
                double integer = Math.rint(values[i] / (double) scales[scales.length == 1 ? 0 : i]);
                into.putInt((int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, integer)));
            }
        });
    }

    Content scales() {
        return new FewBytes((long) weight.channels() * Float.BYTES, into -> {
            for (float scale : scaleValues()) {
                into.putFloat(scale);
            }
        });
    }

    Content zeros() {
        return Bytes.of(new byte[weight.channels() * Integer.BYTES]);
    }

    private float[] scaleValues() throws IOException {
        Step[] steps = weight.steps();
        float[] scales = new float[steps.length];
        float scale = input.get().scale();
        for (int i = 0; i < scales.length; i++) {
            scales[i] = scale * steps[i].scale();
        }
        return scales;
    }

    private float[] values() throws IOException {
        float[] values = new float[Math.toIntExact(bias.elements())];
        new Floats((Bytes) bias.values(), values.length).read(0, values.length, values);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new UnquantizableModelException("the bias '" + bias.name() + "' holds " + value
                        + ", which no integer can stand for; look at the training, or exclude its node");
            }
        }
        return values;
    }
}
