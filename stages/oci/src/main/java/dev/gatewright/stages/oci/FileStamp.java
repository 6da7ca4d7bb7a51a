// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Which file lies at a path and when it was last touched: two equal stamps mean that the bytes between are the same. On Unix the
 * time of the last change of the inode is part of it, which no program can set back.
 *
 * @param key the file system's own identity of the file; empty where it has none
 * @param changed when content, name or attributes were last changed; {@code modified} where the system does not tell
 */
record FileStamp(String key, long bytes, Instant modified, Instant changed) {
    /** Longer than the clock tick by which any common kernel stamps files. */
    private static final Duration TICK = Duration.ofMillis(20);

    /** The stamp of {@code file} now; of what a link points at. */
    static FileStamp of(Path file) throws IOException {
        Path real = file.toRealPath();
        BasicFileAttributes attributes =
                Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new IOException(file + " is no file");
        }
        Instant modified = attributes.lastModifiedTime().toInstant();
        Instant changed = modified;
        if (real.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            Map<String, Object> unix = Files.readAttributes(real, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
            if (unix.get("ctime") instanceof FileTime time) {
                changed = time.toInstant();
            }
        }
        Object key = attributes.fileKey();
        return new FileStamp(key == null ? "" : key.toString(), attributes.size(), modified, changed);
    }

    /** Whether every change after {@code other} was written bears another time than this stamp. */
    boolean isOlderThan(FileStamp other) {
        return changed.plus(TICK).isBefore(other.changed);
    }

    Json.Obj toJson() {
        return Json.object()
                .put("key", key)
                .put("bytes", bytes)
                .put("modified", modified.toString())
                .put("changed", changed.toString())
                .build();
    }
}
