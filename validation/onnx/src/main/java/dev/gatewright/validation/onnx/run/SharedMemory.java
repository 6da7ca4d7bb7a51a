// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that both processes map. Zeros are written to all of it before it is used: on a full disk that is an error, where
 * touching a page that cannot be had would be a signal that ends the process. Once both have it open, its name is deleted.
 */
final class SharedMemory implements AutoCloseable {
    /** Where Linux keeps files in memory; elsewhere they may be written to a disk now and then. */
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private static final int CHUNK = 1 << 20;
    private static final int ALIGNMENT = 64;

    private final Path path;
    private final FileChannel channel;
    private long size;

    private SharedMemory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** A file for {@code bytes} bytes now, and more later, in memory where there is room or else in {@code folder}. */
    static SharedMemory create(Path folder, long bytes) throws IOException {
        Path home = folder;
        if (Files.isDirectory(IN_MEMORY) && Files.isWritable(IN_MEMORY)) {
            long room = Files.getFileStore(IN_MEMORY).getUsableSpace();
            home = room / 4 > bytes ? IN_MEMORY : folder;
        }
        Path path = Files.createTempFile(home, WorkerProcess.FILES, ".tensors");
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            SharedMemory memory = new SharedMemory(path, channel);
            memory.grow(bytes);
            return memory;
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** Appends {@code bytes} zeros and returns where they begin. */
    long grow(long bytes) throws IOException {
        long start = size;
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(CHUNK, Math.max(1, bytes)));
        while (size < start + bytes) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), start + bytes - size));
            size += channel.write(zeros, size);
        }
        return start;
    }

    /** A part of the file, in native byte order. */
    ByteBuffer map(long start, long bytes) throws IOException {
        return channel.map(FileChannel.MapMode.READ_WRITE, start, bytes).order(ByteOrder.nativeOrder());
    }

    /** Deletes the name; what is mapped or open stays. */
    void unlink() throws IOException {
        Files.deleteIfExists(path);
    }

    /** The next place at which a tensor may begin. */
    static long aligned(long offset) {
        return Math.addExact(offset, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    @Override
    public void close() {
        try {
            channel.close();
            unlink();
        } catch (IOException e) {
            // It lies in a folder for temporary files, and nothing that was judged depends on it.
        }
    }
}
