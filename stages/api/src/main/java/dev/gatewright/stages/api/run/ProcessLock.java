// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A file that one process holds at a time; the system gives it back when the process ends, however it ends. */
public final class ProcessLock implements AutoCloseable {
    /** A file's lock belongs to the whole process, and is lost when any part of it closes the file: so each opens it once. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path place;
    private final FileChannel channel;

    private ProcessLock(Path place, FileChannel channel) {
        this.place = place;
        this.channel = channel;
    }

    /** Takes the lock of {@code file}, made if it is not there; empty where another process, or another part of this one, holds it. */
    public static Optional<ProcessLock> tryTake(Path file) throws IOException {
        Path name = file.toAbsolutePath().normalize();
        Path folder = Files.createDirectories(name.resolveSibling("."));
        Path place = folder.toRealPath().resolve(name.getFileName());
        if (!HELD_HERE.add(place)) {
            return Optional.empty();
        }
        boolean locked = false;
        try {
            FileChannel channel = FileChannel.open(place, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                locked = channel.tryLock() != null;
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
            return locked ? Optional.of(new ProcessLock(place, channel)) : Optional.empty();
        } finally {
            if (!locked) {
                HELD_HERE.remove(place);
            }
        }
    }

    /** Gives the lock back; the file stays, since another process may be about to take it. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            HELD_HERE.remove(place);
        }
    }
}
