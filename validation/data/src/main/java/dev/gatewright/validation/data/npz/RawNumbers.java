// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.format.Half;
import dev.gatewright.validation.data.rows.ElementType;
import java.nio.ByteBuffer;

/** Numbers of one type as they lie in a file, taken out as doubles or, whole ones, as longs; each keeps its value. */
final class RawNumbers {
    /** The most that are taken out at a time. */
    static final int MOST = 1024;

    private final ElementType type;
    private final double[] doubles = new double[MOST];
    private final long[] longs = new long[MOST];

    RawNumbers(ElementType type) {
        this.type = type;
    }

    /** Whether they are taken out as doubles. */
    boolean areFloats() {
        return type.isFloat();
    }

    /** Whether a long that is taken out is to be read as unsigned. */
    boolean areUnsigned() {
        return type == ElementType.UINT64;
    }

    /** The {@code count} numbers of a float type from byte {@code at} on; overwritten by the next call. */
    double[] doubles(ByteBuffer bytes, int at, int count) {
        switch (type) {
            case FLOAT64 -> {
                for (int i = 0; i < count; i++) {
                    doubles[i] = bytes.getDouble(at + 8 * i);
                }
            }
            case FLOAT32 -> {
                for (int i = 0; i < count; i++) {
                    doubles[i] = bytes.getFloat(at + 4 * i);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    doubles[i] = Half.value(bytes.getShort(at + 2 * i));
                }
            }
        }
        return doubles;
    }

    /** The {@code count} whole numbers or booleans from byte {@code at} on, of UINT64 the bits; overwritten likewise. */
    long[] longs(ByteBuffer bytes, int at, int count) {
        switch (type.bytes()) {
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    longs[i] = ofByte(bytes.get(at + i));
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    short number = bytes.getShort(at + 2 * i);
                    longs[i] = type == ElementType.UINT16 ? number & 0xFFFF : number;
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    int number = bytes.getInt(at + 4 * i);
                    longs[i] = type == ElementType.UINT32 ? number & 0xFFFF_FFFFL : number;
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    longs[i] = bytes.getLong(at + 8 * i);
                }
            }
        }
        return longs;
    }

    private long ofByte(byte number) {
        if (type == ElementType.BOOL) {
            return number == 0 ? 0 : 1; // numpy takes every other byte for true
        }
        return type == ElementType.UINT8 ? number & 0xFF : number;
    }

    /** Whether the number at byte {@code at} is NaN. */
    boolean isNan(ByteBuffer bytes, int at) {
        return type.isFloat() && Double.isNaN(doubles(bytes, at, 1)[0]);
    }

    /** The number at byte {@code at}, for a message. */
    String text(ByteBuffer bytes, int at) {
        if (type.isFloat()) {
            return Double.toString(doubles(bytes, at, 1)[0]);
        }
        long number = longs(bytes, at, 1)[0];
        return type == ElementType.UINT64 ? Long.toUnsignedString(number) : Long.toString(number);
    }
}
