// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with a request.
 *
 * @param message what was found and what was expected, in one sentence without a full stop
 * @param write the line that should be written; none where there is no saying
 */
public record Problem(Place place, String message, @Nullable String write) {
    private static final int LONGEST = 1500;
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    /**
     * Spells out what cannot be seen, and leaves out the middle of what is too long to be read: a hostile request must not
     * reach the terminal, nor look like a line of its own, nor fill the log.
     */
    public Problem {
        message = visible(shortened(message));
        write = write == null ? null : visible(shortened(write));
    }

    private static String shortened(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int head = text.offsetByCodePoints(0, LONGEST / 3);
        int tail = text.offsetByCodePoints(text.length(), -LONGEST / 3);
        return text.substring(0, head) + " … " + text.substring(tail);
    }

    private static String visible(String text) {
        return INVISIBLE
                .matcher(text)
                .replaceAll(found -> String.format("\\\\u%04X", found.group().codePointAt(0)));
    }

    @Override
    public String toString() {
        return place + ": " + message + (write == null ? "" : "\n    write: " + write);
    }
}
