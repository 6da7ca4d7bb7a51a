// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.rows;

/** The type of a matrix's elements, as a model's input states it and as numpy names it. */
public enum ElementType {
    FLOAT16("float16", 2, 0, 0),
    FLOAT32("float32", 4, 0, 0),
    FLOAT64("float64", 8, 0, 0),
    INT8("int8", 1, Byte.MIN_VALUE, Byte.MAX_VALUE),
    INT16("int16", 2, Short.MIN_VALUE, Short.MAX_VALUE),
    INT32("int32", 4, Integer.MIN_VALUE, Integer.MAX_VALUE),
    INT64("int64", 8, Long.MIN_VALUE, Long.MAX_VALUE),
    UINT8("uint8", 1, 0, 0xFFL),
    UINT16("uint16", 2, 0, 0xFFFFL),
    UINT32("uint32", 4, 0, 0xFFFF_FFFFL),
    UINT64("uint64", 8, 0, -1L),
    BOOL("bool", 1, 0, 1),
    STRING("str", 0, 0, 0);

    private final String numpyName;
    private final int bytes;
    private final long lowest;
    private final long highest;

    ElementType(String numpyName, int bytes, long lowest, long highest) {
        this.numpyName = numpyName;
        this.bytes = bytes;
        this.lowest = lowest;
        this.highest = highest;
    }

    /** The name of numpy's scalar type, such as {@code float32}. */
    public String numpyName() {
        return numpyName;
    }

    /** The bytes that one element takes in memory; 0 for {@link #STRING}, whose elements have no fixed size. */
    public int bytes() {
        return bytes;
    }

    /** Whether it is one of the three floating-point types, the only ones that know NaN. */
    public boolean isFloat() {
        return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
    }

    /** Whether it is one of the eight integer types. */
    public boolean isInteger() {
        return highest != 0 && this != BOOL;
    }

    /** The lowest value of an integer type or of {@link #BOOL}. */
    public long lowest() {
        return lowest;
    }

    /** The highest value of an integer type or of {@link #BOOL}; that of {@link #UINT64} is to be read as unsigned. */
    public long highest() {
        return highest;
    }

    /** What is expected where such an element stands, for a message: {@code a whole number from 0 to 255}. */
    public String expected() {
        if (isInteger()) {
            String top = this == UINT64 ? Long.toUnsignedString(highest) : Long.toString(highest);
            return "a whole number from " + lowest + " to " + top;
        }
        if (isFloat()) {
            return "a number";
        }
        return this == BOOL ? "true, false, 1 or 0" : "text";
    }
}
