// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A protobuf message under construction: small fields in memory, large ones as contents that are written later. */
final class Encoding implements Content {
    private static final int VARINT = 0;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private final List<Content> parts = new ArrayList<>();
    private ByteArrayOutputStream small = new ByteArrayOutputStream();
    private long size;

    /** Adds an integer. */
    Encoding varint(int field, long value) {
        raw(((long) field << 3) | VARINT);
        raw(value);
        return this;
    }

    /** Adds a number of 32 bits. */
    Encoding float32(int field, float value) {
        raw(((long) field << 3) | FIXED32);
        int bits = Float.floatToRawIntBits(value);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            small.write(bits >>> shift);
        }
        size += Float.BYTES;
        return this;
    }

    /** Adds text. */
    Encoding text(int field, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        header(field, bytes.length);
        small.writeBytes(bytes);
        size += bytes.length;
        return this;
    }

    /** Adds text that is not empty. */
    Encoding textIfAny(int field, String value) {
        return value.isEmpty() ? this : text(field, value);
    }

    /** Adds a message, or a run of bytes. */
    Encoding message(int field, Content content) {
        header(field, content.size());
        return add(content);
    }

    /** Adds whole fields that are encoded already. */
    Encoding add(Content content) {
        size += content.size();
        if (content instanceof Encoding encoding) {
            encoding.parts.forEach(this::place);
            small.writeBytes(encoding.small.toByteArray());
        } else {
            place(content);
        }
        return this;
    }

    private void place(Content content) {
        if (content instanceof HeldBytes held) {
            small.writeBytes(held.array());
            return;
        }
        flush();
        parts.add(content);
    }

    private void flush() {
        if (small.size() > 0) {
            parts.add(Bytes.of(small.toByteArray()));
            small = new ByteArrayOutputStream();
        }
    }

    private void header(int field, long length) {
        raw(((long) field << 3) | LENGTH);
        raw(length);
    }

    private void raw(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            small.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
            size++;
        }
        small.write((int) rest);
        size++;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void writeTo(Sink out) throws IOException {
        for (Content part : parts) {
            part.writeTo(out);
        }
        Bytes.of(small.toByteArray()).writeTo(out);
    }
}
