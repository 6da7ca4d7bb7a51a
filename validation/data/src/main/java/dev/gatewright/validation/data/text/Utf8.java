// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.text;

/** The well-formed byte sequences of UTF-8, as in table 3-7 of the Unicode standard. */
public final class Utf8 {
    /** The most bytes that one character takes. */
    public static final int LONGEST = 4;

    private Utf8() {}

    /** The number of bytes of the mark, U+FEFF, with which some programs begin a file; 0 if there is none. */
    public static int markLength(byte[] bytes, int limit) {
        return limit >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF ? 3 : 0;
    }

    /** The number of bytes of the character that begins at {@code at}; 0 if no character of UTF-8 does. */
    public static int length(byte[] bytes, int at, int limit) {
        int lead = bytes[at] & 0xFF;
        int length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length < 2) {
            return length;
        }
        if (at + length > limit) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        // No longer spelling than needed, no surrogates, nothing beyond U+10FFFF.
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = at + 2; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
