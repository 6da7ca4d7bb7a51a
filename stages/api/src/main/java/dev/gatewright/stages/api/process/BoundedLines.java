// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.process;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Lines of a text that may have no line ends: a longer line is cut into pieces, so that it cannot fill the memory. */
final class BoundedLines {
    static final int LONGEST = 64 * 1024;

    private final Reader reader;
    /** Whether a line feed that comes now belongs to the end of the line before. */
    private boolean ended;

    BoundedLines(Reader reader) {
        this.reader = reader;
    }

    /** The next line without its end; null after the last. A carriage return ends a line too: progress bars use it. */
    @Nullable
    String next() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            if (c != '\n' && c != '\r') {
                line.append((char) c);
                // Not between the halves of a pair: a piece is text that can be written.
                if (line.length() >= LONGEST && !Character.isHighSurrogate((char) c)) {
                    ended = true;
                    return line.toString();
                }
            } else if (!line.isEmpty() || (c == '\n' && !ended)) {
                ended = c == '\r';
                return line.toString();
            } else if (c == '\n') {
                ended = false;
            }
        }
        return line.isEmpty() ? null : line.toString();
    }
}
