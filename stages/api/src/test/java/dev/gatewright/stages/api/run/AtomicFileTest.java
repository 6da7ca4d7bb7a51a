// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
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

    /** A process that may write no file beyond some kilobytes meets what a full disk is to it: a write that breaks off. */
    @Test
    void keepsTheOldContentWhereTheNewOneDoesNotFit() throws Exception {
        Path file = Files.writeString(folder.resolve("a.json"), "old");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String limited =
                "ulimit -f 128; exec \"$0\" -XX:-UsePerfData -XX:+UseSerialGC -Xshare:auto -cp \"$1\" \"$2\" \"$3\"";

        Process process = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        limited,
                        java,
                        System.getProperty("java.class.path"),
                        WritesMuch.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(printed).contains("java.io.IOException");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("a.json");
    }

    /** The program that breaks off. */
    static final class WritesMuch {
        private WritesMuch() {}

        public static void main(String[] arguments) throws IOException {
            AtomicFile.write(Path.of(arguments[0]), "x".repeat(1 << 20));
        }
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
}
