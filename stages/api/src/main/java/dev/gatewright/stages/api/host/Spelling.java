// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.host;

import java.util.Locale;

/** How a constant of an enumeration is written outside of Java. */
public final class Spelling {
    private Spelling() {}

    /** {@code RUN_ID} as {@code run-id}. */
    static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code RUN_ID} as {@code runId}: how Jenkins writes names. */
    public static String camel(Enum<?> constant) {
        StringBuilder name = new StringBuilder();
        boolean starts = false;
        for (char c : constant.name().toCharArray()) {
            if (c != '_') {
                name.append(starts ? c : Character.toLowerCase(c));
            }
            starts = c == '_';
        }
        return name.toString();
    }
}
