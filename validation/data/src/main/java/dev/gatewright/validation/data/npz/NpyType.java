// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import dev.gatewright.validation.data.rows.ElementType;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The type of an array's elements in the file.
 *
 * @param type what they are read as
 * @param bytes the bytes of one
 * @param order the order of the bytes of a number, or of a character of text
 * @param wide whether text is in characters of four bytes, numpy's U; else in bytes, numpy's S
 */
record NpyType(ElementType type, int bytes, ByteOrder order, boolean wide) {
    /** The type that a header's {@code descr} names; null of one that is not read. */
    static @Nullable NpyType of(String descr) {
        if (descr.length() < 3 || "<>|=".indexOf(descr.charAt(0)) < 0) {
            return null;
        }
        ByteOrder order = switch (descr.charAt(0)) {
            case '>' -> ByteOrder.BIG_ENDIAN;
            case '<' -> ByteOrder.LITTLE_ENDIAN;
            default -> ByteOrder.nativeOrder();
        };
        String code = descr.substring(1);
        char kind = code.charAt(0);
        if (kind == 'U' || kind == 'S') {
            int length = length(code);
            int width = kind == 'U' ? Integer.BYTES : 1;
            return length == 0 || length > Integer.MAX_VALUE / width
                    ? null
                    : new NpyType(ElementType.STRING, length * width, order, kind == 'U');
        }
        ElementType type = number(code);
        return type == null ? null : new NpyType(type, type.bytes(), order, false);
    }

    private static @Nullable ElementType number(String code) {
        return switch (code) {
            case "f2" -> ElementType.FLOAT16;
            case "f4" -> ElementType.FLOAT32;
            case "f8" -> ElementType.FLOAT64;
            case "i1" -> ElementType.INT8;
            case "i2" -> ElementType.INT16;
            case "i4" -> ElementType.INT32;
            case "i8" -> ElementType.INT64;
            case "u1" -> ElementType.UINT8;
            case "u2" -> ElementType.UINT16;
            case "u4" -> ElementType.UINT32;
            case "u8" -> ElementType.UINT64;
            case "b1" -> ElementType.BOOL;
            default -> null;
        };
    }

    /** The number of characters that a type of text such as {@code U12} has; 0 if it states none that can be. */
    private static int length(String code) {
        int digits = code.length() - 1;
        if (digits < 1 || digits > 9) {
            return 0;
        }
        int length = 0;
        for (int i = 1; i <= digits; i++) {
            if (code.charAt(i) < '0' || code.charAt(i) > '9') {
                return 0;
            }
            length = 10 * length + code.charAt(i) - '0';
        }
        return length;
    }
}
