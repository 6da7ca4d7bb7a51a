// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.endpoint;

/** A stranger's words, fit for a sentence: one line, no control characters, not too long. */
final class Plain {
    private Plain() {}

    static String of(String text, int most) {
        StringBuilder plain = new StringBuilder();
        int shown = 0;
        for (int i = 0; i < text.length() && shown < most; shown++) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            boolean harmless = !Character.isISOControl(point)
                    && Character.getType(point) != Character.FORMAT
                    && Character.getType(point) != Character.SURROGATE
                    && Character.getType(point) != Character.LINE_SEPARATOR
                    && Character.getType(point) != Character.PARAGRAPH_SEPARATOR;
            plain.appendCodePoint(harmless ? point : ' ');
        }
        String stripped = plain.toString().strip();
        return text.codePointCount(0, text.length()) > most ? stripped + "…" : stripped;
    }
}
