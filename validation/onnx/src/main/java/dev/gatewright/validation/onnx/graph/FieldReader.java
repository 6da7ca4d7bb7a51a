// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.graph;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * The fields of one protobuf message, read by position.
 *
 * <p>The file was checked by {@link dev.gatewright.validation.onnx.model.ModelFile}, which is where hostile bytes are
 * refused; here the lengths are those that it saw.
 */
final class FieldReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int START_GROUP = 3;
    private static final int FIXED32 = 5;

    private final Window window;
    private final long end;
    private long position;
    private long fieldStart;
    private int number;
    private int wireType;
    private long valueStart;
    private long valueSize;

    private FieldReader(Window window, long start, long end) {
        this.window = window;
        this.position = start;
        this.end = end;
    }

    static FieldReader of(Bytes file) {
        return new FieldReader(new Window(file), 0, file.size());
    }

    /** Steps to the next field; {@code false} at the end of the message. */
    boolean next() throws IOException {
        if (position >= end) {
            return false;
        }
        fieldStart = position;
        long tag = varint();
        number = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        valueStart = position;
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> value(Long.BYTES);
            case FIXED32 -> value(Integer.BYTES);
            case LENGTH -> value(varint());
            default -> skipGroup();
        }
        if (position > end || position < valueStart) {
            throw new EOFException("the model ended at byte " + end + " while it was read");
        }
        return true;
    }

    /** Notes a value of {@code size} bytes, and steps over it. */
    private void value(long size) {
        valueStart = position;
        valueSize = size;
        position += size;
    }

    private void skipGroup() throws IOException {
        for (int open = 1; open > 0; ) {
            long tag = varint();
            switch ((int) (tag & 7)) {
                case VARINT -> varint();
                case FIXED64 -> position += Long.BYTES;
                case FIXED32 -> position += Integer.BYTES;
                case LENGTH -> position += varint();
                case START_GROUP -> open++;
                default -> open--;
            }
        }
    }

    int number() {
        return number;
    }

    /** Whether the value is a run of bytes: a message, text, or packed numbers. */
    boolean isRun() {
        return wireType == LENGTH;
    }

    /** The bytes of the value, where it is no varint. */
    long size() {
        return valueSize;
    }

    long integer() throws IOException {
        long after = position;
        position = valueStart;
        long value = varint();
        position = after;
        return value;
    }

    float float32() throws IOException {
        return Float.intBitsToFloat(window.at(valueStart, Float.BYTES).getInt());
    }

    String text() throws IOException {
        return new String(value().toArray(), StandardCharsets.UTF_8);
    }

    /** The message that is the value. */
    FieldReader message() {
        return new FieldReader(window, valueStart, valueStart + valueSize);
    }

    /** The bytes of the value. */
    Bytes value() throws IOException {
        return window.part(valueStart, valueSize);
    }

    /** The bytes of the whole field, tag and length included. */
    Bytes field() throws IOException {
        return window.part(fieldStart, position - fieldStart);
    }

    /** Hands on the integers of a repeated field, packed or one. */
    void integers(LongConsumer into) throws IOException {
        if (!isRun()) {
            into.accept(integer());
            return;
        }
        long after = position;
        position = valueStart;
        while (position < after) {
            into.accept(varint());
        }
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = window.at(position++, 1).get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                break;
            }
        }
        return value;
    }

    /** The part of a file around where it is read. */
    private static final class Window {
        private static final int BYTES = 8192;

        private final Bytes file;
        private final ByteBuffer held = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        private long start;

        Window(Bytes file) {
            this.file = file;
            held.limit(0);
        }

        /** The window, standing at {@code position} with at least {@code count} bytes to come. */
        ByteBuffer at(long position, int count) throws IOException {
            if (position < start || position + count > start + held.limit()) {
                if (position < 0 || count > file.size() - position) {
                    throw new EOFException("the model ended at byte " + file.size() + " while it was read");
                }
                held.clear().limit((int) Math.min(BYTES, file.size() - position));
                file.read(position, held);
                held.flip();
                start = position;
            }
            return held.position((int) (position - start));
        }

        /** Small parts are held: many nodes are read, and none of their bytes are weights. */
        Bytes part(long offset, long size) throws IOException {
            Bytes part = new Part(file, offset, size);
            return size <= BYTES ? Bytes.of(part.toArray()) : part;
        }
    }

    /** A stretch of other bytes. */
    private record Part(Bytes whole, long offset, long size) implements Bytes {
        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            whole.read(offset + position, into);
        }
    }
}
