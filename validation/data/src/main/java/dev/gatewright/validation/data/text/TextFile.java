// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.text;

import dev.gatewright.validation.data.format.OpenFile;
import java.nio.file.Path;

/** A file of text, whose contents may be read any number of times. */
public final class TextFile {
    private static final int MOST_COUNTED = 1 << 26;

    private final OpenFile file;
    private final Packing packing;

    /** The text that {@code file} holds, compressed as {@code packing} says. */
    public TextFile(OpenFile file, Packing packing) {
        this.file = file;
        this.packing = packing;
    }

    /** The file's path, as it was given. */
    public Path path() {
        return file.path();
    }

    /** The text from its begin on. */
    public TextBytes open() {
        return packing.open(file);
    }

    /** About how many lines there are: those of the first 64 MiB are counted, and taken for the rest. */
    public long aboutLines() {
        byte[] buffer = new byte[1 << 16];
        try (TextBytes text = open()) {
            long read = 0;
            long lines = 0;
            int count = buffer.length;
            byte last = '\n';
            while (count == buffer.length && read < MOST_COUNTED) {
                count = text.read(buffer, 0, buffer.length);
                for (int i = 0; i < count; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
                read += count;
                last = count > 0 ? buffer[count - 1] : last;
            }
            return read < MOST_COUNTED
                    ? lines + (last == '\n' ? 0 : 1)
                    : Math.round((double) lines * file.size() / text.taken());
        }
    }
}
