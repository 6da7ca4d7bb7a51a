// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.spec.Placed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file with the numbers: JSON or CSV by its name. */
record FileSource(Placed<Path> output) implements MetricsSource {
    @Override
    public String name() {
        return output.value().toString();
    }

    @Override
    public Opened open(Opening opening) {
        Path file = opening.folder().resolve(output.value());
        return new Opened() {
            @Override
            public Object state() throws IOException {
                return stateOf(file);
            }

            @Override
            public TrainingNumbers read(boolean stillWritten) throws IOException {
                return MetricsFile.read(file, stillWritten);
            }
        };
    }

    /** How the file's name says that it is written. */
    Optional<MetricsFile.Format> format() {
        return MetricsFile.Format.of(output.value());
    }

    /** What changes when the file is written. */
    static Object stateOf(Path file) throws IOException {
        return List.of(file, Files.size(file), Files.getLastModifiedTime(file));
    }
}
