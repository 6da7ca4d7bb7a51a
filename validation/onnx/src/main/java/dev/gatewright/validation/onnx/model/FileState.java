// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Which file lay at a path and when it was last touched, by what the file system knows: two equal states mean that the
 * bytes between are the same.
 *
 * <p>On Unix the time of the last change of the inode is part of it, which no program can set back. Where there is none
 * (Windows), a change that keeps the size and restores the time of modification goes unseen.
 *
 * @param path the file, relative to the model's folder, with '/'
 * @param key the file system's own identity of the file, device and inode; empty where it has none
 * @param bytes the size
 * @param modified when the content was last written
 * @param changed when content, name or attributes were last changed; {@code modified} where the system does not tell
 */
public record FileState(String path, String key, long bytes, Instant modified, Instant changed) {
    /** Longer than the clock tick by which any common kernel stamps files. */
    private static final Duration TICK = Duration.ofMillis(20);

    private static final int MOST_WAITS = 50;
    private static final String CHANGED = "ctime";

    /** The state of {@code file} now; a link is not followed. */
    static FileState of(Path file, String path) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Instant modified = attributes.lastModifiedTime().toInstant();
        Instant changed = modified;
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            Map<String, Object> unix = Files.readAttributes(file, "unix:" + CHANGED, LinkOption.NOFOLLOW_LINKS);
            if (unix.get(CHANGED) instanceof FileTime time) {
                changed = time.toInstant();
            }
        }
        Object key = attributes.fileKey();
        return new FileState(path, key == null ? "" : key.toString(), attributes.size(), modified, changed);
    }

    /**
     * The state of {@code file} once it is older than a clock tick, so that every later change gets another time.
     *
     * @return the state; one that is still within the tick if the file is written on and on
     */
    static FileState settled(Path file, String path) throws IOException {
        FileState state = of(file, path);
        for (int wait = 0; wait < MOST_WAITS && state.isWithinTick(); wait++) {
            try {
                Thread.sleep(TICK.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for " + file + " to settle");
            }
            state = of(file, path);
        }
        return state;
    }

    /** Whether this is the same file in the same state; the equality that a record is given takes long to start. */
    boolean isSame(FileState other) {
        return bytes == other.bytes
                && path.equals(other.path)
                && key.equals(other.key)
                && modified.equals(other.modified)
                && changed.equals(other.changed);
    }

    /** Whether the file was changed so recently that another change could bear the same time. */
    boolean isWithinTick() {
        Duration age = Duration.between(changed, Instant.now());
        return !age.isNegative() && age.compareTo(TICK) < 0;
    }
}
