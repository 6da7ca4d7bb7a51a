// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/**
 * Writes a file so that after a crash at any moment there is the old content or the new: to a temporary name, synced, renamed
 * over the old one, and the folder synced where the system can do that.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** Replaces the content of {@code file} by {@code text} in UTF-8, also while its thread is interrupted. */
    public static void write(Path file, String text) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    replace(file, text);
                    return;
                } catch (ClosedByInterruptException e) {
                    // An interrupt closes the channel that is being written to. What ends a stage must not end its
                    // report.
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " has no folder");
        }
        String suffix = Long.toHexString(new SecureRandom().nextLong());
        Path temporary = folder.resolve("." + file.getFileName() + "." + suffix + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncFolder(folder);
    }

    /**
     * Makes what was renamed in {@code folder} last through a crash of the machine, where the system can do that.
     *
     * @throws ClosedByInterruptException if the thread is interrupted
     */
    public static void syncFolder(Path folder) throws ClosedByInterruptException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            // Windows opens no folders; the rename itself is atomic there, and no more can be done.
        }
    }
}
