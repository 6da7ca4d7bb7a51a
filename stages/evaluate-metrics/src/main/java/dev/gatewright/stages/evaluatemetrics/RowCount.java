// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluatemetrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * About how many rows a CSV file has: its line ends, without the header's. Of a large file the first {@value #MOST_READ} bytes
 * are counted, in some hundredths of a second, and taken for the rest; a quoted cell with line ends counts as several rows. It
 * serves a warning before the run; the run counts the rows themselves.
 */
final class RowCount {
    static final int MOST_READ = 64 << 20;

    private RowCount() {}

    static long of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            long size = Files.size(file);
            byte[] buffer = new byte[1 << 16];
            long read = 0;
            long lines = 0;
            byte last = '\n';
            for (int count = in.read(buffer); count > 0 && read < MOST_READ; count = in.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
                read += count;
                last = buffer[count - 1];
            }
            if (read >= MOST_READ) {
                return Math.max(0, Math.round((double) lines * size / read) - 1);
            }
            return Math.max(0, lines + (last == '\n' ? 0 : 1) - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
