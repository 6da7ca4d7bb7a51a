// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import org.jspecify.annotations.Nullable;

/**
 * What stands before a page.
 *
 * @param kind {@link #DATA}, {@link #DICTIONARY}, {@link #DATA_2}, or another, which is passed over
 * @param size the bytes of the page when decompressed
 * @param stored the bytes that it takes in the file
 * @param checksum the CRC-32 of those; {@link SchemaNode#NONE} if not stated
 * @param contents what it holds; null of other kinds
 * @param bytes the bytes that the header itself takes
 */
record PageHeader(
        int kind,
        int size,
        int stored,
        long checksum,
        @Nullable Contents contents,
        int bytes) {
    static final int DATA = 0;
    static final int DICTIONARY = 2;
    static final int DATA_2 = 3;

    /**
     * What a page holds.
     *
     * @param entries the number of its values, those that are missing included
     * @param encoding how they are encoded
     * @param levels how its levels are encoded
     * @param repetitionBytes the bytes of its repetition levels, where those are not compressed
     * @param definitionBytes the bytes of its definition levels, likewise
     * @param compressed whether the values are compressed if those of the chunk are
     */
    record Contents(
            int entries, int encoding, int levels, int repetitionBytes, int definitionBytes, boolean compressed) {}

    /** Reads the header with which {@code bytes} begin, of which {@code length} are there. */
    static PageHeader read(byte[] bytes, int length) {
        Thrift thrift = new Thrift(bytes, length);
        int kind = SchemaNode.NONE;
        int size = SchemaNode.NONE;
        int stored = SchemaNode.NONE;
        long checksum = SchemaNode.NONE;
        Contents contents = null;
        for (int field = thrift.begin(); field != Thrift.STOP; field = thrift.next()) {
            switch (field) {
                case 1 -> kind = thrift.i32();
                case 2 -> size = thrift.i32();
                case 3 -> stored = thrift.i32();
                case 4 -> checksum = thrift.i32() & 0xFFFF_FFFFL;
                case 5 -> contents = first(thrift);
                case 7 -> contents = dictionary(thrift);
                case 8 -> contents = second(thrift);
                default -> thrift.skip();
            }
        }
        boolean isRead = kind == DATA || kind == DATA_2 || kind == DICTIONARY;
        if (isRead && (contents == null || contents.entries() < 0)) {
            throw new Malformed("no word of what it holds");
        }
        if (size < 0 || stored < 0) {
            throw new Malformed("a negative size");
        }
        return new PageHeader(kind, size, stored, checksum, contents, thrift.position());
    }

    private static Contents first(Thrift thrift) {
        int entries = SchemaNode.NONE;
        int encoding = SchemaNode.NONE;
        int levels = SchemaNode.NONE;
        for (int field = thrift.begin(); field != Thrift.STOP; field = thrift.next()) {
            switch (field) {
                case 1 -> entries = thrift.i32();
                case 2 -> encoding = thrift.i32();
                case 3 -> levels = thrift.i32();
                default -> thrift.skip();
            }
        }
        return new Contents(entries, encoding, levels, 0, 0, true);
    }

    private static Contents dictionary(Thrift thrift) {
        int entries = SchemaNode.NONE;
        int encoding = SchemaNode.NONE;
        for (int field = thrift.begin(); field != Thrift.STOP; field = thrift.next()) {
            switch (field) {
                case 1 -> entries = thrift.i32();
                case 2 -> encoding = thrift.i32();
                default -> thrift.skip();
            }
        }
        return new Contents(entries, encoding, Encoding.RLE, 0, 0, true);
    }

    private static Contents second(Thrift thrift) {
        int entries = SchemaNode.NONE;
        int encoding = SchemaNode.NONE;
        int definition = 0;
        int repetition = 0;
        boolean compressed = true;
        for (int field = thrift.begin(); field != Thrift.STOP; field = thrift.next()) {
            switch (field) {
                case 1 -> entries = thrift.i32();
                case 4 -> encoding = thrift.i32();
                case 5 -> definition = thrift.i32();
                case 6 -> repetition = thrift.i32();
                case 7 -> compressed = thrift.bool();
                default -> thrift.skip();
            }
        }
        return new Contents(entries, encoding, Encoding.RLE, repetition, definition, compressed);
    }
}
