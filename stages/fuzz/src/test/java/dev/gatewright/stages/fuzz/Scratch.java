// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The one file of a harness, whose contents change with each input. */
public final class Scratch {
    private final Path file;

    /** A file that is called {@code name}, in a folder of its own; the name may begin with one more folder. */
    public Scratch(String name) {
        try {
            Path folder = Files.createTempDirectory("fuzz");
            this.file = folder.resolve(name);
            folder.toFile().deleteOnExit();
            Files.createDirectories(file.getParent()).toFile().deleteOnExit();
            file.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file with these contents. */
    public Path with(byte[] contents) {
        // Not emptied first: some file systems then write to the disk each time.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(contents));
            channel.truncate(contents.length);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
