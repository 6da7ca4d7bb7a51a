// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import dev.gatewright.validation.data.rows.ElementType;
import org.jspecify.annotations.Nullable;

/**
 * The values of a column that can be read.
 *
 * @param index its position among the leaves of the schema, and so among the chunks of a row group
 * @param physical how they are stored: one of the numbers below
 * @param bytes the bytes of one; 0 of text and of truth values
 * @param type what they are read as
 * @param definition the level of a value that is not missing
 * @param repetition the level of a value that continues its row; 0 where a row has one
 */
record Leaf(int index, int physical, int bytes, ElementType type, int definition, int repetition) {
    static final int BOOLEAN = 0;
    static final int INT32 = 1;
    static final int INT64 = 2;
    static final int INT96 = 3;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int BYTE_ARRAY = 6;
    static final int FIXED_BYTES = 7;

    private static final int UTF8 = 0;
    private static final int ENUM = 4;
    private static final int UINT_8 = 11;
    private static final int UINT_64 = 14;
    private static final int INT_8 = 15;
    private static final int INT_64 = 18;
    private static final int JSON = 19;

    /** The bytes of a value that is stored as {@code node} says; 0 where they vary. */
    static int bytes(SchemaNode node) {
        return switch (node.physical()) {
            case INT32, FLOAT -> 4;
            case INT64, DOUBLE -> 8;
            case FIXED_BYTES -> node.length();
            default -> 0;
        };
    }

    /** What the values of {@code node} are read as; null if they are not. */
    static @Nullable ElementType type(SchemaNode node) {
        int kind = node.logical().kind();
        boolean isPlain = kind == SchemaNode.NONE && node.converted() == SchemaNode.NONE;
        return switch (node.physical()) {
            case BOOLEAN -> isPlain ? ElementType.BOOL : null;
            case INT32 -> isPlain ? ElementType.INT32 : whole(node, Integer.SIZE);
            case INT64 -> isPlain ? ElementType.INT64 : whole(node, Long.SIZE);
            case FLOAT -> isPlain ? ElementType.FLOAT32 : null;
            case DOUBLE -> isPlain ? ElementType.FLOAT64 : null;
            case BYTE_ARRAY -> isText(node) ? ElementType.STRING : null;
            case FIXED_BYTES ->
                kind == SchemaNode.Logical.FLOAT16 && node.length() == Short.BYTES ? ElementType.FLOAT16 : null;
            default -> null;
        };
    }

    private static boolean isText(SchemaNode node) {
        return switch (node.logical().kind()) {
            case SchemaNode.Logical.STRING, SchemaNode.Logical.ENUM, SchemaNode.Logical.JSON -> true;
            case SchemaNode.NONE -> node.converted() == UTF8 || node.converted() == ENUM || node.converted() == JSON;
            default -> false;
        };
    }

    private static @Nullable ElementType whole(SchemaNode node, int stored) {
        int bits = node.logical().bits();
        boolean signed = node.logical().signed();
        if (node.logical().kind() == SchemaNode.NONE) {
            int converted = node.converted();
            signed = converted >= INT_8 && converted <= INT_64;
            if (!signed && !(converted >= UINT_8 && converted <= UINT_64)) {
                return null;
            }
            bits = 8 << (converted - (signed ? INT_8 : UINT_8));
        } else if (node.logical().kind() != SchemaNode.Logical.INTEGER) {
            return null;
        }
        return (bits == Long.SIZE) != (stored == Long.SIZE)
                ? null
                : switch (bits) {
                    case 8 -> signed ? ElementType.INT8 : ElementType.UINT8;
                    case 16 -> signed ? ElementType.INT16 : ElementType.UINT16;
                    case 32 -> signed ? ElementType.INT32 : ElementType.UINT32;
                    case 64 -> signed ? ElementType.INT64 : ElementType.UINT64;
                    default -> null;
                };
    }

    /** The raw bits of a whole number as its value. */
    long whole(long bits) {
        return switch (type) {
            case BOOL -> bits & 1;
            case INT8 -> (byte) bits;
            case INT16 -> (short) bits;
            case UINT8 -> bits & 0xFF;
            case UINT16 -> bits & 0xFFFF;
            case UINT32 -> bits & 0xFFFF_FFFFL;
            case INT32 -> (int) bits;
            default -> bits;
        };
    }
}
