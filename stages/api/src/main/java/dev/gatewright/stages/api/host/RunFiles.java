// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** The documents in a run's folder, wherever that is. */
@FunctionalInterface
public interface RunFiles {
    /** More than any document of a run has, in bytes. */
    int LARGEST = 64 << 20;

    /**
     * The bytes of a document.
     *
     * @param path from the run's folder, with slashes: {@code evaluate-metrics/report.json}
     * @return empty where it is not there
     * @throws IOException if it cannot be read, or is larger than {@link #LARGEST}
     */
    Optional<byte[]> read(String path) throws IOException;

    /** The documents of the run in {@code folder}. */
    static RunFiles in(Path folder) {
        return path -> {
            Path file = folder.resolve(path);
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(file + " is no plain file");
            }
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw new IOException(file + " is larger than any document of a run");
                }
                return Optional.of(bytes);
            }
        };
    }
}
