// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.cells;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Whole numbers read from text: an optional sign and digits, nothing else; {@code 5.0} is none. */
final class WholeNumber {
    /** What {@link #parse} gives where it does not know. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final int MOST_BYTES = 18; // whose number always fits a long
    private static final int LONGEST = 64; // only leading zeros could make a longer one fit any type

    private WholeNumber() {}

    /** The number in at most 18 bytes from {@code from} to before {@code to}; {@link #UNKNOWN} of more, or if it is none. */
    static long parse(byte[] bytes, int from, int to) {
        int at = from;
        boolean negative = at < to && bytes[at] == '-';
        if (negative || (at < to && bytes[at] == '+')) {
            at++;
        }
        if (at == to || to - from > MOST_BYTES) {
            return UNKNOWN;
        }
        long number = 0;
        for (; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return UNKNOWN;
            }
            number = 10 * number + digit;
        }
        return negative ? -number : number;
    }

    /** The number that {@code text} of any size writes; null if it is none, or longer than any that fits a type. */
    static @Nullable BigInteger parse(String text) {
        int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (digits == text.length() || text.length() > LONGEST) {
            return null;
        }
        for (int i = digits; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        return new BigInteger(text);
    }
}
