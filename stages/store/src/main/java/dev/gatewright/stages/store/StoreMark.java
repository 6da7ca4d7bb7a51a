// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.run.AtomicFile;
import dev.gatewright.stages.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a run here stands to the same run in a repository, as its folder remembers it: what both were when they were last the same.
 *
 * @param place the repository
 * @param manifest what it had
 * @param document the run's document here
 */
record StoreMark(String place, Digest manifest, Digest document) {
    static final String FILE_NAME = "store.json";
    private static final String FORMAT = "gatewright-store/v1";
    private static final int LARGEST = 1 << 16;

    /** The mark in a run's folder; empty where there is none, or none that can be read, or it is of another place. */
    static Optional<StoreMark> read(Path folder, String place) throws IOException {
        Path file = folder.resolve(FILE_NAME);
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
            return Optional.empty();
        }
        try {
            return JsonReader.read(Files.readAllBytes(file)) instanceof Json.Obj json
                            && json.text("format").equals(Optional.of(FORMAT))
                            && json.text("place").equals(Optional.of(place))
                    ? Optional.of(new StoreMark(
                            place,
                            Digest.parse(json.text("manifest").orElse("")),
                            Digest.parse(json.text("document").orElse(""))))
                    : Optional.empty();
        } catch (JsonReader.NotJsonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void write(Path folder) throws IOException {
        Json.Obj json = Json.object()
                .put("format", FORMAT)
                .put("place", place)
                .put("manifest", manifest.toString())
                .put("document", document.toString())
                .build();
        AtomicFile.write(folder.resolve(FILE_NAME), JsonWriter.pretty(json));
    }
}
