// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.Secrets;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import dev.gatewright.validation.testkit.tensorboard.EventFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsSourceTest extends MetricsSourceContract {
    private static final String FILE = "events.out.tfevents.1700000000.host.1.0";

    @TempDir
    private Path logs;

    @Override
    protected String metrics() {
        return "{tensorboard: build/logs}";
    }

    @Override
    protected String logs(TrainingFolder folder, List<Double> values) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (double value : values) {
            file.writeBytes(EventFiles.scalar("val_loss", (float) value));
            file.writeBytes(EventFiles.scalar("val_accuracy", (float) value));
        }
        file.writeBytes(EventFiles.scalar("val_accuracy", 1));
        Files.write(folder.path("prepared"), file.toByteArray());
        return "mkdir build/logs; cp prepared build/logs/" + FILE;
    }

    @Test
    void callsANumberByItsTagAndTheFolderBelow() throws Exception {
        write(FILE, EventFiles.scalar("loss", 0.5f));
        write("run/validation/" + FILE, EventFiles.scalar("loss", 0.25f));

        assertThat(read(false).series()).isEqualTo(Map.of("loss", List.of(0.5), "run/validation/loss", List.of(0.25)));
    }

    /** A training that is continued writes to a new file; none of its values hides an earlier one. */
    @Test
    void joinsTheFilesOfAFolderInTheOrderOfTheirTimes() throws Exception {
        write("events.out.tfevents.1700000002.host.1.0", EventFiles.scalar("loss", 0.25f));
        write("events.out.tfevents.1700000001.host.1.0", EventFiles.scalar("loss", Float.NaN));

        assertThat(read(false).series()).isEqualTo(Map.of("loss", List.of(Double.NaN, 0.25)));
    }

    @Test
    void passesOverWhatIsNoNumber() throws Exception {
        byte[] version = EventFiles.record(EventFiles.field(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8)));
        byte[] empty = EventFiles.record(new byte[0]);
        write(FILE, EventFiles.concat(version, empty, EventFiles.scalar("loss", 0.5f)));
        write("notes.txt", "no events".getBytes(StandardCharsets.UTF_8));

        assertThat(read(false).series()).isEqualTo(Map.of("loss", List.of(0.5)));
    }

    @Test
    void refusesTwoNumbersOfOneName() throws Exception {
        write("a/" + FILE, EventFiles.scalar("b/loss", 0.5f));
        write("a/b/" + FILE, EventFiles.scalar("loss", 0.25f));

        assertThatThrownBy(() -> read(false)).hasMessageContaining("two numbers are called 'a/b/loss'");
    }

    @Test
    void looksAtNoHalfRecordWhileTheTrainingRunsAndRefusesItInTheEnd() throws Exception {
        byte[] whole = EventFiles.concat(EventFiles.scalar("loss", 0.5f), EventFiles.scalar("loss", 0.25f));
        for (int length = whole.length / 2; length < whole.length; length++) {
            write(FILE, Arrays.copyOf(whole, length));
            assertThat(read(true).series()).isEqualTo(Map.of("loss", List.of(0.5)));
            if (length > whole.length / 2) {
                assertThatThrownBy(() -> read(false))
                        .hasMessageContaining("has no end: the training did not close its writer");
            }
        }
    }

    /** A changed byte is found by a checksum, wherever it is. */
    @Test
    void refusesAChangedByte() throws Exception {
        byte[] whole = EventFiles.scalar("loss", 0.5f);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            write(FILE, changed);
            assertThatThrownBy(() -> read(false)).as("byte %s", i).isInstanceOf(IOException.class);
        }
    }

    @Test
    void reservesNothingForALengthThatIsALie() throws Exception {
        byte[] lie = EventFiles.record(new byte[0]);
        byte[] honest = EventFiles.record(new byte[100]);
        write(FILE, EventFiles.concat(Arrays.copyOf(honest, 12), lie));
        assertThatThrownBy(() -> read(false)).hasMessageContaining("has no end");

        write(FILE, EventFiles.record(new byte[EventFile.LARGEST_RECORD + 1]));
        assertThatThrownBy(() -> read(false)).hasMessageContaining("has more than 64 MiB");
    }

    /** With right checksums, so that the bytes reach the reader of messages. */
    @Seeded
    void endsWithNumbersOrASentenceOnAnyMessage(Gen gen) throws Exception {
        byte[] data = new byte[gen.integer(0, 60)];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) gen.integer(0, gen.integer(0, 1) == 0 ? 64 : 255);
        }
        write(FILE, EventFiles.record(data));
        try {
            read(false);
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith(FILE);
        }
    }

    @Test
    void saysThatThereIsNoEventFile() throws Exception {
        write("notes.txt", new byte[0]);
        assertThatThrownBy(() -> read(false)).hasMessageContaining("no file in it is called ….tfevents.…");
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = logs.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private TrainingNumbers read(boolean stillWritten) throws IOException, InterruptedException {
        Path here = Path.of("");
        EventsSource source = new EventsSource(new Placed<>(here, new Place("gatewright.yaml", 1, 1)));
        return source.open(new MetricsSource.Opening(logs, "1", Secrets.NONE, Clock.systemUTC()))
                .read(stillWritten);
    }
}
