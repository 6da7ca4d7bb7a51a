// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.format;

import dev.gatewright.validation.data.rows.ElementType;
import java.nio.ByteBuffer;

/**
 * Puts numbers into a matrix's memory as its element type, each rounded as numpy's {@code astype} rounds. What astype
 * would let pass with another value, an infinity, an overflow, a wrapped integer, is not put but reported.
 */
public final class MatrixEncoder {
    /** Every number was put. */
    public static final int ALL = -1;

    private MatrixEncoder() {}

    /**
     * Puts {@code count} doubles as a float type, from byte {@code at} of {@code memory} on.
     *
     * @return the index of the first value that is infinite in that type, or NaN where that is not allowed; else {@link
     *     #ALL}
     */
    public static int put(ElementType type, double[] values, int count, boolean nanAllowed, ByteBuffer memory, int at) {
        return put(type, values, 0, count, nanAllowed, memory, at, type.bytes());
    }

    /** The same of the doubles from {@code from} to before {@code to}, {@code step} bytes from each to the next. */
    public static int put(
            ElementType type,
            double[] values,
            int from,
            int to,
            boolean nanAllowed,
            ByteBuffer memory,
            int at,
            int step) {
        return switch (type) {
            case FLOAT64 -> {
                for (int i = from; i < to; i++) {
                    double value = values[i];
                    if (refused(value, nanAllowed)) {
                        yield i;
                    }
                    memory.putDouble(at + step * (i - from), value);
                }
                yield ALL;
            }
            case FLOAT32 -> {
                for (int i = from; i < to; i++) {
                    float value = (float) values[i];
                    if (refused(value, nanAllowed)) {
                        yield i;
                    }
                    memory.putFloat(at + step * (i - from), value);
                }
                yield ALL;
            }
            case FLOAT16 -> {
                for (int i = from; i < to; i++) {
                    short value = Half.of(values[i]);
                    if (refused(Half.value(value), nanAllowed)) {
                        yield i;
                    }
                    memory.putShort(at + step * (i - from), value);
                }
                yield ALL;
            }
            default -> throw new IllegalArgumentException(type + " is no float type");
        };
    }

    /**
     * Puts {@code count} whole numbers as any type but {@link ElementType#STRING}, from byte {@code at} of {@code memory}
     * on.
     *
     * @param unsigned whether the values are to be read as unsigned, as those of {@link ElementType#UINT64} are
     * @return the index of the first value outside the type's range, or {@link #ALL}
     */
    public static int put(ElementType type, long[] values, int count, boolean unsigned, ByteBuffer memory, int at) {
        return put(type, values, 0, count, unsigned, memory, at, type.bytes());
    }

    /** The same of the whole numbers from {@code from} to before {@code to}, {@code step} bytes from each to the next. */
    public static int put(
            ElementType type, long[] values, int from, int to, boolean unsigned, ByteBuffer memory, int at, int step) {
        switch (type) {
            case FLOAT64 -> {
                for (int i = from; i < to; i++) {
                    memory.putDouble(
                            at + step * (i - from), unsigned ? unsignedToDouble(values[i]) : (double) values[i]);
                }
            }
            case FLOAT32 -> {
                for (int i = from; i < to; i++) {
                    memory.putFloat(at + step * (i - from), unsigned ? unsignedToFloat(values[i]) : (float) values[i]);
                }
            }
            default -> {
                for (int i = from; i < to; i++) {
                    if (!fits(type, values[i], unsigned)) {
                        return i;
                    }
                    putChecked(type, values[i], memory, at + step * (i - from));
                }
            }
        }
        return ALL;
    }

    private static boolean refused(double value, boolean nanAllowed) {
        return !(Math.abs(value) <= Double.MAX_VALUE) && !(nanAllowed && Double.isNaN(value));
    }

    private static boolean fits(ElementType type, long value, boolean unsigned) {
        if (type == ElementType.FLOAT16) {
            return value > -65520 && value < 65520 && !(unsigned && value < 0);
        }
        if (type == ElementType.UINT64) {
            return unsigned || value >= 0;
        }
        return value >= type.lowest() && value <= type.highest() && !(unsigned && value < 0);
    }

    private static void putChecked(ElementType type, long value, ByteBuffer memory, int at) {
        switch (type.bytes()) {
            case 1 -> memory.put(at, (byte) value);
            case 2 -> memory.putShort(at, type == ElementType.FLOAT16 ? Half.of((double) value) : (short) value);
            case 4 -> memory.putInt(at, (int) value);
            default -> memory.putLong(at, value);
        }
    }

    private static double unsignedToDouble(long value) {
        return value >= 0 ? (double) value : 2.0 * (double) halved(value);
    }

    private static float unsignedToFloat(long value) {
        return value >= 0 ? (float) value : 2.0f * (float) halved(value);
    }

    /** Half of a value of 2^63 or more; the lost bit stays visible in the last one, so that rounding comes out right. */
    private static long halved(long value) {
        return (value >>> 1) | (value & 1);
    }
}
