// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import hudson.AbortException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The directory of a ZIP archive (APPNOTE 6.3, sections 4.3.12 and 4.3.16), which alone says what kind of file an entry is: the JDK does
 * not tell a link from a file.
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int LARGEST_COMMENT = 0xFFFF;
    private static final long LARGEST = 16L << 20;

    private static final int KIND = 0xF000;
    private static final int FOLDER = 0x4000;
    private static final int FILE = 0x8000;

    private ZipDirectory() {}

    /** Refuses an archive in which anything is neither a file nor a folder. */
    static void requirePlain(Path archive) throws IOException {
        try (FileChannel zip = FileChannel.open(archive, StandardOpenOption.READ)) {
            ByteBuffer directory = directory(zip);
            while (directory.remaining() >= ENTRY_BYTES) {
                int at = directory.position();
                if (directory.getInt(at) != ENTRY) {
                    throw notZip();
                }
                int kind = directory.getInt(at + 38) >>> 16 & KIND;
                if (kind != 0 && kind != FOLDER && kind != FILE) {
                    throw new AbortException("The archive has a link or a device in it, which is refused");
                }
                int next = at
                        + ENTRY_BYTES
                        + (directory.getShort(at + 28) & 0xFFFF)
                        + (directory.getShort(at + 30) & 0xFFFF)
                        + (directory.getShort(at + 32) & 0xFFFF);
                if (next > directory.limit()) {
                    throw notZip();
                }
                directory.position(next);
            }
            if (directory.hasRemaining()) {
                throw notZip();
            }
        }
    }

    private static ByteBuffer directory(FileChannel zip) throws IOException {
        long from = Math.max(0, zip.size() - END_BYTES - LARGEST_COMMENT);
        ByteBuffer tail = read(zip, from, zip.size() - from);
        for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END && at + END_BYTES + (tail.getShort(at + 20) & 0xFFFF) == tail.limit()) {
                long bytes = tail.getInt(at + 12) & 0xFFFFFFFFL;
                long start = tail.getInt(at + 16) & 0xFFFFFFFFL;
                if (bytes > LARGEST || start + bytes != from + at) {
                    throw notZip();
                }
                return read(zip, start, bytes);
            }
        }
        throw notZip();
    }

    private static ByteBuffer read(FileChannel zip, long from, long bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (zip.read(buffer, from + buffer.position()) < 0) {
                throw notZip();
            }
        }
        return buffer.flip();
    }

    private static AbortException notZip() {
        return new AbortException(
                "The archive is no ZIP archive, or a torn one, or one of several parts or more than 4 GiB");
    }
}
