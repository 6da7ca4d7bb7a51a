// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.Secrets;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.spec.Placed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a training leaves its numbers, as the spec names it. */
sealed interface MetricsSource permits FileSource, EventsSource, TrainerStateSource, OutputSource, MlflowSource {
    /** What sentences call it. */
    String name();

    /** The file or folder that the training must write anew for it; null where there is none. */
    @Nullable
    Placed<Path> output();

    /** The source for one training that has not started yet. */
    Opened open(Opening opening) throws IOException, InterruptedException;

    /**
     * What a source may need to know of the training.
     *
     * @param folder the spec's folder
     * @param runId the run that the training belongs to
     */
    record Opening(Path folder, String runId, Secrets secrets, Clock clock) {}

    /** The numbers of one training, while it runs and after that. */
    interface Opened {
        /** Variables that tell the command where its numbers belong. */
        default Map<String, String> environment() {
            return Map.of();
        }

        /** What the report says of the source, beside the spec. */
        default Json.Obj facts() {
            return Json.object().build();
        }

        /** Takes a line that the command printed; called from another thread. */
        default void printed(String line) {}

        /** Something cheap that is no longer equal once there may be other numbers. */
        Object state() throws IOException;

        /**
         * All numbers so far.
         *
         * @param stillWritten the training runs: what is half written is not looked at
         * @throws IOException if they cannot be had; the message says why, and where
         */
        TrainingNumbers read(boolean stillWritten) throws IOException, InterruptedException;

        /** Hears, after the last reading, that the training has ended: {@code byItself}, or because it was ended. */
        default void ended(boolean byItself) throws InterruptedException {}
    }
}
