// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/** One tracked path: what is staged for it, and what its file looked like when git last saw that they agree. */
final class IndexEntry {
    private final byte[] path;
    private final int mode;
    private final ObjectId content;
    private final int seconds;
    private final int nanos;
    private final int size;
    private final int flags;

    /** @param flags the 16 bits of flags below the 16 extended ones */
    IndexEntry(byte[] path, int mode, ObjectId content, int seconds, int nanos, int size, int flags) {
        this.path = path;
        this.mode = mode;
        this.content = content;
        this.seconds = seconds;
        this.nanos = nanos;
        this.size = size;
        this.flags = flags;
    }

    /** The path with {@code /} between its names, in bytes; that of a folder ends in one. */
    byte[] rawPath() {
        return path;
    }

    String path() {
        return new String(path, StandardCharsets.UTF_8);
    }

    FileMode mode() {
        return FileMode.fromBits(mode);
    }

    ObjectId content() {
        return content;
    }

    /** The size of the file modulo 2^32, as git keeps it; 0 also where git has not looked. */
    int size() {
        return size;
    }

    /** More than one version, or another than the merged one: a merge has not ended. */
    boolean isUnmerged() {
        return (flags & 0x3000) != 0;
    }

    /** The file need not be there, since the checkout is a sparse one. */
    boolean skipsWorkTree() {
        return (flags & 0x4000_0000) != 0;
    }

    /** Announced by {@code git add -N}, and nothing staged. */
    boolean isOnlyIntended() {
        return (flags & 0x2000_0000) != 0;
    }

    /** A whole folder that a sparse checkout left out. */
    boolean isFolder() {
        return path[path.length - 1] == '/';
    }

    boolean isAt(byte[] otherPath) {
        return Arrays.equals(path, otherPath);
    }

    /** Whether the file was last changed when git saw it, as far as git has noted the time. */
    boolean sawTime(FileTime modified) {
        long nanosNow = modified.to(TimeUnit.NANOSECONDS);
        return (int) Math.floorDiv(nanosNow, 1_000_000_000L) == seconds
                && (nanos == 0 || Math.floorMod(nanosNow, 1_000_000_000L) == nanos);
    }

    /** Whether the file may have been changed again after git saw it without showing a newer time. */
    boolean isRacy(FileTime indexWritten) {
        long written = indexWritten.to(TimeUnit.NANOSECONDS);
        long seen = seconds * 1_000_000_000L + nanos;
        return nanos == 0 ? seconds >= Math.floorDiv(written, 1_000_000_000L) : seen >= written;
    }
}
