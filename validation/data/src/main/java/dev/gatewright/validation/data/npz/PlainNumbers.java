// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.rows.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/** Tells numbers that may be copied as they lie in a file from those that have to be looked at one by one. */
final class PlainNumbers {
    private static final int PIECE = 1024;
    private static final int FLOAT_INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
    private static final long DOUBLE_INFINITY = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

    private PlainNumbers() {}

    /** Whether the numbers that {@code bytes} has left lie there as they do in memory, none of them infinite or NaN. */
    static boolean are(NpyType type, ByteBuffer bytes) {
        ElementType number = type.type();
        if (number.bytes() > 1 && !type.order().equals(ByteOrder.nativeOrder())) {
            return false;
        }
        ByteBuffer numbers = bytes.slice().order(ByteOrder.nativeOrder());
        return switch (number) {
            case FLOAT32 -> areFinite(numbers.asIntBuffer());
            case FLOAT64 -> areFinite(numbers.asLongBuffer());
            // Of booleans, any byte but 0 is true in a file, and 1 alone in memory.
            case FLOAT16, BOOL, STRING -> false;
            default -> true;
        };
    }

    private static boolean areFinite(IntBuffer floats) {
        int[] piece = new int[PIECE];
        boolean finite = true;
        while (finite && floats.hasRemaining()) {
            int count = Math.min(PIECE, floats.remaining());
            floats.get(piece, 0, count);
            int largest = 0;
            for (int i = 0; i < count; i++) {
                largest = Math.max(largest, piece[i] & Integer.MAX_VALUE);
            }
            finite = largest < FLOAT_INFINITY;
        }
        return finite;
    }

    private static boolean areFinite(LongBuffer doubles) {
        long[] piece = new long[PIECE];
        boolean finite = true;
        while (finite && doubles.hasRemaining()) {
            int count = Math.min(PIECE, doubles.remaining());
            doubles.get(piece, 0, count);
            long largest = 0;
            for (int i = 0; i < count; i++) {
                largest = Math.max(largest, piece[i] & Long.MAX_VALUE);
            }
            finite = largest < DOUBLE_INFINITY;
        }
        return finite;
    }
}
