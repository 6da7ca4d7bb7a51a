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
        if (layout.inner() == 1 && layout.channels() > 1) {
            roundColumns(tile, count, (int) (position % layout.channels()), into);
            return;
        }
        int from = 0;
        while (from < count) {
            long at = position + from;
            int channel = (int) (at / layout.inner() % layout.channels());
            int run = (int) Math.min(count - from, layout.inner() - at % layout.inner());
            float scale = scales[channel];
            float zero = zeros[channel];
            for (int i = from; i < from + run; i++) {
                into[i] = integer(tile[i] / scale, zero);
            }
            from += run;
        }
    }

    private void roundColumns(float[] tile, int count, int first, byte[] into) {
        int column = first;
        int from = 0;
        while (from < count) {
            int run = Math.min(count - from, scales.length - column);
            for (int i = 0; i < run; i++) {
                into[from + i] = integer(tile[from + i] / scales[column + i], zeros[column + i]);
            }
            from += run;
            column = 0;
        }
    }

    private byte integer(float quotient, float zero) {
        float rounded = quotient + INTEGERS - INTEGERS;
        return (byte) (int) Math.max(least, Math.min(most, rounded + zero));
    }
}
