// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.tensor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Texts that come from outside. */
public final class Utf8 {
    private static final int LONGEST_SHOWN = 60;

    private Utf8() {}

    /** Whether UTF-8 can say {@code text}: an escape of JSON can write half a surrogate pair. */
    public static boolean isWhole(String text) {
        return text.codePoints().noneMatch(Utf8::isHalfOfPair);
    }

    private static boolean isHalfOfPair(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    /**
     * Refuses what is not UTF-8. The reader of JSON guesses among encodings, by the zeros of the wider ones, and takes
     * bytes that are of none.
     */
    public static void check(byte[] bytes, int length) throws RefusedRequestException {
        boolean isAscii = true;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                throw RefusedRequestException.wrong("the body has a zero at byte " + i + "; JSON in UTF-8 is expected");
            }
            isAscii &= bytes[i] > 0;
        }
        if (!isAscii) {
            decode(bytes, 0, length, "the body");
        }
    }

    /** Decodes bytes that have to be UTF-8. */
    public static String decode(byte[] bytes, int offset, int length, String what) throws RefusedRequestException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw RefusedRequestException.wrong(what + " is not UTF-8");
        }
    }

    /** What a client wrote, short and without control characters, to stand in a sentence. */
    public static String shortened(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().limit(LONGEST_SHOWN).forEach(c -> {
            boolean prints = !Character.isISOControl(c) && Character.isDefined(c) && !isHalfOfPair(c);
            plain.appendCodePoint(prints ? c : ' ');
        });
        return text.codePointCount(0, text.length()) > LONGEST_SHOWN
                ? plain.append('…').toString()
                : plain.toString();
    }
}
