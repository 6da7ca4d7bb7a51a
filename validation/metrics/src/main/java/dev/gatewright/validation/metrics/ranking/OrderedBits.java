// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

/** Integers in the order of the numbers that they stand for; the numbers finite, and zero without a sign. */
final class OrderedBits {
    private OrderedBits() {}

    static int of(float value) {
        int bits = Float.floatToRawIntBits(value + 0f);
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }

    static float toFloat(int ordered) {
        return Float.intBitsToFloat(ordered ^ (ordered >> 31 & Integer.MAX_VALUE));
    }

    static long of(double value) {
        long bits = Double.doubleToRawLongBits(value + 0.0);
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    static double toDouble(long ordered) {
        return Double.longBitsToDouble(ordered ^ (ordered >> 63 & Long.MAX_VALUE));
    }
}
