// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.Place;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads the footer of a file: at its end, its length and the magic after it. */
final class FooterReader {
    private static final int MAGIC = 0x31524150; // PAR1
    private static final int ENCRYPTED = 0x45524150; // PARE
    private static final int TAIL = 8;
    private static final int MOST_CHUNKS = 1 << 20;
    private static final int MOST_GROUPS = 1 << 16;

    private final OpenFile file;
    private final Limits limits;
    private int leaves;
    private long chunks;
    private int node;

    private FooterReader(OpenFile file, Limits limits) {
        this.file = file;
        this.limits = limits;
    }

    /** The footer of {@code file}. */
    static Footer read(OpenFile file, Limits limits) {
        try {
            return new FooterReader(file, limits).read();
        } catch (Malformed e) {
            throw new BadDataException(
                    Place.of(file.path()), "a footer with " + e.found(), "one that Parquet's writers write");
        }
    }

    private Footer read() {
        byte[] bytes = bytes();
        Thrift thrift = new Thrift(bytes, bytes.length);
        List<Element> elements = List.of();
        List<RowGroup> groups = List.of();
        long rows = SchemaNode.NONE;
        for (int field = thrift.begin(); field != Thrift.STOP; field = thrift.next()) {
            switch (field) {
                case 2 -> elements = thrift.list(Thrift.STRUCT, 3 * limits.columns(), () -> element(thrift));
                case 3 -> rows = thrift.i64();
                case 4 -> groups = thrift.list(Thrift.STRUCT, MOST_GROUPS, () -> group(thrift));
                case 8 -> throw encrypted();
                default -> thrift.skip();
            }
        }
        Footer footer = new Footer(columns(elements), groups);
        check(footer, rows);
        return footer;
    }

