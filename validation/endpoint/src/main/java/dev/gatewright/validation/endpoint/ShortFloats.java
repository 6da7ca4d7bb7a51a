// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

/** Floats of two bytes, for which Java 17 has no methods; rounded to nearest, ties to even. */
final class ShortFloats {
    private static final int HALF_INFINITY = 0x7c00;

    private ShortFloats() {}

    static float ofHalf(short half) {
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        float magnitude;
        if (exponent == 0) {
            magnitude = fraction * 0x1p-24f;
        } else if (exponent == 31) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            magnitude = Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
        }
        return half < 0 ? -magnitude : magnitude;
    }

    static short toHalf(float value) {
        int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
        float magnitude = Math.abs(value);
        int bits;
        if (Float.isNaN(value)) {
            bits = HALF_INFINITY | 0x200;
        } else if (magnitude >= 65520) {
            bits = HALF_INFINITY;
        } else if (magnitude < 0x1p-14f) {
            // A half without a leading one counts in steps of 2^-24; rint ties to even.
            bits = (int) Math.rint(magnitude * 0x1p24);
        } else {
            int whole = Float.floatToRawIntBits(magnitude) - (112 << 23);
            bits = (whole + 0xfff + (whole >>> 13 & 1)) >>> 13;
        }
        return (short) (sign | bits);
    }

    static float ofBrain(short brain) {
        return Float.intBitsToFloat(brain << 16);
    }

    static short toBrain(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) (Float.isNaN(value) ? bits >>> 16 | 0x40 : (bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
    }
}
