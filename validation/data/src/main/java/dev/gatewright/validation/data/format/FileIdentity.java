// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which file a path names and in what state.
 *
 * @param key device and inode, where the system has them
 * @param size bytes
 * @param modified when the contents changed last
 * @param changed when anything of it changed last, which no ordinary call sets back; where the system has such a time
 */
public record FileIdentity(
        @Nullable Object key,
        long size,
        Object modified,
        @Nullable Object changed) {
    /** The state in which {@code path} is. */
    public static FileIdentity of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        return new FileIdentity(
                attributes.fileKey(),
                attributes.size(),
                attributes.lastModifiedTime(),
                unix ? Files.getAttribute(path, "unix:ctime") : null);
    }

    /** Whether both are the same; spelled out, since a record's own {@code equals} costs a starting JVM 40 ms. */
    boolean isSameAs(FileIdentity other) {
        return size == other.size
                && modified.equals(other.modified)
                && Objects.equals(key, other.key)
                && Objects.equals(changed, other.changed);
    }

    /** A number that differs for every other state, as good as certainly; it takes less memory than the state. */
    public long fingerprint() {
        long mixed = mix(size, modified.hashCode());
        mixed = mix(mixed, Objects.hashCode(changed));
        return mix(mixed, Objects.hashCode(key));
    }

    private static long mix(long seed, long value) {
        long mixed = (seed ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }

    /** As a message tells it. */
    String sentence() {
        StringBuilder text =
                new StringBuilder().append(size).append(" bytes, modified ").append(modified);
        if (changed != null) {
            text.append(", changed ").append(changed);
        }
        return key == null
                ? text.toString()
                : text.append(", file ").append(key).toString();
    }
}
