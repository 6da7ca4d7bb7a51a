// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.parquet;

import static dev.gatewright.validation.testkit.parquet.ParquetBytes.bytes;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.chunk;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.floats;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.gzip;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.ints;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.joined;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.leaf;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.page;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.second;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.text;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.Problems;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.testkit.parquet.ParquetBytes;
import dev.gatewright.validation.testkit.parquet.ThriftBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParquetBadDataTest {
    private static final String AGAIN = ", expected a whole file; copy or write the file again";
    private static final String WRITER = ", expected one that Parquet's writers write";
    private static final int RUN_OF_TWO = 2 << 1;
    private static final Field.Matrix X = new Field.Matrix("x", ElementType.FLOAT32, List.of("x"));
    private static final Field.Matrix NAN =
            new Field.Matrix("x", ElementType.FLOAT32, List.of("x"), Field.Missing.NAN, Field.Matrix.ANY_WIDTH);
    private static final Field.Matrix TEXT = new Field.Matrix("x", ElementType.STRING, List.of("x"));

    @TempDir
    Path folder;

    @Test
    void readsTheFileThatTheOthersAreBrokenFrom() throws IOException {
        Path file = Files.write(folder.resolve("x.parquet"), good());
        assertThat(Contents.of(file, 1, X).floats(X)).containsExactly(1f, 2f);
    }

    static List<Arguments> files() {
        byte[] good = good();
        return List.of(
                // the file
                bad(text("a,b\n1,2\n"), ": found text, expected a Parquet file, as its name says"),
                bad(
                        text("PARE1234PARE"),
                        ": found an encrypted Parquet file, expected a Parquet file, as its name says"),
                bad(new byte[0], ": found text, expected a Parquet file, as its name says"),
                bad(
                        text("PAR1"),
                        ": found no footer at the end, expected a whole Parquet file; copy or write the file again"),
                bad(
                        Arrays.copyOf(good, good.length - 3),
                        ": found no footer at the end, expected a whole Parquet file; copy or write the file again"),
                bad(
                        Arrays.copyOf(good, 20),
                        ": found no footer at the end, expected a whole Parquet file; copy or write the file again"),
                bad(
                        joined(text("PAR1"), new byte[20], text("PARE")),
                        ": found an encrypted file, expected one that is not; write it without encryption"),
                bad(
                        joined(text("PAR1"), ints(-1), text("PAR1")),
                        ": found a footer of 4294967295 bytes, which is more than the file has, expected a whole Parquet file"),
                // the footer
                bad(joined(text("PAR1"), ints(0), text("PAR1")), ": found a footer with an end too early" + WRITER),
                bad(
                        joined(text("PAR1"), bytes(0x55), ints(1), text("PAR1")),
                        ": found a footer with an end too early" + WRITER),
                bad(footer(new ThriftBytes()), ": found a footer with no schema" + WRITER),
                bad(
                        footer(new ThriftBytes().i64(2, 1)),
                        ": found a footer with a field of another type than the format says" + WRITER),
                bad(
                        footer(new ThriftBytes().claim(2, 100_000)),
                        ": found a footer with a length beyond the end" + WRITER),
                bad(
                        footer(new ThriftBytes().raw(2, 9, bytes(0x18, 0))),
                        ": found a footer with a list of another type than the format says" + WRITER),
                bad(
                        footer(new ThriftBytes().raw(1, 15, bytes())),
                        ": found a footer with a field of the unknown type 15" + WRITER),
                bad(
                        footer(new ThriftBytes().raw(5, 12, nested(5000))),
                        ": found a footer with structures that are nested more than 32 deep" + WRITER),
                bad(
                        footer(new ThriftBytes().raw(3, 6, bytes(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1))),
                        ": found a footer with a number of more than 64 bits" + WRITER),
                bad(
                        new ParquetBytes(2).floats("x", 1, 2).file(2),
                        ": found a footer with a schema that is no tree" + WRITER),
                bad(
                        new ParquetBytes(2).floats("x", 1, 2).floats("y", 1, 2).file(1),
                        ": found a footer with a schema that goes on after its last column" + WRITER),
                bad(
                        new ParquetBytes(2)
                                .floats("x", 1, 2)
                                .node(leaf("y", Leaf.FLOAT, 0))
                                .file(2),
                        ": found a footer with a row group of 2 rows and 1 columns, where the schema has 2" + WRITER),
                bad(
                        new ParquetBytes(-2).floats("x", 1, 2).file(),
                        ": found a footer with a row group of -2 rows and 1 columns, where the schema has 1" + WRITER),
                bad(
                        new ParquetBytes(2).floats("x", 1, 2).floats("x", 1, 2).file(),
                        ": found two columns 'x', expected names that differ"),
                bad(
                        new ParquetBytes(2)
                                .column(leaf("x", Leaf.FLOAT, 0), Leaf.DOUBLE, 0, 2, page(0, 2, floats(1, 2)))
                                .file(),
                        ", column 'x': found a column whose type in a row group is not that of the schema" + AGAIN),
                bad(
                        new ParquetBytes(2)
                                .column(leaf("x", Leaf.FLOAT, 0), Leaf.FLOAT, 0, 3, page(0, 3, floats(1, 2, 3)))
                                .file(),
                        ", column 'x': found a column of 3 values in a row group of 2 rows" + AGAIN),
                // where the pages lie
                place(chunk(Leaf.FLOAT, 0, 2, 8, 1 << 30)),
                place(chunk(Leaf.FLOAT, 0, 2, Long.MAX_VALUE, 4)),
                place(chunk(Leaf.FLOAT, 0, 2, 8, -1)),
                place(chunk(Leaf.FLOAT, 0, 2, -8, 4)),
                row(1, "fewer values in its pages than the footer says", Leaf.FLOAT, 0),
                row(2, "fewer values in its pages than the footer says", Leaf.FLOAT, 0, page(0, 1, floats(1))),
                row(1, "a page of more values than its column has left", Leaf.FLOAT, 0, page(0, 3, floats(1, 2, 3))),
                row(
                        1,
                        "a page that goes beyond its column",
                        Leaf.FLOAT,
                        0,
                        Arrays.copyOf(page(0, 2, floats(1, 2)), 20)),
                row(1, "a page whose header has an end too early", Leaf.FLOAT, 0, bytes(0x15)),
                row(
                        1,
                        "a page whose header has a field of another type than the format says",
                        Leaf.FLOAT,
                        0,
                        bytes(0x18, 0, 0)),
                row(
                        1,
                        "a page whose header has no word of what it holds",
                        Leaf.FLOAT,
                        0,
                        new ThriftBytes().i32(1, 0).i32(2, 0).i32(3, 0).bytes()),
                row(1, "a page whose header has a negative size", Leaf.FLOAT, 0, page(0, -8, 2, 0, floats(1, 2))),
                row(
                        1,
                        "a page whose header has no word of what it holds",
                        Leaf.FLOAT,
                        0,
                        page(0, 8, -2, 0, floats(1, 2))),
                // pages
                row(2, "a page that ends too early", Leaf.FLOAT, 0, page(0, 2, floats(1))),
                row(1, "a page with values in the encoding 77", Leaf.FLOAT, 0, page(77, 2, floats(1, 2))),
                row(1, "a page with values in the encoding 5", Leaf.FLOAT, 0, page(5, 2, floats(1, 2))),
                row(
                        1,
                        "a page with values in the encoding 8 but no dictionary before it",
                        Leaf.FLOAT,
                        0,
                        page(8, 2, bytes(1, RUN_OF_TWO, 0))),
                row(1, "a page with another checksum than its header states", Leaf.FLOAT, 0, checked(floats(1, 2), 7)),
                row(
                        1,
                        "a page whose compressed bytes are damaged",
                        Leaf.FLOAT,
                        ParquetBytes.SNAPPY,
                        page(0, 8, 2, 0, bytes(8, 0x40, 1))),
                row(
                        1,
                        "a page whose compressed bytes are damaged",
                        Leaf.FLOAT,
                        ParquetBytes.SNAPPY,
                        page(0, 8, 2, 0, bytes(100))),
                row(
                        1,
                        "a page whose compressed bytes are damaged",
                        Leaf.FLOAT,
                        ParquetBytes.GZIP,
                        page(0, 8, 2, 0, gzip(new byte[9]))),
                row(
                        1,
                        "a page whose compressed bytes are damaged",
                        Leaf.FLOAT,
                        ParquetBytes.GZIP,
                        page(0, 8, 2, 0, gzip(new byte[7]))),
                row(
                        1,
                        "a page whose compressed bytes are damaged",
                        Leaf.FLOAT,
                        ParquetBytes.GZIP,
                        page(0, 8, 2, 0, gzip(new byte[1 << 24]))),
                row(
                        1,
                        "a page whose compressed bytes are damaged",
                        Leaf.FLOAT,
                        ParquetBytes.GZIP,
                        page(0, 8, 2, 0, text("no gzip"))),
                row(
                        1,
                        "a page whose compressed bytes are damaged",
                        Leaf.FLOAT,
                        ParquetBytes.LZ4,
                        page(0, 8, 2, 0, bytes(0xF0, -1, -1, -1))),
                row(
                        1,
                        "a page whose compressed bytes are damaged",
                        Leaf.FLOAT,
                        ParquetBytes.LZ4,
                        page(0, 8, 2, 0, bytes(0x0F, 1, 0, 0))),
                row(
                        1,
                        "a page whose compressed bytes are damaged",
                        Leaf.FLOAT,
                        ParquetBytes.ZSTD,
                        page(0, 8, 2, 0, text("no zstandard"))),
                row(
                        1,
                        "a page whose compressed bytes are damaged",
                        Leaf.FLOAT,
                        ParquetBytes.ZSTD,
                        page(0, 8, 2, 0, bytes())),
                bad(
                        one(Leaf.FLOAT, ParquetBytes.GZIP, page(0, 1 << 30, 2, 0, gzip(new byte[8]))),
                        ", row 1, column 'x': found a page of 1073741824 bytes, expected at most 67108864; "
                                + "write the file with smaller pages or row groups"),
                // dictionaries
                row(
                        1,
                        "a dictionary that ends too early",
                        Leaf.FLOAT,
                        0,
                        page(2, 4, 1 << 30, 0, floats(1)),
                        page(8, 2, bytes(1, RUN_OF_TWO, 0))),
                row(1, "two dictionaries", Leaf.FLOAT, 0, page(2, 4, 1, 0, floats(1)), page(2, 4, 1, 0, floats(1))),
                row(
                        1,
                        "a position beyond the dictionary",
                        Leaf.FLOAT,
                        0,
                        page(2, 4, 1, 0, floats(1)),
                        page(8, 2, bytes(1, RUN_OF_TWO, 1))),
                row(
                        2,
                        "levels or positions that end too early",
                        Leaf.FLOAT,
                        0,
                        page(2, 4, 1, 0, floats(1)),
                        page(8, 2, bytes(1, 1 << 1, 0))),
                row(
                        1,
                        "a run of 0 levels or positions",
                        Leaf.FLOAT,
                        0,
                        page(2, 4, 1, 0, floats(1)),
                        page(8, 2, bytes(1, 0, 0))),
                row(
                        1,
                        "numbers of 200 bits",
                        Leaf.FLOAT,
                        0,
                        page(2, 4, 1, 0, floats(1)),
                        page(8, 2, bytes(200, RUN_OF_TWO, 0))),
                row(1, "a page that ends too early", Leaf.FLOAT, 0, page(2, 4, 1, 0, floats(1)), page(8, 2, bytes())),
                // levels
                optional(
                        X,
                        ", row 2, column 'x': found a null, expected a number; if the model is made for missing values, say 'missing: nan' for input 'x'",
                        page(0, 2, joined(ints(4), bytes(1 << 1, 1, 1 << 1, 0), floats(1)))),
                optional(
                        X,
                        ", row 1, column 'x': found a page whose levels go beyond its end" + AGAIN,
                        page(0, 2, joined(ints(400), floats(1)))),
                optional(
                        X,
                        ", row 1, column 'x': found a page whose levels go beyond its end" + AGAIN,
                        page(0, 2, bytes(1))),
                optional(
                        NAN,
                        ", row 2, column 'x': found levels or positions that end too early" + AGAIN,
                        page(0, 2, joined(ints(2), bytes(1 << 1, 0)))),
                optional(
                        X,
                        ", row 1, column 'x': found a page whose levels go beyond its end" + AGAIN,
                        second(2, 0, 50, floats(1, 2))),
                optional(
                        X,
                        ", row 1, column 'x': found a page whose levels go beyond its end" + AGAIN,
                        second(2, Integer.MAX_VALUE, Integer.MAX_VALUE, floats(1, 2))),
                // values
                row(2, "infinity", Leaf.FLOAT, 0, page(0, 2, floats(1, Float.POSITIVE_INFINITY))));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("files")
    void refusesEachWithFileAndPlace(byte[] bytes, Field field, String sentence) throws IOException {
        Path file = Files.write(folder.resolve("x.parquet"), bytes);
        assertThatThrownBy(() -> Contents.of(file, 1, field))
                .isInstanceOf(BadDataException.class)
                .hasMessage(file + sentence);
    }

    @Test
    void refusesTextsThatAreNone() throws IOException {
        byte[] broken = joined(ints(1), bytes(0xFF), texts("b"));
        assertSentence(textFile(broken), TEXT, ", row 1, column 'x': found bytes that are not UTF-8" + AGAIN);
        Field.Category category = new Field.Category("x");
        assertSentence(textFile(broken), category, ", row 1, column 'x': found bytes that are not UTF-8" + AGAIN);
        assertSentence(textFile(texts("a", "")), TEXT, ", row 2, column 'x': found an empty text, expected text");
        assertSentence(
                textFile(texts("a", "")),
                category,
                ", row 2, column 'x': found '', expected a category; write a word such as 'unknown' in rows that have none");
        assertSentence(
                textFile(joined(texts("a"), ints(100))),
                TEXT,
                ", row 1, column 'x': found a page with a text that goes beyond its end" + AGAIN);
        assertSentence(
                textFile(joined(texts("a"), ints(-1))),
                TEXT,
                ", row 1, column 'x': found a page with a text that goes beyond its end" + AGAIN);
        assertSentence(
                textFile(texts("a", "b".repeat((1 << 20) + 1))),
                TEXT,
                ", row 1, column 'x': found a text of 1048577 bytes, expected at most 1048576");
        assertSentence(
                textFile(texts("a", "c")),
                new Field.ClassLabel("x", List.of("a", "b"), Field.Spelling.NAME),
                ", row 2, column 'x': found 'c', expected one of the 2 classes 'a', 'b'");
    }

    static List<Arguments> unreadable() {
        int list = 3;
        return List.of(
                Arguments.of(decimal(), "holds decimals, which no model takes; cast 'x' to double where it is saved"),
                Arguments.of(
                        typed(Leaf.INT32, 6), "holds dates or times; save what the model takes of them as numbers"),
                Arguments.of(
                        typed(Leaf.INT64, 10), "holds dates or times; save what the model takes of them as numbers"),
                Arguments.of(
                        one(Leaf.INT96, 0, page(0, 2, new byte[24])),
                        "holds dates or times; save what the model takes of them as numbers"),
                Arguments.of(
                        one(Leaf.BYTE_ARRAY, 0, page(0, 2, texts("a", "b"))),
                        "holds bytes that are not marked as text; save numbers or text"),
                Arguments.of(
                        one(99, 0, page(0, 2, texts("a", "b"))),
                        "holds values of a type that is not read; save numbers or text"),
                Arguments.of(
                        one(Leaf.FLOAT, 4, page(0, 2, floats(1, 2))),
                        "holds pages compressed by Brotli; write them with snappy, zstd, lz4 (raw), gzip, or uncompressed"),
                Arguments.of(
                        one(Leaf.FLOAT, 99, page(0, 2, floats(1, 2))),
                        "holds pages compressed by the unknown method 99; write them with snappy, zstd, lz4 (raw), gzip, or "
                                + "uncompressed"),
                Arguments.of(
                        new ParquetBytes(2)
                                .node(ParquetBytes.group("x", 0, 1, -1))
                                .column(leaf("y", Leaf.FLOAT, 0), Leaf.FLOAT, 0, 2, page(0, 2, floats(1, 2)))
                                .file(),
                        "holds records of several fields; save each field as a column of its own"),
                Arguments.of(
                        new ParquetBytes(2)
                                .node(ParquetBytes.group("x", 0, 1, 1))
                                .node(ParquetBytes.group("y", 2, 1, -1))
                                .column(leaf("z", Leaf.FLOAT, 0), Leaf.FLOAT, 0, 2, page(0, 2, floats(1, 2)))
                                .file(),
                        "holds maps; save each field as a column of its own"),
                Arguments.of(
                        new ParquetBytes(2)
                                .node(ParquetBytes.group("x", 0, 1, list))
                                .node(ParquetBytes.group("list", 2, 1, -1))
                                .node(ParquetBytes.group("element", 0, 1, list))
                                .column(leaf("z", Leaf.FLOAT, 2), Leaf.FLOAT, 0, 2, page(0, 2, floats(1, 2)))
                                .file(),
                        "holds lists of lists or of records; save each row as one flat list of numbers"),
                Arguments.of(
                        new ParquetBytes(2)
                                .column(leaf("x", Leaf.FLOAT, 2), Leaf.FLOAT, 0, 3, page(0, 3, floats(1, 2, 3)))
                                .file(),
                        "holds lists of different lengths; save lists of one length, or each position as a column of its "
                                + "own"),
                Arguments.of(
                        new ParquetBytes(2)
                                .column(leaf("x", Leaf.FLOAT, 0), new ThriftBytes().text(1, "other.parquet"))
                                .file(),
                        "holds values that are encrypted or lie in another file; write them plainly into this one"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("unreadable")
    void saysOfColumnsThatAreNotReadWhatToWrite(byte[] bytes, String why) throws IOException {
        Path file = Files.write(folder.resolve("x.parquet"), bytes);
        try (DataFile data = DataFile.open(file)) {
            Problems problems = (Problems) data.select(List.of(X));
            assertThat(problems.list())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.sentence())
                            .isEqualTo("column 'x' of " + file + ", wanted for input 'x', " + why));
        }
    }

    @Test
    void refusesListsThatOnlyTogetherHaveTheLength() throws IOException {
        // Of four values in two rows, one in the first and three in the second.
        byte[] repetitions = bytes(1 << 1, 0, 1 << 1, 0, 2 << 1, 1);
        byte[] definitions = bytes(4 << 1, 1);
        byte[] contents = joined(ints(6), repetitions, ints(2), definitions, floats(1, 2, 3, 4));
        byte[] file = new ParquetBytes(2)
                .column(leaf("x", Leaf.FLOAT, 2), Leaf.FLOAT, 0, 4, page(0, 4, contents))
                .file();
        assertSentence(file, X, ", row 1, column 'x': found a list of another length than 2" + AGAIN);
    }

    private void assertSentence(byte[] bytes, Field field, String sentence) throws IOException {
        Path file = Files.write(folder.resolve("x.parquet"), bytes);
        assertThatThrownBy(() -> Contents.of(file, 2, field))
                .isInstanceOf(BadDataException.class)
                .hasMessage(file + sentence);
    }

    private static byte[] textFile(byte[] plain) {
        ThriftBytes leaf = leaf("x", Leaf.BYTE_ARRAY, 0, ParquetBytes.UTF8);
        return new ParquetBytes(2)
                .column(leaf, Leaf.BYTE_ARRAY, 0, 2, page(0, 2, plain))
                .file();
    }

    private static byte[] typed(int physical, int converted) {
        return new ParquetBytes(2)
                .column(leaf("x", physical, 0, converted), physical, 0, 2, page(0, 2, ints(1, 2, 3, 4)))
                .file();
    }

    private static byte[] decimal() {
        return typed(Leaf.INT64, 5);
    }

    private static byte[] good() {
        return new ParquetBytes(2).floats("x", 1, 2).file();
    }

    private static Arguments bad(byte[] file, String sentence) {
        return Arguments.of(file, X, sentence);
    }

    /** A file of one required column of two rows, refused at {@code row}. */
    private static Arguments row(int row, String found, int physical, int codec, byte[]... pages) {
        String sentence = found.equals("infinity")
                ? "found Infinity, expected a finite number that float32 can hold"
                : "found " + found + AGAIN;
        return bad(one(physical, codec, pages), ", row " + row + ", column 'x': " + sentence);
    }

    private static Arguments place(ThriftBytes chunk) {
        return bad(
                new ParquetBytes(2).column(leaf("x", Leaf.FLOAT, 0), chunk).file(),
                ", row 1, column 'x': found a place of its pages that is outside the file" + AGAIN);
    }

    private static Arguments optional(Field field, String sentence, byte[] page) {
        ThriftBytes leaf = leaf("x", Leaf.FLOAT, ParquetBytes.OPTIONAL);
        return Arguments.of(
                new ParquetBytes(2).column(leaf, Leaf.FLOAT, 0, 2, page).file(), field, sentence);
    }

    private static byte[] one(int physical, int codec, byte[]... pages) {
        return new ParquetBytes(2).column("x", physical, codec, pages).file();
    }

    private static byte[] footer(ThriftBytes footer) {
        return new ParquetBytes(2).file(footer);
    }

    private static byte[] nested(int depth) {
        byte[] structs = new byte[2 * depth];
        Arrays.fill(structs, 0, depth, (byte) 0x1C);
        return structs;
    }

    private static byte[] checked(byte[] contents, int crc) {
        ThriftBytes own = new ThriftBytes().i32(1, 2).i32(2, 0).i32(3, 3).i32(4, 3);
        ThriftBytes header = new ThriftBytes().i32(1, 0).i32(2, contents.length).i32(3, contents.length);
        return joined(header.i32(4, crc).struct(5, own).bytes(), contents);
    }
}
