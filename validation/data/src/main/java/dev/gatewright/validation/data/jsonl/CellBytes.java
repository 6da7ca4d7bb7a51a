// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.jsonl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The cells of one row as ranges of UTF-8 bytes: numbers as they were written, texts in quotes and without escapes. */
final class CellBytes {
    private static final int MOST_PER_CHARACTER = 3; // a pair of surrogates takes four, for two

    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder(); // which replaces nothing
    private byte[] bytes = new byte[1 << 10];
    private int[] from = {};
    private int[] to = {};
    private int filled;

    /** Makes room for {@code cells} cells. */
    void makeRoom(int cells) {
        from = new int[cells];
        to = new int[cells];
    }

    void clear() {
        filled = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int[] from() {
        return from;
    }

    int[] to() {
        return to;
    }

    /** The bytes that {@code cell} takes, quotes included. */
    int length(int cell) {
        return to[cell] - from[cell];
    }

    /** Makes {@code cell} the single value at which {@code parser} stands; false if its text is no Unicode. */
    boolean put(int cell, JsonParser parser) throws IOException {
        from[cell] = filled;
        JsonToken token = parser.currentToken();
        boolean isWhole = true;
        if (token != JsonToken.VALUE_NULL) {
            int length = parser.getTextLength();
            int quotes = 2;
            grow(MOST_PER_CHARACTER * length + quotes);
            if (token == JsonToken.VALUE_STRING) {
                bytes[filled++] = '"';
                isWhole = encode(parser.getTextCharacters(), parser.getTextOffset(), length);
                bytes[filled++] = '"';
            } else {
                isWhole = encode(parser.getTextCharacters(), parser.getTextOffset(), length);
            }
        }
        to[cell] = filled;
        return isWhole;
    }

    private void grow(int more) {
        if (bytes.length - filled < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, filled + more));
        }
    }

    private boolean encode(char[] text, int offset, int length) {
        int at = 0;
        while (at < length && text[offset + at] < 0x80) {
            bytes[filled++] = (byte) text[offset + at++];
        }
        if (at == length) {
            return true;
        }
        CharBuffer rest = CharBuffer.wrap(text, offset + at, length - at);
        ByteBuffer into = ByteBuffer.wrap(bytes, filled, bytes.length - filled);
        boolean isWhole = !encoder.reset().encode(rest, into, true).isError();
        filled = into.position();
        return isWhole;
    }
}
