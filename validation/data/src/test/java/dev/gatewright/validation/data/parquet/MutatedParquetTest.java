// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import static dev.gatewright.validation.testkit.parquet.ParquetBytes.bytes;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.floats;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.ints;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.joined;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.leaf;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.page;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Selection;
import dev.gatewright.validation.data.SelectionResult;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import dev.gatewright.validation.testkit.parquet.ParquetBytes;
import io.airlift.compress.Compressor;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class MutatedParquetTest {
    private static final int ROWS = 8;
    private static final Field.Matrix X =
            new Field.Matrix("x", ElementType.FLOAT32, List.of("x?"), Field.Missing.NAN, Field.Matrix.ANY_WIDTH);
    private static final Field.Matrix TEXT = new Field.Matrix("t", ElementType.STRING, List.of("t?"));
    private static final Field.Category CATEGORY = new Field.Category("tp");

    @TempDir
    Path folder;

    @Seeded(cases = 1000)
    void aFileWithAnyBytesChangedIsReadOrRefusedBySentence(Gen gen) throws IOException {
        byte[] file = file();
        for (int changes = gen.integer(1, 4); changes > 0; changes--) {
            // The footer lies at the end, and every other change goes there.
            int from = gen.chance(0.5) ? file.length * 2 / 3 : 0;
            file[gen.integer(from, file.length - 9)] = (byte) gen.integer(0, 255);
        }
        byte[] changed = gen.chance(0.1) ? Arrays.copyOf(file, gen.integer(0, file.length)) : file;
        Path path = Files.write(folder.resolve("x.parquet"), changed);
        try (DataFile data = DataFile.open(path)) {
            SelectionResult result = data.select(List.of(X, TEXT, CATEGORY));
            if (result instanceof Selection selection) {
                RowBlock block = selection.newBlock(3, Contents::allocate);
                try (RowReader reader = selection.open()) {
                    long rows = 0;
                    while (rows < 1000 && reader.read(block) > 0) {
                        rows += block.rows();
                    }
                }
            }
        } catch (BadDataException e) {
            assertThat(e).hasMessageStartingWith(path.toString()).hasMessageContaining(", expected ");
        }
    }

    /** A file with each kind of page and compression. */
    private static byte[] file() {
        byte[] eight = floats(1, 2, 3, 4, 1, 2, 3, 4);
        byte[] levels = joined(ints(3), bytes(3, 0xDB, 0));
        byte[] deltas = bytes(0x80, 1, 4, ROWS, 2, 0, 2, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0);
        return new ParquetBytes(ROWS)
                .column("xp", Leaf.FLOAT, 0, page(Encoding.PLAIN, ROWS, eight))
                .column("xs", Leaf.FLOAT, ParquetBytes.SNAPPY, compressed(new SnappyCompressor(), eight))
                .column("xz", Leaf.FLOAT, ParquetBytes.ZSTD, compressed(new ZstdCompressor(), eight))
                .column("xl", Leaf.FLOAT, ParquetBytes.LZ4, compressed(new Lz4Compressor(), eight))
                .column("xb", Leaf.FLOAT, 0, page(Encoding.BYTE_STREAM_SPLIT, ROWS, eight))
                .column("xd", Leaf.INT32, 0, page(Encoding.DELTA_BINARY_PACKED, ROWS, deltas))
                .column(
                        leaf("xn", Leaf.FLOAT, ParquetBytes.OPTIONAL),
                        Leaf.FLOAT,
                        0,
                        ROWS,
                        page(Encoding.PLAIN, ROWS, joined(levels, floats(1, 2, 3, 4, 5, 6))))
                .column(
                        leaf("tp", Leaf.BYTE_ARRAY, 0, ParquetBytes.UTF8),
                        Leaf.BYTE_ARRAY,
                        0,
                        ROWS,
                        page(Encoding.PLAIN, ROWS, texts("a", "b", "cc", "a", "b", "cc", "d", "e")))
                .column(
                        leaf("td", Leaf.BYTE_ARRAY, 0, ParquetBytes.UTF8),
                        Leaf.BYTE_ARRAY,
                        0,
                        ROWS,
                        page(PageHeader.DICTIONARY, 10, 2, Encoding.PLAIN, texts("a", "b")),
                        page(Encoding.RLE_DICTIONARY, ROWS, bytes(1, 3, 0xA5)))
                .file();
    }

    private static byte[] compressed(Compressor compressor, byte[] contents) {
        byte[] bytes = new byte[compressor.maxCompressedLength(contents.length)];
        int length = compressor.compress(contents, 0, contents.length, bytes, 0, bytes.length);
        return page(PageHeader.DATA, contents.length, ROWS, Encoding.PLAIN, Arrays.copyOf(bytes, length));
    }
}
