// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.run.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a canary has come, on the disk before its next effect: {@code canary.json} in the target's folder.
 *
 * @param candidate the digest of its model
 * @param weight the candidate's share that was asked for last, in percent
 */
record Journal(String runId, String candidate, Phase phase, int weight) {
    /** Where it may stand. */
    enum Phase {
        /** Nothing has been done. */
        PREPARED,
        /** The candidate runs without traffic. */
        STARTED,
        /** It answers the golden rows as the judged model. */
        GOLDEN_PASSED,
        /** It has a share of the traffic. */
        AT_WEIGHT,
        /** It has all of it, and every step has passed. */
        AT_FULL,
        /** Stable has all of it again. */
        ROLLED_BACK,
        /** It is stable. */
        RELEASED;

        /** Whether the candidate may be there, or have traffic. */
        boolean isUnfinished() {
            return this != ROLLED_BACK && this != RELEASED;
        }
    }

    private static final String FORMAT = "gatewright-canary/v1";
    private static final String FILE = "canary.json";

    /** The same canary at another place. */
    Journal at(Phase next, int share) {
        return new Journal(runId, candidate, next, share);
    }

    /** The journal in {@code folder}; empty where there never was a canary. */
    static Optional<Journal> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Json document = JsonReader.read(Files.readAllBytes(file));
            if (document instanceof Json.Obj object && object.text("format").equals(Optional.of(FORMAT))) {
                return Optional.of(new Journal(
                        object.text("run").orElseThrow(),
                        object.text("candidate").orElseThrow(),
                        Phase.valueOf(object.text("phase").orElseThrow().toUpperCase(Locale.ROOT)),
                        object.number("weight").orElseThrow().intValue()));
            }
            throw new IOException(
                    "it is no document of the format " + FORMAT + "; a newer program may have written it");
        } catch (IOException | RuntimeException e) {
            throw new StageFailedException(
                    file + " does not tell how far the canary had come: " + e.getMessage(),
                    "gatewright abort returns all traffic to stable; then remove the file",
                    e);
        }
    }

    /** Puts it on the disk. */
    void write(Path folder) {
        Json.Obj document = Json.object()
                .put("format", FORMAT)
                .put("run", runId)
                .put("candidate", candidate)
                .put("phase", phase.name().toLowerCase(Locale.ROOT))
                .put("weight", weight)
                .build();
        try {
            AtomicFile.write(folder.resolve(FILE), JsonWriter.pretty(document));
        } catch (IOException e) {
            throw new StageFailedException(
                    folder.resolve(FILE) + " cannot be written: " + e.getMessage(), "see to its disk", e);
        }
    }
}
