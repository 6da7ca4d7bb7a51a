// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The name that was meant most likely: the one with the fewest letters inserted, left out, replaced or swapped. */
final class NearestName {
    private static final int LONGEST = 100;

    private NearestName() {}

    /** The nearest of {@code names} to {@code name}, the first in alphabetical order of several; null if none is near. */
    static @Nullable String of(String name, Collection<String> names) {
        String nearest = null;
        int least = Math.max(1, name.length() / 3);
        String wanted = name.toLowerCase(Locale.ROOT);
        for (String candidate : names) {
            if (Math.max(name.length(), candidate.length()) > LONGEST
                    || Math.abs(name.length() - candidate.length()) > least) {
                continue;
            }
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
            if (distance < least || (distance == least && (nearest == null || candidate.compareTo(nearest) < 0))) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** The Levenshtein distance, in which two letters that changed places count as one (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] distances = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    distances[i][j] = i + j;
                    continue;
                }
                int replaced = distances[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int least = Math.min(replaced, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                distances[i][j] = swapped ? Math.min(least, 1 + distances[i - 2][j - 2]) : least;
            }
        }
        return distances[a.length()][b.length()];
    }
}
