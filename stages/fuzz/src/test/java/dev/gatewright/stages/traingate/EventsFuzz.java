// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatewright.stages.fuzz.Scratch;
import dev.gatewright.stages.fuzz.Sentences;
import dev.gatewright.validation.testkit.tensorboard.EventFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes are a file, and once more what a record with sound checksums holds. */
@Tag("slow")
class EventsFuzz {
    private static final Scratch FILE = new Scratch("events.out.tfevents.1.host");

    static Stream<byte[]> seeds() {
        byte[] scalar = EventFiles.scalar("val_loss", 0.25f);
        return Stream.of(
                EventFiles.concat(scalar, EventFiles.scalar("run/accuracy", 1)),
                Arrays.copyOfRange(scalar, 12, scalar.length - 4));
    }

    @MethodSource("seeds")
    @FuzzTest(maxExecutions = 40_000)
    void areReadOrRefused(byte[] bytes) {
        readOrRefuse(FILE.with(bytes));
        readOrRefuse(FILE.with(EventFiles.record(bytes)));
    }

    private static void readOrRefuse(Path file) {
        try {
            Events events = new Events();
            events.read(file.getParent(), file, false);
            events.numbers();
        } catch (IOException e) {
            Sentences.check(e.getMessage());
        }
    }
}
