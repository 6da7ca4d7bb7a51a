// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

/**
 * Text of unknown origin inside Markdown, where it stays text: no heading, link, picture, HTML, table cell, mention or
 * reference comes of it.
 */
final class MarkdownText {
    /** Shows as nothing, and parts what would otherwise be a link or a mention. */
    private static final String PARTED = "&#8203;";

    private MarkdownText() {}

    /** {@code text} on one line, of at most {@code most} characters before escapes. */
    static String of(String text, int most) {
        String plain = PlainText.line(text, most).strip();
        StringBuilder out = new StringBuilder(plain.length() + 16);
        for (int i = 0; i < plain.length(); i++) {
            char character = plain.charAt(i);
            switch (character) {
                // Entities: an HTML reader, or a table, would take these for its own even behind a backslash.
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '|' -> out.append("&#124;");
                case '\\' -> out.append("&#92;");
                case '`' -> out.append("&#96;");
                case '$' -> out.append("&#36;");
                // Mentions and references to issues are looked for in the finished text, so that no escape keeps them
                // off.
                case '@', '#' -> out.append(character == '@' ? "@" : "\\#").append(PARTED);
                case ':' -> out.append(isPartOfLink(plain, i) ? ":" + PARTED : ":");
                case '.' -> out.append(isAfterWww(plain, i) ? PARTED + "." : startsList(plain, i) ? "\\." : ".");
                case '*', '_', '[', ']', '~', '!' -> out.append('\\').append(character);
                case '+', '-', '=' -> out.append(i == 0 ? "\\" : "").append(character);
                case ')' -> out.append(startsList(plain, i) ? "\\)" : ")");
                default -> out.append(character);
            }
        }
        return out.toString();
    }

    /** A name in the type of code, where that can be had without an escape; else as text. */
    static String code(String text) {
        String plain = PlainText.line(text, PlainText.NAME).strip();
        boolean safe = !plain.isEmpty() && plain.chars().noneMatch(c -> c == '`' || c == '|' || c == '\\');
        return safe ? "`" + plain + "`" : of(text, PlainText.NAME);
    }

    /** A colon that something follows at once: an address, or the name of a picture. */
    private static boolean isPartOfLink(String text, int colon) {
        return colon + 1 < text.length() && !Character.isWhitespace(text.charAt(colon + 1));
    }

    private static boolean isAfterWww(String text, int dot) {
        return dot >= 3 && text.regionMatches(true, dot - 3, "www", 0, 3);
    }

    /** A number at the beginning, with a gap behind the mark at {@code at}, makes a list of the text. */
    private static boolean startsList(String text, int at) {
        boolean gap = at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1));
        return gap && at > 0 && at < 10 && text.substring(0, at).chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
