// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.rows;

/** Patterns for names: {@code *} stands for any text, also none, {@code ?} for one character, all else for itself. */
public final class Glob {
    private Glob() {}

    public static boolean isGlob(String pattern) {
        return pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
    }

    /** Whether all of {@code name} matches; takes at most the product of both lengths, whatever they hold. */
    public static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int starred = 0; // up to here the name is taken by the last star
        while (n < name.length()) {
            char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
            if (wanted == '*') {
                star = p++;
                starred = n;
            } else if (p < pattern.length() && (wanted == '?' || wanted == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++starred;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
