// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run.worker;

/**
 * Conversions between 32-bit floats and the two short ones, rounding to the nearest, ties to even. ONNX Runtime has its own,
 * which differ from one Java to the next.
 */
public final class Halves {
    private static final int EXPONENT = 0x7F80_0000;
    private static final int QUIET = 0x0040_0000;

    private Halves() {}

    /** The half that is nearest to {@code value}; what is too large becomes infinite. */
    public static short toHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7FFF_FFFF;
        if (magnitude > EXPONENT) {
            return (short) (sign | 0x7E00 | ((magnitude >>> 13) & 0x3FF));
        }
        if (magnitude >= 0x4780_0000) {
            return (short) (sign | 0x7C00);
        }
        if (magnitude < 0x3880_0000) {
            // Below the smallest normal half: the units in the last place are all 2^-24, and rint rounds ties to even.
            float units = (float) Math.rint(Float.intBitsToFloat(magnitude) * 0x1p24f);
            return (short) (sign | (int) units);
        }
        int rebased = magnitude - (112 << 23);
        return (short) (sign | ((rebased + 0xFFF + ((rebased >>> 13) & 1)) >>> 13));
    }

    /** The same number as a float. */
    public static float ofHalf(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> 10) & 0x1F;
        int fraction = half & 0x3FF;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
        }
        if (exponent == 0x1F) {
            return Float.intBitsToFloat(sign | EXPONENT | (fraction << 13));
        }
        return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
    }

    /** The brain float that is nearest to {@code value}. */
    public static short toBrain(float value) {
        int bits = Float.floatToRawIntBits(value);
        if ((bits & 0x7FFF_FFFF) > EXPONENT) {
            return (short) ((bits | QUIET) >>> 16);
        }
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    /** The same number as a float. */
    public static float ofBrain(short brain) {
        return Float.intBitsToFloat(brain << 16);
    }
}
