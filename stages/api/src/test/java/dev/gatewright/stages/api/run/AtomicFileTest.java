// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));

    @TempDir
    private Path folder;

    @Test
    void writesANewFileAndReplacesAnOldOne() throws IOException {
        Path file = folder.resolve("a.json");

        AtomicFile.write(file, "one é😀\n");
        assertThat(file).hasContent("one é😀\n");
        AtomicFile.write(file, "two");
        assertThat(file).hasContent("two");
        AtomicFile.write(file, "");
        assertThat(file).isEmptyFile();
        assertThat(names()).containsExactly("a.json");
    }

    @Test
    void replacesALinkAndNotWhatItPointsTo() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "untouched");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);

        AtomicFile.write(link, "new");

        assertThat(target).hasContent("untouched");
        assertThat(link).hasContent("new");
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void leavesNoTemporaryFileWhereItFails() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("taken/in"));

        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("taken"), "text"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("missing/a"), "text"))
                .isInstanceOf(IOException.class);

        assertThat(taken).isDirectory();
        assertThat(names()).containsExactly("taken");
    }

    /** A disk of 64 KiB; only root can make one, and not everywhere. */
    @Test
    void keepsTheOldContentWhereTheDiskIsFull() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Assumptions.assumeTrue(
                IS_ROOT && exit("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()) == 0,
                "a small disk cannot be mounted");
        try {
            Path file = disk.resolve("a.json");
            AtomicFile.write(file, "old");

            assertThatThrownBy(() -> AtomicFile.write(file, "x".repeat(1 << 20)))
                    .isInstanceOf(IOException.class);

            assertThat(file).hasContent("old");
            assertThat(disk).isDirectoryNotContaining(each -> !each.equals(file));
        } finally {
            assertThat(exit("umount", disk.toString())).isZero();
        }
    }

    @Test
    void keepsTheOldContentWhereNothingCanBeWritten() throws IOException {
        Assumptions.assumeFalse(IS_ROOT, "root may write anywhere");
        Path file = Files.writeString(folder.resolve("a.json"), "old");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
        try {
            assertThatThrownBy(() -> AtomicFile.write(file, "new")).isInstanceOf(IOException.class);
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("a.json");
    }

    @Test
    void writesWhileItsThreadIsInterrupted() throws IOException {
        Path file = folder.resolve("a.json");

        Thread.currentThread().interrupt();
        AtomicFile.write(file, "text");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasContent("text");
    }

    @Test
    void writesThoughItIsInterruptedAgainAndAgain() throws Exception {
        Path file = folder.resolve("a.json");
        Thread writer = Thread.currentThread();
        AtomicBoolean done = new AtomicBoolean();
        Thread interrupter = new Thread(() -> {
            while (!done.get()) {
                writer.interrupt();
                try {
                    Thread.sleep(2);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        interrupter.start();
        try {
            for (int i = 0; i < 50; i++) {
                AtomicFile.write(file, "text " + i);
                assertThat(file).hasContent("text " + i);
            }
        } finally {
            done.set(true);
            while (interrupter.isAlive()) {
                Thread.interrupted();
                Thread.onSpinWait();
            }
            Thread.interrupted();
        }
        assertThat(names()).containsExactly("a.json");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static int exit(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
