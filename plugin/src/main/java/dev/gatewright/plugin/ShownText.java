// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

/** A text of a report as a run of Jenkins keeps it: of some length at most, and of characters that can be saved as XML and read again. */
final class ShownText {
    private static final int LONGEST = 4000;
    private static final int REPLACEMENT = 0xFFFD;

    private ShownText() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder();
        int end = Math.min(text.length(), LONGEST);
        text.substring(0, end).codePoints().forEach(c -> shown.appendCodePoint(isText(c) ? c : REPLACEMENT));
        if (end < text.length()) {
            shown.append("… and ").append(text.length() - end).append(" characters more");
        }
        return shown.toString();
    }

    /** Neither control, nor half a character, nor what turns the direction of the text around it. */
    private static boolean isText(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\t';
            case Character.SURROGATE, Character.UNASSIGNED -> false;
            case Character.FORMAT -> !((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069));
            default -> true;
        };
    }
}
