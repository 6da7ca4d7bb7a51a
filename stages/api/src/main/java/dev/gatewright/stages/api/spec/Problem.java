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
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    /** Spells out what cannot be seen: a hostile request must not reach the terminal, nor look like a line of its own. */
    public Problem {
        message = visible(message);
        write = write == null ? null : visible(write);
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
