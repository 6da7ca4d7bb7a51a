// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.host;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
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

    /** The run's document; empty where there is none. */
    default Optional<RunDocument> readRun() throws IOException {
        Optional<byte[]> bytes = read(RunDocument.FILE_NAME);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(RunDocument.read(bytes.get(), RunDocument.FILE_NAME));
    }

    /** The report that a stage left; empty where it left none. */
    default Optional<Report> readReport(StageName stage) throws IOException {
        String path = stage.spelling() + "/" + Report.FILE_NAME;
        Optional<byte[]> bytes = read(path);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(Report.read(bytes.get(), path));
    }

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
