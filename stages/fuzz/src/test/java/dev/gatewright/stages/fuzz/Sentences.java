// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import org.jspecify.annotations.Nullable;

/** What every refusal has to be. */
public final class Sentences {
    private static final int LONGEST = 20_000;

    private Sentences() {}

    /** Refuses a sentence that says nothing, or too much. */
    public static void check(@Nullable String sentence) {
        if (sentence == null || sentence.isBlank() || sentence.length() > LONGEST) {
            throw new AssertionError("no sentence: " + sentence);
        }
    }

    /** The same, and refuses characters that do what nobody sees. */
    static void checkSeen(@Nullable String sentence) {
        check(sentence);
        if (sentence != null && sentence.codePoints().anyMatch(Sentences::isUnseen)) {
            throw new AssertionError("not all of this is seen: " + sentence);
        }
    }

    private static boolean isUnseen(int character) {
        int type = Character.getType(character);
        return (type == Character.CONTROL && character != '\n') || type == Character.FORMAT;
    }
}
