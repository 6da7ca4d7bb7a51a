// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.testkit.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One struct in Thrift's compact protocol, made field by field in rising order. */
public final class ThriftBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int last;

    public ThriftBytes bool(int field, boolean value) {
        return header(field, value ? 1 : 2);
    }

    public ThriftBytes i8(int field, int value) {
        header(field, 3).bytes.write(value);
        return this;
    }

    public ThriftBytes i32(int field, int value) {
        return header(field, 5).varint(zigzag(value));
    }

    public ThriftBytes i64(int field, long value) {
        return header(field, 6).varint(zigzag(value));
    }

    public ThriftBytes text(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        header(field, 8).varint(utf8.length).bytes.writeBytes(utf8);
        return this;
    }

    public ThriftBytes struct(int field, ThriftBytes value) {
        header(field, 12).bytes.writeBytes(value.bytes());
        return this;
    }

    public ThriftBytes structs(int field, List<ThriftBytes> values) {
        header(field, 9).listHeader(12, values.size());
        values.forEach(value -> bytes.writeBytes(value.bytes()));
        return this;
    }

    /** A list that says to have {@code size} structs and has none. */
    public ThriftBytes claim(int field, int size) {
        return header(field, 9).listHeader(12, size);
    }

    /** A field of any type and contents. */
    public ThriftBytes raw(int field, int type, byte[] value) {
        header(field, type).bytes.writeBytes(value);
        return this;
    }

    /** All fields and the end. */
    public byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(bytes.toByteArray());
        all.write(0);
        return all.toByteArray();
    }

    private ThriftBytes header(int field, int type) {
        bytes.write(((field - last) << 4) | type);
        last = field;
        return this;
    }

    private ThriftBytes listHeader(int type, int size) {
        bytes.write((Math.min(size, 15) << 4) | type);
        return size < 15 ? this : varint(size);
    }

    private ThriftBytes varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return this;
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }
}
