// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import java.util.Collection;
import java.util.Optional;

/** Guesses which of the known words a wrong one was meant to be. */
public final class DidYouMean {
    private DidYouMean() {}

    /** The known word that is nearest to {@code word}, if one is near: at most a third of its letters wrong. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : known) {
            int allowed = Math.max(1, Math.max(word.length(), candidate.length()) / 3);
            if (Math.abs(word.length() - candidate.length()) > allowed) {
                continue; // so many letters are wrong at least; and a hostile long word costs nothing
            }
            int distance = distance(normal(word), normal(candidate));
            if (distance <= allowed && distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code "; did you mean 'x'?"}, or the list of what is known where nothing is near. */
    public static String hint(String word, Collection<String> known) {
        return nearest(word, known)
                .map(near -> "; did you mean '" + near + "'?")
                .orElseGet(() -> known.isEmpty() ? "" : "; known: " + String.join(", ", known));
    }

    private static String normal(String word) {
        return word.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Edits of one letter (insert, delete, replace, swap of neighbours) between two words: Damerau and Levenshtein. */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, Math.min(last[j], row[j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
