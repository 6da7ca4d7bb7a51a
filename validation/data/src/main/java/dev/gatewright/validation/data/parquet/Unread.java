// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.Quote;

/** What is said of columns that are not read: what they hold, and what to write in their place. */
final class Unread {
    private static final int DECIMAL = 5;
    private static final int DATE = 6;
    private static final int TIMESTAMP = 8;
    private static final int TIMESTAMP_MICROS = 10;
    private static final int UUID = 14;
    private static final int MAP = 2;

    private Unread() {}

    /** Values that stand in another file, or are encrypted. */
    static Column.Unreadable elsewhere() {
        return new Column.Unreadable(
                "values that are encrypted or lie in another file", "write them plainly into this one");
    }

    /** Pages whose compression is not known here. */
    static Column.Unreadable codec(int codec) {
        String name = switch (codec) {
            case 3 -> "LZO";
            case 4 -> "Brotli";
            case 5 -> "LZ4 in Hadoop's framing";
            default -> "the unknown method " + codec;
        };
        return new Column.Unreadable(
                "pages compressed by " + name, "write them with snappy, zstd, lz4 (raw), gzip, or uncompressed");
    }

    /** Rows of lists that are not all of one length. */
    static Column.Unreadable lists() {
        return new Column.Unreadable(
                "lists of different lengths", "save lists of one length, or each position as a column of its own");
    }

    /** Rows that are too long. */
    static Column.Unreadable large(int most) {
        return new Column.Unreadable("rows of more than " + most + " bytes", "save smaller rows");
    }

    /** A group below a column. */
    static Column.Unreadable group(SchemaNode node) {
        boolean isList = node.logical().kind() == SchemaNode.Logical.LIST || node.converted() == 3;
        if (isList) {
            return new Column.Unreadable("lists of lists or of records", "save each row as one flat list of numbers");
        }
        boolean isMap = node.logical().kind() == MAP || node.converted() == 1;
        return new Column.Unreadable(
                isMap ? "maps" : "records of several fields", "save each field as a column of its own");
    }

    /** Values of a type that is neither number nor text. */
    static Column.Unreadable type(SchemaNode node, String name) {
        int kind = node.logical().kind();
        int converted = node.converted();
        if (kind == DECIMAL || converted == DECIMAL) {
            return new Column.Unreadable(
                    "decimals, which no model takes", "cast " + Quote.of(name) + " to double where it is saved");
        }
        boolean isTime = (kind >= DATE && kind <= TIMESTAMP)
                || (kind == SchemaNode.NONE && converted >= DATE && converted <= TIMESTAMP_MICROS)
                || node.physical() == Leaf.INT96;
        if (isTime) {
            return new Column.Unreadable("dates or times", "save what the model takes of them as numbers");
        }
        if (kind == UUID || node.physical() == Leaf.BYTE_ARRAY || node.physical() == Leaf.FIXED_BYTES) {
            return new Column.Unreadable("bytes that are not marked as text", "save numbers or text");
        }
        return new Column.Unreadable("values of a type that is not read", "save numbers or text");
    }
}
