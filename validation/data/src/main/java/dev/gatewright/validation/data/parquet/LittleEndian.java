// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in bytes, the lowest byte first, as all of Parquet's are. */
final class LittleEndian {
    /** The bytes that must be allowed to be read behind a page, so that packed bits are read by whole words. */
    static final int SLACK = Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    /** The eight bytes at {@code at}. */
    static long word(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** The four bytes at {@code at}. */
    static int number(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    /** The {@code length} bytes at {@code at}, up to eight; the others that are read with them are cut off. */
    static long bits(byte[] bytes, int at, int length) {
        return word(bytes, at) & (length == Long.BYTES ? -1 : (1L << (8 * length)) - 1);
    }
}
