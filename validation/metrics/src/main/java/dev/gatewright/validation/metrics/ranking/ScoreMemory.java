// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The memory that the scores of one evaluation may fill together, and the file that takes what is beyond. The file has no
 * name once it is open, so that nothing of it is left, however the program ends. For one thread.
 */
public final class ScoreMemory {
    /** Scores of 33 million rows where they are 32-bit floats, of 16 million where they are not. */
    public static final long USUAL_BYTES = 128L << 20;

    private final long limit;
    private long used;
    private long fileSize;
    private @Nullable FileChannel file;

    /** Room for {@code limit} bytes. */
    public ScoreMemory(long limit) {
        this.limit = limit;
    }

    /** The usual room. */
    public ScoreMemory() {
        this(USUAL_BYTES);
    }

    /** How many bytes went to the file. */
    public long fileSize() {
        return fileSize;
    }

    /** Takes {@code bytes} more, if there are so many. */
    boolean take(long bytes) {
        if (used + bytes > limit) {
            return false;
        }
        used += bytes;
        return true;
    }

    /** Gives bytes back that were taken. */
    void give(long bytes) {
        used -= bytes;
    }

    /** Writes all that {@code bytes} has left to the end of the file. */
    void append(ByteBuffer bytes) {
        try {
            FileChannel channel = open();
            while (bytes.hasRemaining()) {
                fileSize += channel.write(bytes, fileSize);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary file for scores cannot be written: " + e.getMessage(), e);
        }
    }

    /** Fills {@code bytes} from {@code position} of the file on. */
    void read(long position, ByteBuffer bytes) {
        long next = position;
        try {
            FileChannel channel = open();
            while (bytes.hasRemaining()) {
                int count = channel.read(bytes, next);
                if (count < 0) {
                    throw new IOException("it ends at byte " + next);
                }
                next += count;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary file for scores cannot be read: " + e.getMessage(), e);
        }
    }

    private FileChannel open() throws IOException {
        FileChannel channel = file;
        if (channel == null) {
            Path path = Files.createTempFile("gatewright-scores-", ".tmp");
            channel = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            file = channel;
        }
        return channel;
    }
}
