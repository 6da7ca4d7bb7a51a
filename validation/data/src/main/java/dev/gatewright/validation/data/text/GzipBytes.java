// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.text;

import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Place;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The contents of all members of a gzip file, each held against its checksum and length. The JDK's own stream would end
 * without a word where a later member is damaged.
 */
final class GzipBytes implements TextBytes {
    private static final int CHUNK = 1 << 16;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int RESERVED = 0xE0;

    private final OpenFile file;
    private final PlainBytes packed;
    private final byte[] chunk = new byte[CHUNK];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private int position;
    private int limit;
    private boolean insideMember;

    GzipBytes(OpenFile file) {
        this.file = file;
        this.packed = new PlainBytes(file);
    }

    @Override
    public int read(byte[] into, int from, int to) {
        int at = from;
        while (at < to && (insideMember || beginMember())) {
            int count = inflate(into, at, to);
            checksum.update(into, at, count);
            at += count;
            if (inflater.finished()) {
                endMember();
            } else if (count == 0) {
                giveMore();
            }
        }
        return at - from;
    }

    private int inflate(byte[] into, int from, int to) {
        try {
            return inflater.inflate(into, from, to - from);
        } catch (DataFormatException e) {
            throw damaged();
        }
    }

    private void giveMore() {
        if (inflater.needsDictionary()) {
            throw damaged();
        }
        if (!fill()) {
            throw endsEarly();
        }
        inflater.setInput(chunk, 0, limit);
        position = limit;
    }

    /** Reads the next member's header; false if the file ends before it. */
    private boolean beginMember() {
        if (position == limit && !fill()) {
            return false;
        }
        if (next() != 0x1F || next() != 0x8B || next() != DEFLATE) {
            throw bad("something else behind gzip data", "nothing, or more gzip data");
        }
        int flags = next();
        skip(6); // the time, and two bytes on how it was compressed
        if ((flags & RESERVED) != 0) {
            throw damaged();
        }
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            skip(2);
        }
        inflater.reset();
        checksum.reset();
        inflater.setInput(chunk, position, limit - position);
        position = limit;
        insideMember = true;
        return true;
    }

    private void endMember() {
        position = limit - inflater.getRemaining();
        if (word() != (int) checksum.getValue() || word() != (int) inflater.getBytesWritten()) {
            throw damaged();
        }
        insideMember = false;
    }

    private int word() {
        return next() | next() << 8 | next() << 16 | next() << 24;
    }

    private void skip(int count) {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() {
        while (next() != 0) {
            // up to the zero behind it
        }
    }

    private int next() {
        if (position == limit && !fill()) {
            throw endsEarly();
        }
        return chunk[position++] & 0xFF;
    }

    private boolean fill() {
        position = 0;
        limit = packed.read(chunk, 0, chunk.length);
        return limit > 0;
    }

    @Override
    public long taken() {
        return packed.taken() - (limit - position) - (insideMember ? inflater.getRemaining() : 0);
    }

    @Override
    public void close() {
        inflater.end();
    }

    private BadDataException endsEarly() {
        return bad("gzip data that end too early", "a whole file");
    }

    private BadDataException damaged() {
        return bad("gzip data that are damaged", "a whole file");
    }

    private BadDataException bad(String found, String expected) {
        return new BadDataException(Place.of(file.path()), found, expected, "copy or save the file again");
    }
}
