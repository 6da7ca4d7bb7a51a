// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.testkit.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A Parquet file of one row group, made byte by byte; what it says of itself may be untrue. */
public final class ParquetBytes {
    // The format's numbers: physical types,
    public static final int BOOLEAN = 0;
    public static final int INT32 = 1;
    public static final int INT64 = 2;
    public static final int FLOAT = 4;
    public static final int DOUBLE = 5;
    public static final int BYTE_ARRAY = 6;

    // repetitions
    public static final int REQUIRED = 0;
    public static final int OPTIONAL = 1;
    public static final int REPEATED = 2;

    // converted types
    public static final int UTF8 = 0;

    // codecs
    public static final int UNCOMPRESSED = 0;
    public static final int SNAPPY = 1;
    public static final int GZIP = 2;
    public static final int ZSTD = 6;
    public static final int LZ4 = 7;

    // kinds of pages
    public static final int DATA = 0;
    public static final int DICTIONARY = 2;
    public static final int DATA_2 = 3;

    // encodings
    public static final int PLAIN = 0;
    public static final int RLE = 3;
    public static final int RLE_DICTIONARY = 8;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<ThriftBytes> schema = new ArrayList<>();
    private final List<ThriftBytes> chunks = new ArrayList<>();
    private final long rows;

    /** A file of {@code rows} rows. */
    public ParquetBytes(long rows) {
        this.rows = rows;
        body.writeBytes(text("PAR1"));
    }

    /** Adds a required column of floats in one uncompressed page. */
    public ParquetBytes floats(String name, float... values) {
        return column(name, FLOAT, UNCOMPRESSED, page(PLAIN, values.length, floats(values)));
    }

    /** Adds a required column of floats, all zero, in pages of {@code rowsOfPage} rows that gzip makes small. */
    public ParquetBytes zeros(String name, int rowsOfPage) {
        byte[] page = page(DATA, rowsOfPage * Float.BYTES, rowsOfPage, PLAIN, gzip(new byte[rowsOfPage * Float.BYTES]));
        byte[][] pages = new byte[(int) (rows / rowsOfPage)][];
        Arrays.fill(pages, page);
        return column(name, FLOAT, GZIP, pages);
    }

    /** Adds a required column of a row's single values. */
    public ParquetBytes column(String name, int physical, int codec, byte[]... pages) {
        return column(leaf(name, physical, REQUIRED), physical, codec, rows, pages);
    }

    /** Adds a column that the schema states as {@code leaf}. */
    public ParquetBytes column(ThriftBytes leaf, int physical, int codec, long entries, byte[]... pages) {
        int start = body.size();
        for (byte[] page : pages) {
            body.writeBytes(page);
        }
        return column(leaf, chunk(physical, codec, entries, body.size() - start, start));
    }

    /** Adds a column with any words about it. */
    public ParquetBytes column(ThriftBytes leaf, ThriftBytes chunk) {
        schema.add(leaf);
        chunks.add(chunk);
        return this;
    }

    /** Adds a node of the schema that has no values. */
    public ParquetBytes node(ThriftBytes node) {
        schema.add(node);
        return this;
    }

    public static ThriftBytes leaf(String name, int physical, int repetition) {
        return new ThriftBytes().i32(1, physical).i32(3, repetition).text(4, name);
    }

    public static ThriftBytes leaf(String name, int physical, int repetition, int converted) {
        return leaf(name, physical, repetition).i32(6, converted);
    }

    public static ThriftBytes group(String name, int repetition, int children, int converted) {
        return new ThriftBytes()
                .i32(3, repetition)
                .text(4, name)
                .i32(5, children)
                .i32(6, converted);
    }

    public static ThriftBytes chunk(int physical, int codec, long entries, long bytes, long start) {
        return new ThriftBytes()
                .i64(2, 0)
                .struct(
                        3,
                        new ThriftBytes()
                                .i32(1, physical)
                                .i32(4, codec)
                                .i64(5, entries)
                                .i64(6, bytes)
                                .i64(7, bytes)
                                .i64(9, start));
    }

    /** The file, whose root has as many children as columns were added. */
    public byte[] file() {
        return file(chunks.size());
    }

    public byte[] file(int children) {
        List<ThriftBytes> nodes = new ArrayList<>();
        nodes.add(new ThriftBytes().text(4, "schema").i32(5, children));
        nodes.addAll(schema);
        ThriftBytes group = new ThriftBytes().structs(1, chunks).i64(2, 0).i64(3, rows);
        return file(new ThriftBytes().i32(1, 1).structs(2, nodes).i64(3, rows).structs(4, List.of(group)));
    }

    /** The file with another footer. */
    public byte[] file(ThriftBytes footer) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(body.toByteArray());
        file.writeBytes(footer.bytes());
        file.writeBytes(ints(footer.bytes().length));
        file.writeBytes(text("PAR1"));
        return file.toByteArray();
    }

    /** An uncompressed data page of the first version. */
    public static byte[] page(int encoding, int entries, byte[] contents) {
        return page(DATA, contents.length, entries, encoding, contents);
    }

    /** A page, data or dictionary, that says to be {@code size} bytes when decompressed. */
    public static byte[] page(int kind, int size, int entries, int encoding, byte[] stored) {
        ThriftBytes own = new ThriftBytes().i32(1, entries).i32(2, encoding);
        if (kind == DATA) {
            own.i32(3, RLE).i32(4, RLE);
        }
        int field = kind == DATA ? 5 : 7;
        ThriftBytes header = new ThriftBytes().i32(1, kind).i32(2, size).i32(3, stored.length);
        return joined(header.struct(field, own).bytes(), stored);
    }

    /** A data page of the second version. */
    public static byte[] second(int entries, int repetitionBytes, int definitionBytes, byte[] stored) {
        ThriftBytes own = new ThriftBytes()
                .i32(1, entries)
                .i32(2, 0)
                .i32(3, entries)
                .i32(4, PLAIN)
                .i32(5, definitionBytes)
                .i32(6, repetitionBytes);
        ThriftBytes header =
                new ThriftBytes().i32(1, DATA_2).i32(2, stored.length).i32(3, stored.length);
        return joined(header.struct(8, own).bytes(), stored);
    }

    public static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    public static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    /** Texts as they lie in a plain page. */
    public static byte[] texts(String... values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String value : values) {
            byte[] utf8 = text(value);
            bytes.writeBytes(ints(utf8.length));
            bytes.writeBytes(utf8);
        }
        return bytes.toByteArray();
    }

    public static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    public static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] gzip(byte[] contents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(contents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
