// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a number stands in a line of output: {@code val_loss: {number}}. What stands before it is looked for as it is written,
 * where a word begins; {@code *} is any text, and a blank is any number of them. What stands after it must follow at once.
 *
 * <p>It is no regular expression: each part is looked for once, from left to right, so that no line takes long.
 */
final class OutputPattern {
    /** Where the number stands. */
    static final String NUMBER = "{number}";

    private static final int LONGEST_SHOWN = 40;

    private final String text;
    private final List<String> before = new ArrayList<>();
    private final String after;

    private OutputPattern(String text, int number) {
        this.text = text;
        for (String part : blanksJoined(text.substring(0, number)).split("\\*", -1)) {
            if (!part.isBlank()) {
                before.add(part.stripLeading());
            }
        }
        this.after = blanksJoined(text.substring(number + NUMBER.length()));
    }

    /** The pattern that {@code text} says; empty unless it has one number, with something that tells it from others. */
    static Optional<OutputPattern> of(String text) {
        int number = text.indexOf(NUMBER);
        if (number < 0 || text.indexOf(NUMBER, number + 1) >= 0 || text.indexOf('*', number) >= 0) {
            return Optional.empty();
        }
        OutputPattern pattern = new OutputPattern(text, number);
        return pattern.before.isEmpty() ? Optional.empty() : Optional.of(pattern);
    }

    /** What a line says. */
    sealed interface Found {
        /** The number. */
        record Value(double value) implements Found {}

        /** No number, where one should stand. */
        record NoNumber(String instead) implements Found {}
    }

    /** What {@code line} says; null where it does not fit. */
    @Nullable
    Found in(String line) {
        String clean = blanksJoined(withoutColours(line));
        int at = 0;
        for (int i = 0; i < before.size(); i++) {
            at = end(clean, before.get(i), at);
            if (at < 0) {
                return null;
            }
        }
        while (at < clean.length() && clean.charAt(at) == ' ') {
            at++;
        }
        int end = at;
        while (end < clean.length() && isOfNumber(clean.charAt(end))) {
            end++;
        }
        while (end > at && clean.charAt(end - 1) == '.') {
            end--;
        }
        String word = clean.substring(at, end);
        Double value = CsvLog.number(word);
        if (value == null || !clean.startsWith(after, at + word.length())) {
            String rest = clean.substring(at);
            return new Found.NoNumber(rest.length() <= LONGEST_SHOWN ? rest : rest.substring(0, LONGEST_SHOWN) + "…");
        }
        return new Found.Value(value);
    }

    /** Where {@code part} ends, at or after {@code from}; -1 where it is not there, or only within a longer word. */
    private static int end(String line, String part, int from) {
        int start = line.indexOf(part, from);
        while (start > 0 && isOfWord(part.charAt(0)) && isOfWord(line.charAt(start - 1))) {
            start = line.indexOf(part, start + 1);
        }
        return start < 0 ? -1 : start + part.length();
    }

    private static boolean isOfNumber(char c) {
        return isOfWord(c) || c == '.' || c == '+' || c == '-';
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static String blanksJoined(String text) {
        StringBuilder joined = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = Character.isWhitespace(text.charAt(i)) ? ' ' : text.charAt(i);
            if (c != ' ' || joined.isEmpty() || joined.charAt(joined.length() - 1) != ' ') {
                joined.append(c);
            }
        }
        return joined.toString();
    }

    /** Without a terminal's escape sequences for colours, {@code ESC [ … m}. */
    private static String withoutColours(String line) {
        StringBuilder plain = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\u001B' && i + 1 < line.length() && line.charAt(i + 1) == '[') {
                i += 2;
                while (i < line.length() && !Character.isLetter(line.charAt(i))) {
                    i++;
                }
            } else {
                plain.append(line.charAt(i));
            }
        }
        return plain.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
