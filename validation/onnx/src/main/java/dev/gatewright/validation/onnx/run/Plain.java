// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

/** Text from the worker, made safe to stand in a sentence: one line, short, and without a character that does not print. */
final class Plain {
    private Plain() {}

    /** At most {@code longest} characters of {@code text}. */
    static String of(String text, int longest) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), longest) + 1);
        for (int i = 0; i < text.length(); ) {
            if (plain.length() >= longest) {
                return plain.append('…').toString();
            }
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (prints(character)) {
                plain.appendCodePoint(character);
            } else if (plain.length() > 0 && plain.charAt(plain.length() - 1) != ' ') {
                plain.append(' ');
            }
        }
        return plain.toString().strip();
    }

    private static boolean prints(int character) {
        return switch (Character.getType(character)) {
            // Format characters turn the direction of text around; the others move a terminal or show nothing.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
