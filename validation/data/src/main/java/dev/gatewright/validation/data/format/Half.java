// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

/** IEEE 754 binary16, numpy's float16, as the 16 bits of a {@code short}. */
public final class Half {
    private static final double LEAST_NORMAL = 0x1p-14;
    private static final double LEAST_OVERFLOW = 65520;
    private static final int INFINITY = 0x7C00;
    private static final int NAN = 0x7E00;
    private static final int FRACTION_BITS = 10;
    private static final int BIAS = 15;

    private Half() {}

    /** The nearest half to {@code value}, ties to even; infinite from 65520 on. */
    public static short of(double value) {
        int sign = (int) (Double.doubleToRawLongBits(value) >>> 48) & 0x8000;
        return (short) (sign | magnitude(Math.abs(value)));
    }

    private static int magnitude(double value) {
        if (Double.isNaN(value)) {
            return NAN;
        }
        if (value >= LEAST_OVERFLOW) {
            return INFINITY;
        }
        if (value < LEAST_NORMAL) {
            // Subnormal halves are the multiples of 2^-24; the 1024th is the least normal one, of just these bits.
            return (int) Math.rint(value * 0x1p24);
        }
        int exponent = Math.getExponent(value);
        int significand = (int) Math.rint(Math.scalb(value, FRACTION_BITS - exponent));
        // The significand counts from 1024 to 2048; at 2048 the sum carries into the next exponent, as it should.
        return ((exponent + BIAS - 1) << FRACTION_BITS) + significand;
    }

    /** The value of {@code bits}, exactly. */
    public static double value(short bits) {
        int exponent = (bits >>> FRACTION_BITS) & 0x1F;
        int fraction = bits & 0x3FF;
        double magnitude;
        if (exponent == 0x1F) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            magnitude = fraction * 0x1p-24;
        } else {
            magnitude = Math.scalb((double) (fraction | (1 << FRACTION_BITS)), exponent - BIAS - FRACTION_BITS);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
