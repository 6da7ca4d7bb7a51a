// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

/**
 * Turns floats into integers: {@code round(x / scale) + zero}, halves to even, clipped to the type; in single precision, as
 * {@code quantize_nparray} in onnxruntime/quantization/quant_utils.py (1.32) does it.
 */
final class Rounding {
    /** Added and taken away again it leaves a float of less than 2^22 rounded to an integer, halves to even. */
    private static final float INTEGERS = 0x1.8p23f;

    private final float[] scales;
    private final float[] zeros;
    private final Layout layout;
    private final float least;
    private final float most;

    Rounding(Step[] steps, Layout layout, IntegerRange range) {
        this.layout = layout;
        this.scales = new float[steps.length];
        this.zeros = new float[steps.length];
        for (int i = 0; i < steps.length; i++) {
            scales[i] = steps[i].scale();
            zeros[i] = steps[i].zero();
        }
        this.least = range.typeMin();
        this.most = range.typeMax();
    }

    /** Rounds the first {@code count} floats of a tile that begins at the {@code position}-th number of the tensor. */
    void round(float[] tile, int count, long position, byte[] into) {
        boolean isByChannel = layout.isByChannel();
        layout.forEachRun(position, count, (from, to, channel) -> {
            if (isByChannel) {
                roundRun(tile, from, to, channel, into);
            } else {
                roundColumns(tile, from, to, channel, into);
            }
        });
    }

    private void roundRun(float[] tile, int from, int to, int channel, byte[] into) {
        float scale = scales[channel];
        float zero = zeros[channel];
        for (int i = from; i < to; i++) {
            into[i] = integer(tile[i] / scale, zero);
        }
    }

    private void roundColumns(float[] tile, int from, int to, int first, byte[] into) {
        for (int i = 0; i < to - from; i++) {
            into[from + i] = integer(tile[from + i] / scales[first + i], zeros[first + i]);
        }
    }

    private byte integer(float quotient, float zero) {
        float rounded = quotient + INTEGERS - INTEGERS;
        return (byte) (int) Math.max(least, Math.min(most, rounded + zero));
    }
}