    private byte[] bytes() {
        long end = file.size() - TAIL;
        ByteBuffer tail = ByteBuffer.allocate(TAIL).order(ByteOrder.LITTLE_ENDIAN);
        if (end >= Integer.BYTES) {
            file.read(end, tail);
        }
        int magic = tail.getInt(Integer.BYTES);
        if (magic == ENCRYPTED) {
            throw encrypted();
        }
        if (magic != MAGIC) {
            throw bad("no footer at the end", "a whole Parquet file; copy or write the file again");
        }
        long length = tail.getInt(0) & 0xFFFF_FFFFL;
        if (length > end - Integer.BYTES) {
            throw bad("a footer of " + length + " bytes, which is more than the file has", "a whole Parquet file");
        }
        if (length > limits.rowBytes()) {
            throw bad("a footer of " + length + " bytes", "at most " + limits.rowBytes() + "; write larger row groups");
        }
        byte[] bytes = new byte[(int) length];
        file.read(end - length, ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** A node as it is listed: each before its children. */
    private record Element(SchemaNode node, int children) {}

    private static Element element(Thrift thrift) {
        int physical = SchemaNode.NONE;
        int length = 0;
        int repetition = SchemaNode.REQUIRED;
        String name = "";
        int children = 0;
        int converted = SchemaNode.NONE;
        SchemaNode.Logical logical = SchemaNode.Logical.UNSAID;
        for (int field = thrift.begin(); field != Thrift.STOP; field = thrift.next()) {
            switch (field) {
                case 1 -> physical = thrift.i32();
                case 2 -> length = thrift.i32();
                case 3 -> repetition = thrift.i32();
                case 4 -> name = thrift.text();
                case 5 -> children = thrift.i32();
                case 6 -> converted = thrift.i32();
                case 10 -> logical = logical(thrift);
                default -> thrift.skip();
            }
        }
        return new Element(
                new SchemaNode(name, physical, length, repetition, converted, logical, 0, List.of()), children);
    }

    private static SchemaNode.Logical logical(Thrift thrift) {
        int kind = SchemaNode.NONE;
        int bits = 0;
        boolean signed = true;
        for (int field = thrift.begin(); field != Thrift.STOP; field = thrift.next()) {
            kind = field;
            if (field != SchemaNode.Logical.INTEGER) {
                thrift.skip();
                continue;
            }
            for (int part = thrift.begin(); part != Thrift.STOP; part = thrift.next()) {
                switch (part) {
                    case 1 -> bits = thrift.i8();
                    case 2 -> signed = thrift.bool();
                    default -> thrift.skip();
                }
            }
        }
        return new SchemaNode.Logical(kind, bits, signed);
    }

    private RowGroup group(Thrift thrift) {
        List<ColumnChunk> columns = List.of();
        long rows = SchemaNode.NONE;
        for (int field = thrift.begin(); field != Thrift.STOP; field = thrift.next()) {
            switch (field) {
                case 1 -> columns = thrift.list(Thrift.STRUCT, MOST_CHUNKS, () -> chunk(thrift));
                case 3 -> rows = thrift.i64();
                default -> thrift.skip();
            }
        }
        return new RowGroup(rows, columns);
    }

    private ColumnChunk chunk(Thrift thrift) {
        if (++chunks > MOST_CHUNKS) {
            throw new Malformed("more than " + MOST_CHUNKS + " chunks of columns");
        }
        ColumnChunk chunk = new ColumnChunk(SchemaNode.NONE, SchemaNode.NONE, 0, 0, 0, true);
        boolean elsewhere = false;
        for (int field = thrift.begin(); field != Thrift.STOP; field = thrift.next()) {
            switch (field) {
                case 3 -> chunk = metadata(thrift);
                case 1, 8 -> {
                    elsewhere = true;
                    thrift.skip();
                }
                default -> thrift.skip();
            }
        }
        return elsewhere
                ? new ColumnChunk(chunk.physical(), chunk.codec(), chunk.entries(), chunk.start(), chunk.bytes(), true)
                : chunk;
    }

    private static ColumnChunk metadata(Thrift thrift) {
        int physical = SchemaNode.NONE;
        int codec = SchemaNode.NONE;
        long entries = 0;
        long bytes = 0;
        long data = 0;
        long dictionary = 0;
        for (int field = thrift.begin(); field != Thrift.STOP; field = thrift.next()) {
            switch (field) {
                case 1 -> physical = thrift.i32();
                case 4 -> codec = thrift.i32();
                case 5 -> entries = thrift.i64();
                case 7 -> bytes = thrift.i64();
                case 9 -> data = thrift.i64();
                case 11 -> dictionary = thrift.i64();
                default -> thrift.skip();
            }
        }
        // Some writers state a dictionary at 0, where the magic is.
        long start = dictionary > 0 && dictionary < data ? dictionary : data;
        return new ColumnChunk(physical, codec, entries, start, bytes, false);
    }

    /** The children of the root. */
    private List<SchemaNode> columns(List<Element> elements) {
        if (elements.isEmpty()) {
            throw new Malformed("no schema");
        }
        List<SchemaNode> columns = tree(elements, 0).children();
        if (node != elements.size()) {
            throw new Malformed("a schema that goes on after its last column");
        }
        if (leaves > limits.columns()) {
            throw bad(leaves + " columns", "at most " + limits.columns());
        }
        return columns;
    }

    private SchemaNode tree(List<Element> elements, int depth) {
        if (node == elements.size() || depth > 32) {
            throw new Malformed("a schema that is no tree");
        }
        Element element = elements.get(node++);
        SchemaNode listed = element.node();
        int firstLeaf = leaves;
        List<SchemaNode> children = new ArrayList<>();
        if (listed.isGroup()) {
            for (int i = 0; i < element.children(); i++) {
                children.add(tree(elements, depth + 1));
            }
        } else {
            leaves++;
        }
        return new SchemaNode(
                listed.name(),
                listed.physical(),
                listed.length(),
                listed.repetition(),
                listed.converted(),
                listed.logical(),
                firstLeaf,
                children);
    }

    private void check(Footer footer, long rows) {
        long sum = 0;
        for (RowGroup group : footer.groups()) {
            if (group.rows() < 0 || group.chunks().size() != leaves) {
                throw new Malformed("a row group of " + group.rows() + " rows and "
                        + group.chunks().size() + " columns, where the schema has " + leaves);
            }
            sum += group.rows();
            if (sum < 0) {
                throw new Malformed("more rows than can be");
            }
        }
        if (sum != rows) {
            throw new Malformed(
                    sum + " rows in the row groups, which does not agree with the " + rows + " of the file");
        }
    }

    private BadDataException encrypted() {
        return bad("an encrypted file", "one that is not; write it without encryption");
    }

    private BadDataException bad(String found, String expected) {
        return new BadDataException(Place.of(file.path()), found, expected);
    }
}
