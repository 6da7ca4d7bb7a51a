// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The fields of a message in Protocol Buffers' wire format, one after the other. It takes no length on trust, and refuses
 * groups, which no event file has.
 */
final class WireMessage {
    private final byte[] bytes;
    private final int end;
    private int at;
    private int field;
    private long value;
    private int start;
    private int length = -1;

    WireMessage(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private WireMessage(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    /** Goes to the next field; false after the last. */
    boolean next() throws IOException {
        if (at == end) {
            return false;
        }
        long key = varint();
        field = (int) Math.min(key >>> 3, Integer.MAX_VALUE);
        length = -1;
        switch ((int) (key & 7)) {
            case 0 -> value = varint();
            case 1 -> value = littleEndian(Long.BYTES);
            case 2 -> {
                long wanted = varint();
                if (wanted < 0 || wanted > end - at) {
                    throw new IOException("a field ends behind the message that it is in");
                }
                start = at;
                length = (int) wanted;
                at += length;
            }
            case 5 -> value = littleEndian(Integer.BYTES);
            default -> throw new IOException("a field has no type that is known");
        }
        return true;
    }

    /** The field's number. */
    int field() {
        return field;
    }

    /** The field's integer. */
    long integer() throws IOException {
        refuseUnless(length < 0);
        return value;
    }

    /** The field's number of four bytes. */
    float floating() throws IOException {
        return Float.intBitsToFloat((int) integer());
    }

    /** The field's message. */
    WireMessage message() throws IOException {
        refuseUnless(length >= 0);
        return new WireMessage(bytes, start, start + length);
    }

    /** The field's text. */
    String text() throws IOException {
        refuseUnless(length >= 0);
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    /** The floats that the field packs, or the one that it is. */
    float firstFloat() throws IOException {
        if (length < 0) {
            return floating();
        }
        refuseUnless(length >= Float.BYTES);
        return Float.intBitsToFloat((int) new WireMessage(bytes, start, start + length).littleEndian(Float.BYTES));
    }

    private void refuseUnless(boolean fits) throws IOException {
        if (!fits) {
            throw new IOException("field " + field + " is of another type than it should be");
        }
    }

    private long varint() throws IOException {
        long result = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = (byte) littleEndian(1);
            result |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return result;
            }
        }
        throw new IOException("a number has more than ten bytes");
    }

    private long littleEndian(int count) throws IOException {
        if (count > end - at) {
            throw new IOException("a message ends in the middle of a field");
        }
        long result = 0;
        for (int i = 0; i < count; i++) {
            result |= (bytes[at++] & 0xFFL) << (8 * i);
        }
        return result;
    }
}
