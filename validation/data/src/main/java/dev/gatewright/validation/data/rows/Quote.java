// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.rows;

import java.nio.charset.StandardCharsets;

/** Text from a file made fit for a message: quoted, shortened, and without characters that a terminal would act on. */
public final class Quote {
    private static final int LONGEST = 60;

    private Quote() {}

    /** {@code 'text'}, of which at most 60 characters are shown. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder("'");
        int characters = 0;
        for (int i = 0; i < text.length(); characters++) {
            if (characters == LONGEST) {
                return shown.append("…'").toString();
            }
            int character = text.codePointAt(i);
            append(shown, character);
            i += Character.charCount(character);
        }
        return shown.append('\'').toString();
    }

    /** The same of UTF-8 bytes; only as many are decoded as can be shown. */
    public static String of(byte[] bytes, int from, int to) {
        // A character has at most four bytes, so one that is cut here lies beyond those that are shown.
        int length = Math.min(to - from, 4 * LONGEST + 4);
        return of(new String(bytes, from, length, StandardCharsets.UTF_8));
    }

    private static void append(StringBuilder shown, int character) {
        switch (character) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
                if (isInvisible(character)) {
                    shown.append("\\u{").append(Integer.toHexString(character)).append('}');
                } else {
                    shown.appendCodePoint(character);
                }
            }
        }
    }

    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
