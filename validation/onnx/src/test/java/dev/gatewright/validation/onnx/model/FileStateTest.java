// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStateTest {
    @TempDir
    private Path folder;

    @Test
    void isTheSameForAnUntouchedFileAndAnotherForATouchedOne() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[3]);
        FileState before = FileState.settled(file, "file");

        assertThat(FileState.of(file, "file")).isEqualTo(before);
        assertThat(before.bytes()).isEqualTo(3);

        Files.setLastModifiedTime(file, FileTime.from(before.modified()));
        assertThat(FileState.of(file, "file").modified()).isEqualTo(before.modified());
        assertThat(FileState.of(file, "file").changed()).isAfter(before.changed());
    }

    @Test
    void isOlderThanATickOnceItHasSettled() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[3]);

        assertThat(FileState.settled(file, "file").isWithinTick()).isFalse();
    }

    /** A change in the future comes from another machine's clock; nobody waits for it. */
    @Test
    void isWithinATickOnlyJustAfterTheChangeAndNeverBefore() {
        Instant now = Instant.now();

        assertThat(changedAt(now.plus(Duration.ofSeconds(1))).isWithinTick()).isFalse();
        assertThat(changedAt(now.minusMillis(1)).isWithinTick()).isTrue();
        assertThat(changedAt(now.minusMillis(20)).isWithinTick()).isFalse();
    }

    @Test
    void keepsTheInterruptOfAThreadThatReads() {
        Path model = Models.relu().writeTo(folder.resolve("model.onnx"));
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(RefusedModelException.class)
                    .isThrownBy(() -> ModelFile.open(model, SafetyLimits.strict()))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Refusal.UNREADABLE));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static FileState changedAt(Instant instant) {
        return new FileState("file", "", 0, instant, instant);
    }
}
