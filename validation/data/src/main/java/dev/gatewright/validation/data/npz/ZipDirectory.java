// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import dev.gatewright.validation.data.rows.Quote;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The directory of a zip archive, read more strictly than any tool writes one: the two places that name an entry and its
 * method agree, entries do not overlap, names differ, nothing is encrypted or follows the end. So there is one way only to
 * understand the archive. The layout is that of PKWARE's APPNOTE.TXT, 4.3 and 4.5.3.
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCATOR_64_LENGTH = 20;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_LENGTH = 56;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int EXTRA_64 = 1;
    private static final long IN_EXTRA = 0xFFFF_FFFFL;
    private static final int ENCRYPTED = 1 | (1 << 6) | (1 << 13);
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final OpenFile file;
    private final Limits limits;

    private ZipDirectory(OpenFile file, Limits limits) {
        this.file = file;
        this.limits = limits;
    }

    /** The entries of {@code file}, in the directory's order. */
    static List<ZipEntry> read(OpenFile file, Limits limits) {
        return new ZipDirectory(file, limits).entries();
    }

    /** Where the directory lies and how many entries it lists. */
    private record Extent(long start, long length, long entries) {}

    private List<ZipEntry> entries() {
        Extent extent = extent();
        if (extent.entries() > limits.columns()) {
            throw bad(extent.entries() + " entries", "at most " + limits.columns());
        }
        if (extent.length() > limits.rowBytes()) {
            throw bad("a directory of " + extent.length() + " bytes", "at most " + limits.rowBytes());
        }
        ByteBuffer directory = bytes(extent.start(), extent.length());
        List<ZipEntry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (long i = 0; i < extent.entries(); i++) {
            ZipEntry entry = entry(directory);
            if (!names.add(entry.name())) {
                throw bad("two entries " + Quote.of(entry.name()), "names that differ");
            }
            entries.add(entry);
        }
        if (directory.hasRemaining()) {
            throw broken("a directory that goes on after its last entry");
        }
        checkOverlaps(entries, extent.start());
        return entries;
    }

    private Extent extent() {
        long at = file.size() - END_LENGTH;
        ByteBuffer end = at < 0 ? ByteBuffer.allocate(END_LENGTH) : bytes(at, END_LENGTH);
        if (end.getInt(0) != END || end.getShort(20) != 0) {
            throw bad("no end of a zip archive at the end of the file", "a whole archive; copy or save the file again");
        }
        if (end.getInt(4) != 0) {
            throw broken("an archive in several parts");
        }
        Extent extent = new Extent(unsigned(end.getInt(16)), unsigned(end.getInt(12)), unsigned(end.getShort(10)));
        long directoryEnd = at;
        long locator = at - LOCATOR_64_LENGTH;
        if (locator >= 0 && bytes(locator, Integer.BYTES).getInt(0) == LOCATOR_64) {
            directoryEnd = bytes(locator, LOCATOR_64_LENGTH).getLong(8);
            extent = extent64(extent, directoryEnd, locator);
        }
        if (extent.length() < 0 || extent.start() < 0 || extent.start() != directoryEnd - extent.length()) {
            throw broken("a directory that does not lie before its end");
        }
        return extent;
    }

    /** The extent as the end record at {@code at} says it, which is for archives beyond 4 GiB or 65,535 entries. */
    private Extent extent64(Extent small, long at, long locator) {
        if (at < 0 || at > locator - END_64_LENGTH) {
            throw broken("a directory outside the file");
        }
        ByteBuffer end = bytes(at, END_64_LENGTH);
        Extent large = new Extent(end.getLong(48), end.getLong(40), end.getLong(32));
        if (end.getInt(0) != END_64
                || end.getLong(16) != 0
                || !agrees(small.start(), IN_EXTRA, large.start())
                || !agrees(small.length(), IN_EXTRA, large.length())
                || !agrees(small.entries(), 0xFFFF, large.entries())) {
            throw broken("two descriptions of the directory that disagree");
        }
        return large;
    }

    private static boolean agrees(long small, long elsewhere, long large) {
        return small == elsewhere || small == large;
    }

    private ZipEntry entry(ByteBuffer directory) {
        int at = directory.position();
        if (directory.remaining() < ENTRY_LENGTH || directory.getInt(at) != ENTRY) {
            throw broken("something else in the directory than an entry");
        }
        int flags = unsigned(directory.getShort(at + 8));
        int method = unsigned(directory.getShort(at + 10));
        int nameLength = unsigned(directory.getShort(at + 28));
        int extraLength = unsigned(directory.getShort(at + 30));
        int commentLength = unsigned(directory.getShort(at + 32));
        if (directory.remaining() < ENTRY_LENGTH + nameLength + extraLength + commentLength) {
            throw broken("an entry that is cut off");
        }
        byte[] name = new byte[nameLength];
        directory.get(at + ENTRY_LENGTH, name);
        ByteBuffer extra = extra64(directory, at + ENTRY_LENGTH + nameLength, extraLength);
        long size = sized(directory.getInt(at + 24), extra);
        long compressed = sized(directory.getInt(at + 20), extra);
        long start = sized(directory.getInt(at + 42), extra);
        directory.position(at + ENTRY_LENGTH + nameLength + extraLength + commentLength);

        String text = new String(name, StandardCharsets.UTF_8);
        if ((flags & ENCRYPTED) != 0) {
            throw bad("the encrypted entry " + Quote.of(text), "entries that are not");
        }
        if (method != STORED && method != DEFLATED) {
            throw bad(
                    "the entry " + Quote.of(text) + " compressed by method " + method,
                    "method 0 or 8, as numpy writes");
        }
        if (size < 0 || compressed < 0 || start < 0 || (method == STORED && size != compressed)) {
            throw broken("sizes of the entry " + Quote.of(text) + " that cannot be");
        }
        long data = data(text, name, method, start);
        return new ZipEntry(text, method == DEFLATED, directory.getInt(at + 16), compressed, size, start, data);
    }

    /** Where the contents begin of the entry whose local header is at {@code start}. */
    private long data(String text, byte[] name, int method, long start) {
        if (start > file.size() - LOCAL_LENGTH - name.length) {
            throw broken("the entry " + Quote.of(text) + " outside the file");
        }
        ByteBuffer local = bytes(start, LOCAL_LENGTH + name.length);
        ByteBuffer localName = local.slice(LOCAL_LENGTH, name.length);
        if (local.getInt(0) != LOCAL
                || unsigned(local.getShort(8)) != method
                || unsigned(local.getShort(26)) != name.length
                || !localName.equals(ByteBuffer.wrap(name))) {
            throw broken("two descriptions of the entry " + Quote.of(text) + " that disagree");
        }
        return start + LOCAL_LENGTH + name.length + unsigned(local.getShort(28));
    }

    /** The sizes beyond 4 GiB among the extra fields of an entry; empty if there are none. */
    private ByteBuffer extra64(ByteBuffer directory, int from, int length) {
        int at = from;
        int end = from + length;
        while (end - at >= 4) {
            int id = unsigned(directory.getShort(at));
            int bytes = unsigned(directory.getShort(at + 2));
            if (bytes > end - at - 4) {
                break;
            }
            if (id == EXTRA_64) {
                return directory.slice(at + 4, bytes).order(ByteOrder.LITTLE_ENDIAN);
            }
            at += 4 + bytes;
        }
        return ByteBuffer.allocate(0);
    }

    /** A size or position: {@code field}, unless that says to take the next one of {@code extra}. */
    private long sized(int field, ByteBuffer extra) {
        if (unsigned(field) != IN_EXTRA) {
            return unsigned(field);
        }
        if (extra.remaining() < Long.BYTES) {
            throw broken("an entry without its size");
        }
        return extra.getLong();
    }

    private void checkOverlaps(List<ZipEntry> entries, long directory) {
        NavigableMap<Long, ZipEntry> byStart = new TreeMap<>();
        for (ZipEntry entry : entries) {
            if (byStart.put(entry.start(), entry) != null) {
                throw broken("two entries at one place");
            }
        }
        for (ZipEntry entry : entries) {
            Long after = byStart.higherKey(entry.start());
            long next = after == null ? directory : after;
            // Not by the entry's end, which might overflow: its size is the file's word.
            if (entry.data() > next || entry.compressed() > next - entry.data()) {
                throw broken("the entry " + Quote.of(entry.name()) + " overlapping what follows it");
            }
        }
    }

    private ByteBuffer bytes(long start, long length) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
        file.read(start, bytes);
        return bytes.flip();
    }

    private static int unsigned(short value) {
        return value & 0xFFFF;
    }

    private static long unsigned(int value) {
        return value & 0xFFFF_FFFFL;
    }

    private BadDataException broken(String found) {
        return bad(found, "a well-formed zip archive");
    }

    private BadDataException bad(String found, String expected) {
        return new BadDataException(Place.of(file.path()), found, expected);
    }
}
