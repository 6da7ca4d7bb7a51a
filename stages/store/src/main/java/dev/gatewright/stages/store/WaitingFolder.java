// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import dev.gatewright.stages.api.run.Folders;
import dev.gatewright.stages.api.run.ProcessLock;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder beside the runs for what is on its way in. It is removed when it is closed; one whose process was killed is removed by
 * the next.
 */
final class WaitingFolder implements AutoCloseable {
    private static final String PREFIX = ".arriving-";
    private static final String LOCK = "lock";

    private final Path parent;
    private final Path folder;
    private final ProcessLock lock;

    private WaitingFolder(Path parent, Path folder, ProcessLock lock) {
        this.parent = parent;
        this.folder = folder;
        this.lock = lock;
    }

    /** A new one below {@code specFolder}, on whose disk it lies. */
    static WaitingFolder in(Path specFolder) throws IOException {
        Path parent = Files.createDirectories(specFolder.resolve(".gatewright"));
        removeLeft(parent);
        Path folder = Files.createTempDirectory(parent, PREFIX);
        Optional<ProcessLock> lock = ProcessLock.tryTake(folder.resolve(LOCK));
        return new WaitingFolder(
                parent, folder, lock.orElseThrow(() -> new IOException(folder + " was taken by another process")));
    }

    private static void removeLeft(Path parent) throws IOException {
        List<Path> left;
        try (Stream<Path> list = Files.list(parent)) {
            left = list.filter(each -> String.valueOf(each.getFileName()).startsWith(PREFIX) && Files.isDirectory(each))
                    .toList();
        }
        for (Path each : left) {
            Optional<ProcessLock> lock = ProcessLock.tryTake(each.resolve(LOCK));
            if (lock.isPresent()) {
                lock.get().close();
                Folders.delete(each);
            }
        }
    }

    /** Where the files wait; there are none yet. */
    Path files() throws IOException {
        return Files.createDirectories(folder.resolve("files"));
    }

    @Override
    public void close() throws IOException {
        lock.close();
        Folders.delete(folder);
        try {
            Files.deleteIfExists(parent);
        } catch (DirectoryNotEmptyException e) {
            // There are runs, or others that wait.
        }
    }
}
