// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.spec.Placed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of TensorBoard event files. A number is called as TensorBoard shows it: its tag, and before it the folder that
 * its file lies in, if that is one below: {@code validation/epoch_loss}.
 */
record EventsSource(Placed<Path> output) implements MetricsSource {
    private static final String MARK = ".tfevents.";
    private static final int DEEPEST = 8;
    private static final int MOST_FILES = 10_000;
    private static final long MOST_BYTES = 1L << 30;

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
                List<Object> states = new ArrayList<>();
                for (Path file : files(folder)) {
                    states.add(FileSource.stateOf(file));
                }
                return states;
            }

            @Override
            public TrainingNumbers read(boolean stillWritten) throws IOException {
                List<Path> files = files(folder);
                if (files.isEmpty()) {
                    throw new IOException("no file in it is called …" + MARK + "…, as TensorBoard's event files are");
                }
                Events events = new Events();
                for (Path file : files) {
                    events.read(folder, file, stillWritten);
                }
                return events.numbers();
            }
        };
    }

    /** By name, which begins with the time at which a file was made. Links are not followed. */
    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        long bytes = 0;
        try (Stream<Path> all = Files.walk(folder, DEEPEST)) {
            for (Path file : (Iterable<Path>) all.limit(MOST_FILES + 1L)::iterator) {
                if (file.getFileName().toString().contains(MARK)
                        && Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                    files.add(file);
                    bytes += Files.size(file);
                }
            }
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such folder", e);
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
        if (files.size() > MOST_FILES || bytes > MOST_BYTES) {
            throw new IOException("its event files are more than " + MOST_FILES + ", or have more than "
                    + (MOST_BYTES >> 30) + " GiB; write pictures and histograms to another folder");
        }
        files.sort(null);
        return files;
    }
}
