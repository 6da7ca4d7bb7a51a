// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import java.util.Locale;

/**
 * Text of unknown origin, made harmless to look at. Names of models, columns and files, and the messages of other programs,
 * may hold line ends, control sequences of a terminal, characters that reverse or hide what stands beside them, or a
 * megabyte of anything: each of these stands as U+FFFD, and a long text ends in an ellipsis and its length.
 */
public final class PlainText {
    /** The most characters of a sentence. */
    public static final int SENTENCE = 1_000;

    /** The most characters of a name in a table. */
    public static final int NAME = 160;

    private static final int REPLACEMENT = 0xFFFD;

    private PlainText() {}

    /** {@code text} on one line, of at most {@code most} characters and a note of how many there are. */
    public static String line(String text, int most) {
        return shown(text, most, false);
    }

    /** {@code text} with its lines. */
    public static String block(String text, int most) {
        return shown(text, most, true);
    }

    private static String shown(String text, int most, boolean keepsLines) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), most + 40));
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            if (shown.length() + Character.charCount(character) > most) {
                return shown.append(String.format(Locale.ROOT, "… (%,d characters)", text.length()))
                        .toString();
            }
            at += Character.charCount(character);
            if (character == '\r' && at < text.length() && text.charAt(at) == '\n') {
                continue;
            }
            shown.appendCodePoint(harmless(character, keepsLines));
        }
        return shown.toString();
    }

    private static int harmless(int character, boolean keepsLines) {
        if (character == '\n' || character == '\t' || character == '\r') {
            return !keepsLines ? ' ' : character == '\t' ? '\t' : '\n';
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> REPLACEMENT;
            default -> isNoCharacter(character) ? REPLACEMENT : character;
        };
    }

    /** The code points that Unicode keeps out of text for good; XML refuses two of them. */
    private static boolean isNoCharacter(int character) {
        return (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF);
    }
}
