// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Decimal numbers read from bytes: an optional sign, digits with at most one point, an optional exponent. The result is
 * the double nearest to the number written, ties to even, that is {@link Double#parseDouble}'s.
 *
 * <p>Numbers of up to eight characters are read by one word, of others the digits eight at a time. Where they make an
 * integer below 2^53 and the power of ten is exact too, one multiplication or division is correctly rounded (W. Clinger, "How to read floating point numbers accurately", 1990);
 * other numbers of up to 19 digits are left to {@link PowersOfTen}; the rare rest to {@code parseDouble} itself.
 */
final class Decimal {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EIGHT_ZEROS = 0x3030303030303030L;
    private static final long EIGHT_POINTS = 0x2E2E2E2E2E2E2E2EL;
    private static final long EIGHT_ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long EIGHT_SIXES = 0x0606060606060606L;
    private static final long HIGH_NIBBLES = 0xF0F0F0F0F0F0F0F0L;
    private static final long[] TENS = {
        1L,
        10L,
        100L,
        1000L,
        10_000L,
        100_000L,
        1_000_000L,
        10_000_000L,
        100_000_000L,
        1_000_000_000L,
        10_000_000_000L,
        100_000_000_000L,
        1_000_000_000_000L,
        10_000_000_000_000L,
        100_000_000_000_000L,
        1_000_000_000_000_000L,
        10_000_000_000_000_000L
    };
    private static final double[] EXACT_TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final int EXACT_DIGITS = 15; // as many as always make a number below 2^53
    private static final int MOST_DIGITS = 19; // as many as always fit 64 bits
    private static final int HUGE_EXPONENT = 100_000_000; // and no sum with the length of a cell overflows

    private Decimal() {}

    /**
     * The number written from {@code from} to before {@code to}; infinite beyond the doubles, NaN if it is no such
     * number.
     */
    static double parse(byte[] bytes, int from, int to) {
        if (from == to) {
            return Double.NaN;
        }
        int negative = isMinus(bytes[from]);
        int first = from + (bytes[from] == '+' ? 1 : negative);
        if (to - first <= Long.BYTES && first <= bytes.length - Long.BYTES) {
            double magnitude = eight((long) WORDS.get(bytes, first), to - first);
            if (magnitude >= 0) {
                return signed(magnitude, negative);
            }
        }
        int at = first;
        long digits = 0;
        while (at < to && isDigit(bytes[at])) {
            digits = 10 * digits + (bytes[at++] - '0');
        }
        int count = at - first;
        int power = 0;
        if (at < to && bytes[at] == '.') {
            int fraction = at + 1;
            long sixteen = sixteen(bytes, fraction, to);
            if (sixteen >= 0) {
                digits = TENS[to - fraction] * digits + sixteen;
                at = to;
            } else {
                for (at = fraction; at < to && isDigit(bytes[at]); at++) {
                    digits = 10 * digits + (bytes[at] - '0');
                }
            }
            power = fraction - at;
            count -= power;
        }
        if (count == 0) {
            return Double.NaN;
        }
        if (at < to) {
            int exponent = exponent(bytes, at, to);
            if (exponent > HUGE_EXPONENT) {
                return Double.NaN;
            }
            power += exponent;
        }
        double magnitude;
        if (count <= EXACT_DIGITS && power >= -22 && power <= 22) {
            magnitude = power < 0 ? digits / EXACT_TENS[-power] : digits * EXACT_TENS[power];
        } else if (count <= MOST_DIGITS || significant(bytes, first, count) <= MOST_DIGITS) {
            magnitude = PowersOfTen.scale(digits, power);
        } else {
            magnitude = Double.NaN;
        }
        if (Double.isNaN(magnitude)) {
            return Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        }
        return signed(magnitude, negative);
    }

    private static double signed(double magnitude, int negative) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(magnitude) | ((long) negative << 63));
    }

    /**
     * The number that the first {@code length} bytes of a word make, without a branch on where its point stands: the digits
     * before the point are moved into its place. -1 if it is not so simple.
     */
    private static double eight(long bytes, int length) {
        long word = padded(bytes, length);
        long others = word ^ EIGHT_POINTS;
        long points = (others - EIGHT_ONES) & ~others & HIGH_BITS; // the lowest bit is that of the first point
        if (points == 0) {
            return length > 0 && areDigits(word) ? value(word) : -1;
        }
        long before = (Long.lowestOneBit(points) >>> 7) - 1; // all bits of the bytes before the point
        long digits = (word & ~(before << 8 | 0xFF)) | (word & before) << 8 | '0';
        int fraction = 7 - (Long.numberOfTrailingZeros(points) >>> 3);
        return length > 1 && areDigits(digits) ? value(digits) / EXACT_TENS[fraction] : -1;
    }

    /** The number that up to sixteen digits make, without a branch on how many there are; -1 if it is not so simple. */
    private static long sixteen(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > 16 || from + 16 > bytes.length) {
            return -1;
        }
        int tail = Math.max(length - 8, 0);
        long first = padded((long) WORDS.get(bytes, from), length - tail);
        long second = padded((long) WORDS.get(bytes, from + 8), tail);
        return areDigits(first) && areDigits(second) ? TENS[tail] * value(first) + value(second) : -1;
    }

    /** The first {@code count} bytes of a word behind as many zeros as make it eight digits. */
    private static long padded(long word, int count) {
        int missing = 4 * (8 - count);
        int kept = 4 * count;
        // Twice half the way, since a shift by all 64 bits would be one by none.
        return (word << missing << missing) | (EIGHT_ZEROS >>> kept >>> kept);
    }

    /** 1 for a minus, 0 for all else, without a branch, which half of all numbers would take. */
    private static int isMinus(byte character) {
        return (((character & 0xFF) ^ '-') - 1) >>> 31;
    }

    /** The exponent from its {@code e} on, at most {@link #HUGE_EXPONENT} either way; more than that if it is none. */
    private static int exponent(byte[] bytes, int from, int to) {
        int at = from + 1;
        boolean negative = at < to && bytes[at] == '-';
        if (negative || (at < to && bytes[at] == '+')) {
            at++;
        }
        if ((bytes[from] | 0x20) != 'e' || at == to) {
            return HUGE_EXPONENT + 1;
        }
        int exponent = 0;
        for (; at < to; at++) {
            if (!isDigit(bytes[at])) {
                return HUGE_EXPONENT + 1;
            }
            exponent = Math.min(HUGE_EXPONENT, 10 * exponent + (bytes[at] - '0'));
        }
        return negative ? -exponent : exponent;
    }

    /** How many of the {@code count} digits from {@code first} on are left without the leading zeros. */
    private static int significant(byte[] bytes, int first, int count) {
        int left = count;
        for (int at = first; left > 0 && (bytes[at] == '0' || bytes[at] == '.'); at++) {
            if (bytes[at] == '0') {
                left--;
            }
        }
        return left;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    /** Whether all eight bytes are digits: their high half is 3, also after 6 is added to the low one. */
    private static boolean areDigits(long word) {
        return (word & HIGH_NIBBLES) == EIGHT_ZEROS && ((word + EIGHT_SIXES) & HIGH_NIBBLES) == EIGHT_ZEROS;
    }

    /** The number that eight digits make, the first one in the lowest byte: pairs, then fours, then all are joined. */
    private static long value(long word) {
        long units = word - EIGHT_ZEROS;
        long pairs = (10 * units + (units >>> 8)) & 0x00FF00FF00FF00FFL;
        long fours = (100 * pairs + (pairs >>> 16)) & 0x0000FFFF0000FFFFL;
        return (10_000 * fours + (fours >>> 32)) & 0xFFFFFFFFL;
    }
}
