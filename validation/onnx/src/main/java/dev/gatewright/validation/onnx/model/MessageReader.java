// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;

/**
 * The fields of one protobuf message, in the order of the file.
 *
 * <p>It is stricter than protobuf where two parsers could understand one file in two ways: a field of ONNX has the wire
 * type that ONNX gives it, what may stand once stands once, and an {@code int32} fits 32 bits.
 */
final class MessageReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int START_GROUP = 3;
    private static final int END_GROUP = 4;
    private static final int FIXED32 = 5;

    private final Wire wire;
    final CodedInputStream in;
    private final String message;
    private final int depth;
    private final int start;
    private final int length;
    private final int outerLimit;
    private int number;
    private int wireType;
    private long seen;

    private MessageReader(Wire wire, String message, int depth, int length) throws IOException {
        this.wire = wire;
        this.in = wire.in;
        this.message = message;
        this.depth = depth;
        this.start = in.getTotalBytesRead();
        this.length = length;
        this.outerLimit = in.pushLimit(length);
    }

    static MessageReader whole(Wire wire, int length, String message) throws IOException {
        return new MessageReader(wire, message, 1, length);
    }

    /** Steps to the next field; {@code false} at the end of the message, which leaves it. */
    boolean next() throws IOException {
        if (in.isAtEnd()) {
            if (in.getBytesUntilLimit() != 0) {
                throw refused(Refusal.TRUNCATED, "is where the file ends, in the middle of a message");
            }
            in.popLimit(outerLimit);
            return false;
        }
        readTag();
        return true;
    }

    /** The number of the field. */
    int number() {
        return number;
    }

    /** This reader, if the field did not stand in this message before. */
    MessageReader once() {
        long bit = 1L << number;
        if ((seen & bit) != 0) {
            throw refused(Refusal.AMBIGUOUS, "gives field " + number + " a second time");
        }
        seen |= bit;
        return this;
    }

    /** A message inside this one. */
    MessageReader message(String name) throws IOException {
        int inner = length();
        wire.countMessage(this);
        checkDepth(depth + 1);
        return new MessageReader(wire, name, depth + 1, inner);
    }

    String name() throws IOException {
        return wire.name(length(), this);
    }

    String text() throws IOException {
        return wire.text(length(), this);
    }

    long int64() throws IOException {
        require(VARINT);
        return varint();
    }

    int int32() throws IOException {
        long value = int64();
        if (value != (int) value) {
            throw refused(Refusal.MALFORMED, "gives field " + number + " the value " + value + ", which is no int32");
        }
        return (int) value;
    }

    float float32() throws IOException {
        requireFixed(Float.BYTES);
        return Float.intBitsToFloat(in.readRawLittleEndian32());
    }

    /** Whether the field is a run of bytes; a repeated number is packed then. */
    boolean isRun() {
        return wireType == LENGTH;
    }

    /** A number of up to ten bytes; protobuf's own reader would take an eleventh for the next field. */
    long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (in.getBytesUntilLimit() == 0) {
                throw refused(Refusal.TRUNCATED, "is inside a number that does not end");
            }
            byte next = in.readRawByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                if (shift == 63 && next > 1) {
                    break;
                }
                return value;
            }
        }
        throw refused(Refusal.MALFORMED, "is inside a number of more than 64 bits");
    }

    /** Refuses the field if it is no number of {@code width} bytes, 4 or 8. */
    void requireFixed(int width) {
        require(width == Float.BYTES ? FIXED32 : FIXED64);
        requireRest(width);
    }

    private void requireRest(long bytes) {
        int rest = in.getBytesUntilLimit();
        if (bytes < 0 || bytes > rest) {
            throw refused(
                    Refusal.TRUNCATED,
                    "begins a field of " + Long.toUnsignedString(bytes) + " bytes where the message has " + rest
                            + " left");
        }
    }

    private void skipFixed(int width) throws IOException {
        requireRest(width);
        in.skipRawBytes(width);
    }

    /** Steps over the bytes of this field; where they lie, is the answer. */
    Span bytes() throws IOException {
        int bytes = length();
        long offset = in.getTotalBytesRead();
        in.skipRawBytes(bytes);
        return new Span(offset, bytes);
    }

    /** Where this message lies. */
    Span span() {
        return new Span(start, length);
    }

    /** Steps over this field, whatever it is. */
    void skip() throws IOException {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> skipFixed(8);
            case LENGTH -> in.skipRawBytes(length());
            case FIXED32 -> skipFixed(4);
            case START_GROUP -> skipGroup();
            default -> throw refused(Refusal.MALFORMED, "ends a group that did not begin");
        }
    }

    /** Counts the way down instead of recursing: groups may be nested a hundred thousand levels deep. */
    private void skipGroup() throws IOException {
        int[] open = new int[wire.reading.limits().depth()];
        int level = 0;
        open[level++] = number;
        while (level > 0) {
            if (in.isAtEnd()) {
                throw refused(Refusal.TRUNCATED, "is the end of a message inside a group");
            }
            readTag();
            if (wireType == START_GROUP) {
                checkDepth(depth + level + 1);
                open[level++] = number;
            } else if (wireType == END_GROUP) {
                if (open[--level] != number) {
                    throw refused(Refusal.MALFORMED, "ends group " + number + " inside group " + open[level]);
                }
            } else {
                skip();
            }
        }
    }

    /** Counts this message as a node, tensor, graph or function. */
    void countPart() {
        wire.countPart(this);
    }

    /** A refusal of what stands where the reader stands. */
    RefusedModelException refused(Refusal reason, String found) {
        return wire.reading.refused(reason, Place.ofByte(in.getTotalBytesRead(), message), found);
    }

    private void readTag() throws IOException {
        long tag = varint();
        wireType = (int) (tag & 7);
        number = (int) (tag >>> 3);
        if (tag >>> 32 != 0 || number == 0 || wireType > FIXED32) {
            throw refused(
                    Refusal.MALFORMED, "begins a field with the tag " + Long.toUnsignedString(tag) + ", which is none");
        }
    }

    /** The length of the field, which is a run of bytes that lies inside this message. */
    int length() throws IOException {
        require(LENGTH);
        long bytes = varint();
        requireRest(bytes);
        return (int) bytes;
    }

    private void require(int wanted) {
        if (wireType != wanted) {
            throw refused(
                    Refusal.MALFORMED,
                    "gives field " + number + " the wire type " + wireType + " instead of " + wanted);
        }
    }

    private void checkDepth(int wanted) {
        if (wanted > wire.reading.limits().depth()) {
            throw refused(
                    Refusal.TOO_DEEP,
                    "is nested deeper than the limit of "
                            + wire.reading.limits().depth());
        }
    }
}
