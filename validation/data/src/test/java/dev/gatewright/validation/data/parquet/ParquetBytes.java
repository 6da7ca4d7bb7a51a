// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

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
    static final int REQUIRED = 0;
    static final int OPTIONAL = 1;
    static final int UTF8 = 0;
    static final int UNCOMPRESSED = 0;
    static final int SNAPPY = 1;
    static final int GZIP = 2;
    static final int ZSTD = 6;
    static final int LZ4 = 7;

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
    ParquetBytes floats(String name, float... values) {
        return column(name, Leaf.FLOAT, UNCOMPRESSED, page(Encoding.PLAIN, values.length, floats(values)));
    }

    /** Adds a required column of floats, all zero, in pages of {@code rowsOfPage} rows that gzip makes small. */
    public ParquetBytes zeros(String name, int rowsOfPage) {
        byte[] page = page(
                PageHeader.DATA,
                rowsOfPage * Float.BYTES,
                rowsOfPage,
                Encoding.PLAIN,
                gzip(new byte[rowsOfPage * Float.BYTES]));
        byte[][] pages = new byte[(int) (rows / rowsOfPage)][];
        Arrays.fill(pages, page);
        return column(name, Leaf.FLOAT, GZIP, pages);
    }

    /** Adds a required column of a row's single values. */
    ParquetBytes column(String name, int physical, int codec, byte[]... pages) {
        return column(leaf(name, physical, REQUIRED), physical, codec, rows, pages);
    }

    /** Adds a column that the schema states as {@code leaf}. */
    ParquetBytes column(ThriftBytes leaf, int physical, int codec, long entries, byte[]... pages) {
        int start = body.size();
        for (byte[] page : pages) {
            body.writeBytes(page);
        }
        return column(leaf, chunk(physical, codec, entries, body.size() - start, start));
    }

    /** Adds a column with any words about it. */
    ParquetBytes column(ThriftBytes leaf, ThriftBytes chunk) {
        schema.add(leaf);
        chunks.add(chunk);
        return this;
    }

    /** Adds a node of the schema that has no values. */
    ParquetBytes node(ThriftBytes node) {
        schema.add(node);
        return this;
    }

    static ThriftBytes leaf(String name, int physical, int repetition) {
        return new ThriftBytes().i32(1, physical).i32(3, repetition).text(4, name);
    }

    static ThriftBytes leaf(String name, int physical, int repetition, int converted) {
        return leaf(name, physical, repetition).i32(6, converted);
    }

    static ThriftBytes group(String name, int repetition, int children, int converted) {
        return new ThriftBytes()
                .i32(3, repetition)
                .text(4, name)
                .i32(5, children)
                .i32(6, converted);
    }

    static ThriftBytes chunk(int physical, int codec, long entries, long bytes, long start) {
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

    byte[] file(int children) {
        List<ThriftBytes> nodes = new ArrayList<>();
        nodes.add(new ThriftBytes().text(4, "schema").i32(5, children));
        nodes.addAll(schema);
        ThriftBytes group = new ThriftBytes().structs(1, chunks).i64(2, 0).i64(3, rows);
        return file(new ThriftBytes().i32(1, 1).structs(2, nodes).i64(3, rows).structs(4, List.of(group)));
    }

    /** The file with another footer. */
    byte[] file(ThriftBytes footer) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(body.toByteArray());
        file.writeBytes(footer.bytes());
        file.writeBytes(ints(footer.bytes().length));
        file.writeBytes(text("PAR1"));
        return file.toByteArray();
    }

    /** An uncompressed data page of the first version. */
    static byte[] page(int encoding, int entries, byte[] contents) {
        return page(PageHeader.DATA, contents.length, entries, encoding, contents);
    }

    /** A page, data or dictionary, that says to be {@code size} bytes when decompressed. */
    static byte[] page(int kind, int size, int entries, int encoding, byte[] stored) {
        ThriftBytes own = new ThriftBytes().i32(1, entries).i32(2, encoding);
        if (kind == PageHeader.DATA) {
            own.i32(3, Encoding.RLE).i32(4, Encoding.RLE);
        }
        int field = kind == PageHeader.DATA ? 5 : 7;
        ThriftBytes header = new ThriftBytes().i32(1, kind).i32(2, size).i32(3, stored.length);
        return joined(header.struct(field, own).bytes(), stored);
    }

    /** A data page of the second version. */
    static byte[] second(int entries, int repetitionBytes, int definitionBytes, byte[] stored) {
        ThriftBytes own = new ThriftBytes()
                .i32(1, entries)
                .i32(2, 0)
                .i32(3, entries)
                .i32(4, Encoding.PLAIN)
                .i32(5, definitionBytes)
                .i32(6, repetitionBytes);
        ThriftBytes header = new ThriftBytes()
                .i32(1, PageHeader.DATA_2)
                .i32(2, stored.length)
                .i32(3, stored.length);
        return joined(header.struct(8, own).bytes(), stored);
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    /** Texts as they lie in a plain page. */
    static byte[] texts(String... values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String value : values) {
            byte[] utf8 = text(value);
            bytes.writeBytes(ints(utf8.length));
            bytes.writeBytes(utf8);
        }
        return bytes.toByteArray();
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(byte[] contents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(contents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
