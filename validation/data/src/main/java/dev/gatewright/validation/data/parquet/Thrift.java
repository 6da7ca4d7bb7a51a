// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A reader of Thrift's compact protocol, in which Parquet says what it holds. A struct is read by {@link #begin} and
 * {@link #next}, which give the number of a field, {@link #STOP} at the end; each field is then taken or skipped.
 */
final class Thrift {
    /** What stands for the end of a struct's fields. */
    static final int STOP = 0;

    /** The type of a list's elements that are structs. */
    static final int STRUCT = 12;

    /** The type of a list's elements that are whole numbers of 32 bits. */
    static final int I32 = 5;

    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I64 = 6;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int DEEPEST = 32;

    private final byte[] bytes;
    private final int end;
    private final int[] fields = new int[DEEPEST]; // the last field that was met at each depth
    private int depth = -1;
    private int type = STRUCT;
    private int at;

    /** Reads {@code bytes} up to before {@code end}. */
    Thrift(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** The position of the next byte. */
    int position() {
        return at;
    }

    /** Enters a struct: its first field, or {@link #STOP}. */
    int begin() {
        require(STRUCT);
        if (++depth == DEEPEST) {
            throw new Malformed("structures that are nested more than " + DEEPEST + " deep");
        }
        fields[depth] = 0;
        return next();
    }

    /** The next field of the struct, after the one before was taken or skipped; {@link #STOP} leaves the struct. */
    int next() {
        int header = unsignedByte();
        if (header == STOP) {
            depth--;
            return STOP;
        }
        type = header & 0xF;
        int step = header >>> 4;
        fields[depth] = step == 0 ? (int) zigzag(varint()) : fields[depth] + step;
        if (fields[depth] <= 0) {
            throw new Malformed("a field of the number " + fields[depth]);
        }
        return fields[depth];
    }

    /** Takes a truth value. */
    boolean bool() {
        if (type != TRUE && type != FALSE) {
            throw new Malformed("a field of another type than the format says");
        }
        return type == TRUE;
    }

    /** Takes a whole number of up to 8 bits. */
    int i8() {
        require(BYTE);
        return (byte) unsignedByte();
    }

    /** Takes a whole number of 32 bits. */
    int i32() {
        require(I32);
        return (int) zigzag(varint());
    }

    /** Takes a whole number of 64 bits. */
    long i64() {
        require(I64);
        return zigzag(varint());
    }

    /** Takes text. */
    String text() {
        require(BINARY);
        int length = length();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    /** Takes a list of at most {@code most} elements of the type {@code elementType}, each by {@code element}. */
    <T> List<T> list(int elementType, int most, Supplier<T> element) {
        require(LIST);
        int header = unsignedByte();
        int size = size(header);
        if (size > most) {
            throw new Malformed("a list of " + size + " where at most " + most + " are read");
        }
        if (size > 0 && (header & 0xF) != elementType) {
            throw new Malformed("a list of another type than the format says");
        }
        List<T> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            type = elementType;
            list.add(element.get());
        }
        return list;
    }

    /** Leaves the field out. */
    void skip() {
        skip(type, 0);
    }

    private void skip(int skipped, int nesting) {
        if (nesting == DEEPEST) {
            throw new Malformed("structures that are nested more than " + DEEPEST + " deep");
        }
        switch (skipped) {
            case TRUE, FALSE -> {}
            case BYTE -> advance(1);
            case 4, I32, I64 -> varint();
            case DOUBLE -> advance(Double.BYTES);
            case BINARY -> advance(length());
            case LIST, SET -> {
                int header = unsignedByte();
                skipElements(size(header), header & 0xF, nesting);
            }
            case MAP -> {
                int size = length();
                int types = size == 0 ? 0 : unsignedByte();
                for (int i = 0; i < size; i++) {
                    skipElements(1, types >>> 4, nesting);
                    skipElements(1, types & 0xF, nesting);
                }
            }
            case STRUCT -> {
                for (int header = unsignedByte(); header != STOP; header = unsignedByte()) {
                    if (header >>> 4 == 0) {
                        varint();
                    }
                    skip(header & 0xF, nesting + 1);
                }
            }
            default -> throw new Malformed("a field of the unknown type " + skipped);
        }
    }

    private void skipElements(int count, int elementType, int nesting) {
        for (int i = 0; i < count; i++) {
            // A truth value is nothing more than its type in a struct, but a byte in a list.
            skip(elementType == TRUE || elementType == FALSE ? BYTE : elementType, nesting + 1);
        }
    }

    private int size(int header) {
        return header >>> 4 == 0xF ? length() : header >>> 4;
    }

    /** A number of bytes, or of elements that take at least one byte each, which therefore must be there. */
    private int length() {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw new Malformed("a length beyond the end");
        }
        return (int) length;
    }

    private void require(int wanted) {
        if (type != wanted) {
            throw new Malformed("a field of another type than the format says");
        }
    }

    private void advance(int count) {
        if (count > end - at) {
            throw new Malformed("an end too early");
        }
        at += count;
    }

    private int unsignedByte() {
        advance(1);
        return bytes[at - 1] & 0xFF;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = unsignedByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new Malformed("a number of more than 64 bits");
    }

    private static long zigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }
}
