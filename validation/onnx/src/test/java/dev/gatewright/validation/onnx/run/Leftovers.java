// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a run must not leave behind. */
final class Leftovers {
    private Leftovers() {}

    /** There is no process and no file of this program's workers. */
    static void assertNone() {
        assertThat(processes()).isEmpty();
        assertThat(files(WorkerProcess.FILES)).isEmpty();
    }

    static List<ProcessHandle> processes() {
        return ProcessHandle.current()
                .descendants()
                // Python references are the tests' own.
                .filter(process -> !process.info().command().orElse("").contains("python"))
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    static List<Path> files(String prefix) {
        List<Path> found = new ArrayList<>();
        for (Path folder : List.of(Path.of(System.getProperty("java.io.tmpdir")), Path.of("/dev/shm"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.getFileName().toString().startsWith(prefix))
                            .forEach(found::add);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return found;
    }
}
