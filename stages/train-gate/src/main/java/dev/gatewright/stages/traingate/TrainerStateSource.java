// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.spec.Placed;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The {@code log_history} that Hugging Face's Trainer keeps in {@code trainer_state.json}: in its output folder after
 * {@code save_state}, and until then in that of the newest checkpoint.
 */
record TrainerStateSource(Placed<Path> output) implements MetricsSource {
    private static final String FILE = "trainer_state.json";
    private static final String HISTORY = "log_history";
    private static final String CHECKPOINT = "checkpoint-";
    private static final int MOST_DIGITS = 18;

    @Override
    public String name() {
        return output.value().toString();
    }

    @Override
    public Opened open(Opening opening) {
        Path folder = opening.folder().resolve(output.value());
        return new Opened() {
            @Override
            public Object state() throws IOException {
                return FileSource.stateOf(newest(folder));
            }

            @Override
            public TrainingNumbers read(boolean stillWritten) throws IOException {
                Path file = newest(folder);
                Json document = document(folder, file);
                if (document instanceof Json.Obj state && state.members().get(HISTORY) instanceof Json.Arr history) {
                    // An empty one is what a training leaves that has logged nothing yet.
                    return history.items().isEmpty() ? TrainingNumbers.none() : JsonNumbers.of(history);
                }
                throw new IOException(
                        folder.relativize(file) + " has no list '" + HISTORY + "', so no Trainer has written it");
            }
        };
    }

    private static Json document(Path folder, Path file) throws IOException {
        try {
            return JsonReader.readWithNaN(MetricsFile.bytes(file));
        } catch (JsonReader.NotJsonException e) {
            throw new IOException(folder.relativize(file) + ": " + e.getMessage(), e);
        }
    }

    private static Path newest(Path folder) throws IOException {
        Path whole = folder.resolve(FILE);
        if (Files.isRegularFile(whole)) {
            return whole;
        }
        Path newest = null;
        long most = -1;
        try (DirectoryStream<Path> checkpoints = Files.newDirectoryStream(folder, CHECKPOINT + "*")) {
            for (Path checkpoint : checkpoints) {
                Path file = checkpoint.resolve(FILE);
                long step = step(checkpoint.getFileName().toString().substring(CHECKPOINT.length()));
                if (step > most && Files.isRegularFile(file)) {
                    most = step;
                    newest = file;
                }
            }
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such folder", e);
        }
        if (newest == null) {
            throw new IOException("there is no " + FILE + " in it, nor in a " + CHECKPOINT + "… in it");
        }
        return newest;
    }

    private static long step(String digits) {
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= MOST_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(digits) : -1;
    }
}
