// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

/** Text from a child, made safe to stand in a sentence: one line, short, nothing that does not print. */
final class Plain {
    private Plain() {}

    /** At most {@code longest} characters of {@code text}. */
    static String of(String text, int longest) {
        String plain = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " ").strip();
        if (plain.length() <= longest) {
            return plain;
        }
        int end = Character.isHighSurrogate(plain.charAt(longest - 1)) ? longest - 1 : longest;
        return plain.substring(0, end) + "…";
    }
}
