// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import dev.gatewright.validation.data.format.OpenFile;
import dev.gatewright.validation.data.rows.Limits;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The pages of one column, from row group to row group. */
final class Pages {
    private static final int TAIL = 8;

    private final OpenFile file;
    private final Leaf leaf;
    private final List<RowGroup> groups;
    private final Limits limits;
    private final Memory memory;
    private int group = -1;
    private Compression compression = Compression.NONE;
    private long at;
    private long end;
    private long entries; // of the chunk, not yet given
    private @Nullable Dictionary dictionary;
    private byte[] dictionaryBytes = {};
    private byte[] bytes = {};

    /** The pages of {@code leaf}, each decompressed into {@code memory}. */
    Pages(OpenFile file, Leaf leaf, List<RowGroup> groups, Limits limits, Memory memory) {
        this.file = file;
        this.leaf = leaf;
        this.groups = groups;
        this.limits = limits;
        this.memory = memory;
    }

    /** The next page that has entries; overwrites the one before. */
    Page next() {
        while (entries == 0) {
            nextChunk();
        }
        while (true) {
            PageHeader page = header();
            long start = at + page.bytes();
            if (page.stored() > end - start) {
                throw new Malformed("a page that goes beyond its column");
            }
            at = start + page.stored();
            PageHeader.Contents contents = page.contents();
            if (contents == null) {
                continue; // an index or something newer, which the values can do without
            }
            if (page.kind() == PageHeader.DICTIONARY) {
                readDictionary(page, start, contents);
            } else if (contents.entries() > entries) {
                throw new Malformed("a page of more values than its column has left");
            } else if (contents.entries() > 0) {
                entries -= contents.entries();
                return page.kind() == PageHeader.DATA ? first(page, start, contents) : second(page, start, contents);
            }
        }
    }

    private void nextChunk() {
        if (++group == groups.size()) {
            throw new Malformed("fewer values than rows");
        }
        ColumnChunk chunk = groups.get(group).chunks().get(leaf.index());
        long most = file.size() - TAIL;
        if (chunk.start() < Integer.BYTES || chunk.bytes() < 0 || chunk.bytes() > most - chunk.start()) {
            throw new Malformed("a place of its pages that is outside the file");
        }
        compression = Objects.requireNonNullElse(Compression.of(chunk.codec()), Compression.NONE);
        entries = groups.get(group).rows() == 0 ? 0 : chunk.entries();
        at = chunk.start();
        end = at + chunk.bytes();
        dictionary = null;
    }

    private PageHeader header() {
        while (true) {
            byte[] header = memory.header();
            int length = (int) Math.min(header.length, end - at);
            if (length == 0) {
                throw new Malformed("fewer values in its pages than the footer says");
            }
            file.read(at, ByteBuffer.wrap(header, 0, length));
            try {
                return PageHeader.read(header, length);
            } catch (Malformed e) {
                if (length < header.length || !memory.growHeader()) {
                    throw new Malformed("a page whose header has " + e.found());
                }
            }
        }
    }

    private void readDictionary(PageHeader page, long start, PageHeader.Contents contents) {
        if (dictionary != null) {
            throw new Malformed("two dictionaries");
        }
        dictionaryBytes = room(dictionaryBytes, page);
        decompress(page, start, 0, compression, dictionaryBytes);
        dictionary = new Dictionary(dictionaryBytes, page.size(), contents.entries(), leaf.bytes());
    }

    /** A page whose levels are compressed with its values, each with their length before them. */
    private Page first(PageHeader page, long start, PageHeader.Contents contents) {
        bytes = room(bytes, page);
        decompress(page, start, 0, compression, bytes);
        int from = 0;
        RunLengths repetitions = null;
        RunLengths definitions = null;
        if (leaf.repetition() > 0) {
            int to = endOfLevels(from, page.size());
            repetitions = levels(from + Integer.BYTES, to, leaf.repetition());
            from = to;
        }
        if (leaf.definition() > 0) {
            if (contents.levels() != Encoding.RLE) {
                throw new Malformed("a page with levels in the encoding " + contents.levels());
            }
            int to = endOfLevels(from, page.size());
            definitions = levels(from + Integer.BYTES, to, leaf.definition());
            from = to;
        }
        return page(page, contents, from, repetitions, definitions);
    }

    /** A page whose levels stand uncompressed before its values. */
    private Page second(PageHeader page, long start, PageHeader.Contents contents) {
        int repetition = contents.repetitionBytes();
        int definition = contents.definitionBytes();
        int most = Math.min(page.stored(), page.size());
        if (repetition < 0 || definition < 0 || repetition > most - definition) {
            throw new Malformed("a page whose levels go beyond its end");
        }
        bytes = room(bytes, page);
        int from = repetition + definition;
        decompress(page, start, from, contents.compressed() ? compression : Compression.NONE, bytes);
        RunLengths repetitions = leaf.repetition() > 0 ? levels(0, repetition, leaf.repetition()) : null;
        RunLengths definitions = leaf.definition() > 0 ? levels(repetition, from, leaf.definition()) : null;
        return page(page, contents, from, repetitions, definitions);
    }

    private Page page(
            PageHeader page,
            PageHeader.Contents contents,
            int from,
            @Nullable RunLengths repetitions,
            @Nullable RunLengths definitions) {
        Values values =
                Encoding.values(contents.encoding(), leaf, dictionary, bytes, from, page.size(), limits.cellBytes());
        return new Page(leaf, contents.entries(), repetitions, definitions, values);
    }

    private int endOfLevels(int from, int size) {
        int length = size - from < Integer.BYTES ? -1 : LittleEndian.number(bytes, from);
        if (length < 0 || length > size - from - Integer.BYTES) {
            throw new Malformed("a page whose levels go beyond its end");
        }
        return from + Integer.BYTES + length;
    }

    private RunLengths levels(int from, int to, int highest) {
        return new RunLengths(bytes, from, to, RunLengths.width(highest));
    }

    private byte[] room(byte[] old, PageHeader page) {
        if (page.size() > limits.rowBytes()) {
            throw new Malformed(
                    "a page of " + page.size() + " bytes",
                    "at most " + limits.rowBytes() + "; write the file with smaller pages or row groups");
        }
        return memory.room(old, page.size());
    }

    /** Reads the page at {@code start} into {@code into}: its first {@code plain} bytes as they are. */
    private void decompress(PageHeader page, long start, int plain, Compression compression, byte[] into) {
        boolean isDirect = compression == Compression.NONE && page.stored() == page.size();
        byte[] stored = isDirect ? into : memory.stored(page.stored());
        file.read(start, ByteBuffer.wrap(stored, 0, page.stored()));
        check(page, stored);
        if (isDirect) {
            return;
        }
        System.arraycopy(stored, 0, into, 0, plain);
        int length = page.stored() - plain;
        System.arraycopy(stored, plain, stored, 0, length);
        boolean isEmpty = page.size() == plain && length == 0;
        if (!isEmpty && compression.decompress(stored, length, into, plain, page.size()) != page.size() - plain) {
            throw new Malformed("a page whose compressed bytes are damaged");
        }
    }

    private static void check(PageHeader page, byte[] stored) {
        if (page.checksum() != SchemaNode.NONE) {
            CRC32 crc = new CRC32();
            crc.update(stored, 0, page.stored());
            if (crc.getValue() != page.checksum()) {
                throw new Malformed("a page with another checksum than its header states");
            }
        }
    }
}
