// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

/** Text from a model, made safe to stand in a sentence: in quotes, short, and without a character that does not print. */
final class Quoted {
    private static final int LONGEST = 120;

    private Quoted() {}

    static String of(String text) {
        StringBuilder quoted = new StringBuilder(Math.min(text.length(), LONGEST) + 2).append('\'');
        int taken = 0;
        for (int i = 0; i < text.length() && taken < LONGEST; taken++) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (prints(character)) {
                quoted.appendCodePoint(character);
            } else {
                quoted.append("\\u{").append(Integer.toHexString(character)).append('}');
            }
        }
        if (taken == LONGEST && text.codePointCount(0, text.length()) > LONGEST) {
            quoted.append('…');
        }
        return quoted.append('\'').toString();
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
