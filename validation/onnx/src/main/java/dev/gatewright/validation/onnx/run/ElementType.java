// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The type of a tensor's elements, among those that can be handed to a model or read from it. */
public enum ElementType {
    /** 32-bit float. */
    FLOAT(1, 4),
    /** 8-bit unsigned integer. */
    UINT8(2, 1),
    /** 8-bit integer. */
    INT8(3, 1),
    /** 16-bit unsigned integer. */
    UINT16(4, 2),
    /** 16-bit integer. */
    INT16(5, 2),
    /** 32-bit integer. */
    INT32(6, 4),
    /** 64-bit integer. */
    INT64(7, 8),
    /** Text. */
    STRING(8, 0),
    /** Truth value, a byte of 0 or 1. */
    BOOL(9, 1),
    /** IEEE 754 half; shared as {@link #FLOAT}. */
    FLOAT16(10, 2),
    /** 64-bit float. */
    DOUBLE(11, 8),
    /** 32-bit unsigned integer. */
    UINT32(12, 4),
    /** 64-bit unsigned integer. */
    UINT64(13, 8),
    /** The upper half of a 32-bit float; shared as {@link #FLOAT}. */
    BFLOAT16(16, 2);

    private static final ElementType[] ALL = values();

    private final int code;
    private final int bytes;

    ElementType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The number in ONNX's {@code TensorProto.DataType}. */
    public int code() {
        return code;
    }

    /** The bytes of an element in the model; 0 for {@link #STRING}, whose elements have no fixed size. */
    public int bytes() {
        return bytes;
    }

    /** The type in which elements are shared: the type itself, but {@link #FLOAT} for the two short floats. */
    public ElementType carrier() {
        return this == FLOAT16 || this == BFLOAT16 ? FLOAT : this;
    }

    /** ONNX's spelling, such as {@code float} or {@code int64}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type with this number; null where it is none of these. */
    public static @Nullable ElementType ofCode(int code) {
        for (ElementType type : ALL) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }
}
