// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import org.jspecify.annotations.Nullable;

/**
 * What the elements of a tensor are, by ONNX's {@code TensorProto.DataType}. Its text is ONNX's spelling, such as
 * {@code float} or {@code int64}.
 */
public enum ElementType {
    /** 32-bit float. */
    FLOAT(1, 32),
    /** 8-bit unsigned integer. */
    UINT8(2, 8),
    /** 8-bit integer. */
    INT8(3, 8),
    /** 16-bit unsigned integer. */
    UINT16(4, 16),
    /** 16-bit integer. */
    INT16(5, 16),
    /** 32-bit integer. */
    INT32(6, 32),
    /** 64-bit integer. */
    INT64(7, 64),
    /** Text of any length; counted with the 32 bytes that an empty string takes in the runtime. */
    STRING(8, 256),
    /** Truth value, a byte. */
    BOOL(9, 8),
    /** IEEE 754 half. */
    FLOAT16(10, 16),
    /** 64-bit float. */
    DOUBLE(11, 64),
    /** 32-bit unsigned integer. */
    UINT32(12, 32),
    /** 64-bit unsigned integer. */
    UINT64(13, 64),
    /** Two 32-bit floats. */
    COMPLEX64(14, 64),
    /** Two 64-bit floats. */
    COMPLEX128(15, 128),
    /** The upper half of a 32-bit float. */
    BFLOAT16(16, 16),
    /** 8-bit float with 4 bits of exponent, without infinities. */
    FLOAT8E4M3FN(17, 8),
    /** The same without negative zero. */
    FLOAT8E4M3FNUZ(18, 8),
    /** 8-bit float with 5 bits of exponent. */
    FLOAT8E5M2(19, 8),
    /** The same without infinities and negative zero. */
    FLOAT8E5M2FNUZ(20, 8),
    /** 4-bit unsigned integer, two in a byte. */
    UINT4(21, 4),
    /** 4-bit integer, two in a byte. */
    INT4(22, 4),
    /** 4-bit float, two in a byte. */
    FLOAT4E2M1(23, 4),
    /** 8-bit power of two. */
    FLOAT8E8M0(24, 8),
    /** 2-bit unsigned integer, four in a byte. */
    UINT2(25, 2),
    /** 2-bit integer, four in a byte. */
    INT2(26, 2),
    /** 6-bit float with 2 bits of exponent, four in three bytes. */
    FLOAT6E2M3(27, 6),
    /** 6-bit float with 3 bits of exponent, four in three bytes. */
    FLOAT6E3M2(28, 6);

    private static final ElementType[] BY_CODE = values();

    private final int code;
    private final int bits;

    ElementType(int code, int bits) {
        this.code = code;
        this.bits = bits;
    }

    /** The number in {@code TensorProto.DataType}. */
    public int code() {
        return code;
    }

    /** The size of one element. */
    public int bits() {
        return bits;
    }

    /**
     * The bytes of {@code elements} packed elements, the last byte filled up.
     *
     * @throws ArithmeticException if they are more than a {@code long} counts
     */
    public long bytes(long elements) {
        return Math.addExact(Math.multiplyExact(elements, (long) bits), 7) / 8;
    }

    /** The type with this number; null for 0 (undefined) and for numbers that ONNX does not know. */
    public static @Nullable ElementType ofCode(int code) {
        return code < 1 || code > BY_CODE.length ? null : BY_CODE[code - 1];
    }

    /** Whether the keys of a map may be of this type. */
    boolean isMapKey() {
        return switch (this) {
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, STRING -> true;
            default -> false;
        };
    }

    /** The field of {@code TensorProto} that holds typed values of this type. */
    int typedField() {
        return switch (this) {
            case FLOAT, COMPLEX64 -> TensorMessage.FLOAT_DATA;
            case DOUBLE, COMPLEX128 -> TensorMessage.DOUBLE_DATA;
            case STRING -> TensorMessage.STRING_DATA;
            case INT64 -> TensorMessage.INT64_DATA;
            case UINT32, UINT64 -> TensorMessage.UINT64_DATA;
            default -> TensorMessage.INT32_DATA;
        };
    }

    /**
     * How many typed values {@code elements} elements take.
     *
     * @throws ArithmeticException if they are more than a {@code long} counts
     */
    long typedValues(long elements) {
        return switch (this) {
            case COMPLEX64, COMPLEX128 -> Math.multiplyExact(elements, 2L);
            // Types below six bits share the bytes of their packed form, one byte a value.
            case UINT4, INT4, FLOAT4E2M1, UINT2, INT2 -> bytes(elements);
            default -> elements;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
