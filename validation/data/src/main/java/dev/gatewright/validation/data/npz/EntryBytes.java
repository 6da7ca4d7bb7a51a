// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Place;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The contents of one zip entry, from begin to end: never more of them than its size says, and at the end not less, with
 * the checksum that the archive states.
 */
final class EntryBytes implements ArrayBytes {
    private static final int CHUNK = 1 << 16;

    private final OpenFile file;
    private final ZipEntry entry;
    private final Place place;
    private final CRC32 crc = new CRC32();
    private final @Nullable Inflater inflater;
    private final ByteBuffer compressed;
    private long next;
    private long left;

    EntryBytes(OpenFile file, ZipEntry entry, Place place) {
        this.file = file;
        this.entry = entry;
        this.place = place;
        this.inflater = entry.deflated() ? new Inflater(true) : null;
        this.compressed = ByteBuffer.allocate(entry.deflated() ? (int) Math.min(CHUNK, entry.compressed()) : 0);
        this.next = entry.data();
        this.left = entry.size();
    }

    @Override
    public long left() {
        return left;
    }

    @Override
    public void read(ByteBuffer into) {
        int from = into.position();
        if (into.remaining() > left) {
            throw new IllegalArgumentException(into.remaining() + " bytes of the " + left + " that are left");
        }
        left -= into.remaining();
        if (inflater == null) {
            file.read(next, into);
            next += into.limit() - from;
        } else {
            inflate(inflater, into);
        }
        crc.update(into.duplicate().position(from));
        if (left == 0) {
            checkEnd();
        }
    }

    private void inflate(Inflater inflater, ByteBuffer into) {
        try {
            while (into.hasRemaining()) {
                int count = inflater.inflate(into);
                if (count == 0) {
                    if (inflater.finished() || !refill(inflater)) {
                        throw bad("compressed data that end too early", entry.size() + " bytes of contents");
                    }
                }
            }
        } catch (DataFormatException e) {
            throw bad("compressed data that are damaged", "a whole archive");
        }
    }

    /** Hands over more compressed bytes; false if there are none left, or a dictionary is wanted, which zip has not. */
    private boolean refill(Inflater inflater) {
        if (!inflater.needsInput() || next == entry.end()) {
            return false;
        }
        compressed.clear().limit((int) Math.min(compressed.capacity(), entry.end() - next));
        next += compressed.limit();
        file.read(next - compressed.limit(), compressed);
        inflater.setInput(compressed.flip());
        return true;
    }

    private void checkEnd() {
        if (inflater != null) {
            checkNothingFollows(inflater);
        }
        if ((int) crc.getValue() != entry.crc()) {
            throw bad("contents with another checksum than the archive states", "a whole archive");
        }
    }

    private void checkNothingFollows(Inflater inflater) {
        try {
            ByteBuffer more = ByteBuffer.allocate(1);
            while (inflater.inflate(more) == 0 && !inflater.finished() && refill(inflater)) {
                // the stream's end may lie in bytes not yet handed over
            }
            if (more.position() > 0 || !inflater.finished() || inflater.getBytesRead() != entry.compressed()) {
                throw bad("compressed data that go on", "their end after " + entry.size() + " bytes of contents");
            }
        } catch (DataFormatException e) {
            throw bad("compressed data that are damaged", "a whole archive");
        }
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
        }
    }

    private BadDataException bad(String found, String expected) {
        return new BadDataException(place, found, expected, "copy or save the file again");
    }
}
