// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

import java.math.BigInteger;

/**
 * Integers of 64 bits times powers of ten, correctly rounded by one product of 192 bits, in the manner of D. Lemire,
 * "Number parsing at a gigabyte per second", 2021 (the idea is M. Eisel's).
 *
 * <p>A power 10^p is kept as t × 2^e with t cut off to 128 bits, the first of them set. The product of such a t and an
 * integer w below 2^64 is then too small by less than w, which is less than two units of the product's second word from
 * the top: only a product that close below a rounding boundary, or on it, cannot be decided.
 *
 * <p>The table is made when the first such number is met; a file of short numbers never needs it.
 */
final class PowersOfTen {
    private static final int LARGEST = 128;
    private static final long[] HIGH = new long[2 * LARGEST + 1];
    private static final long[] LOW = new long[2 * LARGEST + 1];
    private static final int[] EXPONENT = new int[2 * LARGEST + 1];
    private static final int FRACTION_BITS = 52;
    private static final int BIAS = 1023;

    static {
        BigInteger power = BigInteger.ONE;
        for (int p = 0; p <= LARGEST; p++) {
            int bits = power.bitLength();
            keep(p, power.shiftLeft(320 - bits), bits - 320);
            if (p > 0) {
                keep(-p, BigInteger.ONE.shiftLeft(bits + 320).divide(power), -bits - 320);
            }
            power = power.multiply(BigInteger.TEN);
        }
    }

    private PowersOfTen() {}

    /** Keeps 10^p, given as {@code significand} × 2^{@code exponent}, the former cut off and far longer than 128 bits. */
    private static void keep(int p, BigInteger significand, int exponent) {
        int cut = significand.bitLength() - 128;
        HIGH[p + LARGEST] = significand.shiftRight(cut + 64).longValue();
        LOW[p + LARGEST] = significand.shiftRight(cut).longValue();
        EXPONENT[p + LARGEST] = exponent + cut;
    }

    /** The double nearest to {@code digits} × 10^{@code power}, digits read as unsigned; NaN where it is undecided. */
    static double scale(long digits, int power) {
        if (digits == 0) {
            return 0;
        }
        if (power < -LARGEST || power > LARGEST) {
            return Double.NaN; // so that no result here is subnormal or infinite
        }
        int shift = Long.numberOfLeadingZeros(digits);
        long factor = digits << shift;
        long carry = unsignedHigh(factor, LOW[power + LARGEST]);
        long middle = factor * HIGH[power + LARGEST] + carry;
        long top = unsignedHigh(factor, HIGH[power + LARGEST]);
        if (Long.compareUnsigned(middle, carry) < 0) {
            top++;
        }
        // The top word begins with one zero at most. 53 bits of it are kept, and what follows decides the rounding.
        int cut = 10 + (int) (top >>> 63);
        long half = 1L << (cut - 1);
        long rest = top & (2 * half - 1);
        if ((rest == half && middle == 0) || (rest == half - 1 && middle == -1L)) {
            return Double.NaN;
        }
        long significand = (top >>> cut) + (rest >= half ? 1 : 0);
        int exponent = EXPONENT[power + LARGEST] - shift + 128 + cut + FRACTION_BITS + BIAS;
        // The significand's first bit adds one to the exponent, and one more when rounding up has made it 2^53.
        return Double.longBitsToDouble(significand + ((exponent - 1L) << FRACTION_BITS));
    }

    /** The high word of the product of two unsigned words. */
    private static long unsignedHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }
}
