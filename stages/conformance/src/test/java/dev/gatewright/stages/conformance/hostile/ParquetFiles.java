// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.hostile;

import static dev.gatewright.validation.testkit.parquet.ParquetBytes.BYTE_ARRAY;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.DATA;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.DICTIONARY;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.DOUBLE;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.FLOAT;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.GZIP;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.INT32;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.INT64;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.LZ4;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.OPTIONAL;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.PLAIN;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.REPEATED;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.REQUIRED;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.RLE_DICTIONARY;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.SNAPPY;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.UNCOMPRESSED;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.UTF8;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.ZSTD;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.bytes;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.chunk;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.floats;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.gzip;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.ints;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.joined;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.leaf;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.page;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.text;
import static dev.gatewright.validation.testkit.parquet.ParquetBytes.texts;

import dev.gatewright.validation.testkit.parquet.ParquetBytes;
import dev.gatewright.validation.testkit.parquet.ThriftBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Parquet files whose footers, pages and dictionaries are not what they say. */
final class ParquetFiles {
    private static final int ROWS = 2;
    private static final byte[] SOUND = with(page(PLAIN, ROWS, ints(0, 1)));

    private static final String WRITER = "expected one that Parquet's writers write";
    private static final String AGAIN = "expected a whole file; copy or write the file again";
    private static final String NAME = "expected a Parquet file, as its name says";
    private static final String FIRST = "row 1, column 'truth'";
    private static final String SECOND = "row 2, column 'truth'";
    private static final int RUN_OF_TWO = 2 << 1;

    private ParquetFiles() {}

    static Content sound() {
        return Content.of(SOUND);
    }

    static Stream<HostileFile> all() {
        return Stream.of(files(), footers(), places(), pages(), dictionaries(), types())
                .flatMap(table -> table.files().stream());
    }

    private static Kind.Table files() {
        String end = "found no footer at the end";
        String whole = "expected a whole Parquet file";
        Kind.Table table = Kind.PARQUET
                .table()
                .add("empty", Content.of(""), "found text", NAME)
                .add("text", Content.of("truth,p_a\n0,1\n"), "found text", NAME)
                .add("a zip archive", Content.raw("PK\u0003\u0004\0\0"), "rows.parquet", NAME)
                .add(
                        "an encrypted file",
                        Content.of(joined(text("PARE"), new byte[20], text("PARE"))),
                        "found an encrypted Parquet file",
                        NAME)
                .add(
                        "an encrypted footer",
                        Content.of(joined(text("PAR1"), new byte[20], text("PARE"))),
                        "found an encrypted file",
                        "expected one that is not")
                .add("its first four bytes", Content.of("PAR1"), end, whole)
                .add(
                        "a footer longer than the file",
                        Content.of(joined(text("PAR1"), ints(-1), text("PAR1"))),
                        "found a footer of 4294967295 bytes",
                        whole)
                .add(
                        "a footer of two gigabytes of nothing",
                        Content.sparse(text("PAR1"), 2L << 30, joined(ints(Integer.MAX_VALUE - 8), text("PAR1"))),
                        "a footer",
                        "expected");
        for (int percent : new int[] {10, 50, 90, 99}) {
            table.add(
                    "cut after " + percent + "%",
                    Content.of(Arrays.copyOf(SOUND, SOUND.length * percent / 100)),
                    end,
                    whole);
        }
        return table;
    }

    private static Kind.Table footers() {
        return Kind.PARQUET
                .table()
                .add(
                        "an empty footer",
                        Content.of(joined(text("PAR1"), ints(0), text("PAR1"))),
                        "a footer with an end too early",
                        WRITER)
                .add("a footer without a schema", footer(new ThriftBytes()), "a footer with no schema", WRITER)
                .add(
                        "a footer with another type",
                        footer(new ThriftBytes().i64(2, 1)),
                        "a footer with a field of another type",
                        WRITER)
                .add(
                        "a schema of 100,000 columns that are not there",
                        footer(new ThriftBytes().claim(2, 100_000)),
                        "a footer with a length beyond the end",
                        WRITER)
                .add(
                        "a footer of structures 5,000 deep",
                        footer(new ThriftBytes().raw(5, 12, nested(5000))),
                        "nested more than 32 deep",
                        WRITER)
                .add(
                        "a footer with a number of 77 bits",
                        footer(new ThriftBytes().raw(3, 6, bytes(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1))),
                        "a footer with a number of more than 64 bits",
                        WRITER)
                .add("a schema 100,000 deep", footer(schema(100_000)), "a footer with", WRITER)
                .add(
                        "a schema that contains itself",
                        footer(new ThriftBytes()
                                .structs(
                                        2,
                                        List.of(new ThriftBytes()
                                                .text(4, "schema")
                                                .i32(5, Integer.MAX_VALUE)))),
                        "a footer with a schema that is no tree",
                        WRITER)
                .add(
                        "a schema with fewer than no children",
                        footer(new ThriftBytes()
                                .structs(
                                        2,
                                        List.of(new ThriftBytes()
                                                .text(4, "schema")
                                                .i32(5, -1)))),
                        "a footer with",
                        WRITER)
                .add(
                        "fewer than no rows",
                        Content.of(new ParquetBytes(-2).floats("truth", 1, 2).file()),
                        "a row group of -2 rows",
                        WRITER)
                .add(
                        "two columns of one name",
                        Content.of(parquet()
                                .column("truth", INT32, 0, page(PLAIN, ROWS, ints(0, 1)))
                                .column("truth", INT32, 0, page(PLAIN, ROWS, ints(0, 1)))
                                .file()),
                        "two columns 'truth'",
                        "expected names that differ")
                .add(
                        "a column with more values than rows",
                        Content.of(sound(leaf("truth", INT32, REQUIRED), 3, page(PLAIN, 3, ints(0, 1, 2)))),
                        "column 'truth': found a column of 3 values in a row group of 2 rows",
                        AGAIN)
                .refused(
                        "no label",
                        Content.of(parquet().floats("p_a", 1, 1).file()),
                        "gatewright.yaml:5:60",
                        "has no column 'truth'");
    }

    private static Kind.Table places() {
        return Kind.PARQUET
                .table()
                .add("pages beyond the end", place(1 << 30, 8), FIRST, AGAIN)
                .add("pages before the begin", place(-1, 8), FIRST, AGAIN)
                .add("pages of 2^63 bytes", place(4, Long.MAX_VALUE), FIRST, AGAIN)
                .add("pages of fewer than no bytes", place(4, -8), FIRST, AGAIN)
                .add("pages in the footer", place(SOUND.length - 40, 20), FIRST, AGAIN)
                .add("pages of another column", place(4, 1), FIRST, AGAIN)
                .add("pages that are not in the order of the columns", Content.of(unsorted()), FIRST, AGAIN);
    }

    private static Kind.Table pages() {
        return Kind.PARQUET
                .table()
                .add("no page", truth(), FIRST, AGAIN)
                .add("a value too few", truth(page(PLAIN, 1, ints(0))), SECOND, AGAIN)
                .add("a value too many", truth(page(PLAIN, 3, ints(0, 1, 2))), FIRST, AGAIN)
                .add("a page cut short", truth(Arrays.copyOf(page(PLAIN, ROWS, ints(0, 1)), 20)), FIRST, AGAIN)
                .add("a page with less than it says", truth(page(PLAIN, ROWS, ints(0))), FIRST, AGAIN)
                .add("a page in an unknown encoding", truth(page(77, ROWS, ints(0, 1))), FIRST, AGAIN)
                .add("a page of fewer than no bytes", truth(page(DATA, -8, ROWS, PLAIN, ints(0, 1))), FIRST, AGAIN)
                .add("a page of fewer than no values", truth(page(DATA, 8, -2, PLAIN, ints(0, 1))), FIRST, AGAIN)
                .add(
                        "a page of two gigabytes",
                        truth(page(DATA, Integer.MAX_VALUE, ROWS, PLAIN, ints(0, 1))),
                        FIRST,
                        "expected at most 67108864")
                .add(
                        "a page that is damaged in snappy",
                        truth(SNAPPY, page(DATA, 8, ROWS, PLAIN, bytes(8, 0x40, 1))),
                        FIRST,
                        AGAIN)
                .add(
                        "a page that unfolds from snappy to more",
                        truth(SNAPPY, page(DATA, 8, ROWS, PLAIN, bytes(-1, -1, -1, -1, 7, 0))),
                        FIRST,
                        AGAIN)
                .add("a bomb in gzip", truth(GZIP, page(DATA, 8, ROWS, PLAIN, gzip(new byte[1 << 24]))), FIRST, AGAIN)
                .add(
                        "a page of a gigabyte in gzip",
                        truth(GZIP, page(DATA, 1 << 30, ROWS, PLAIN, gzip(new byte[8]))),
                        FIRST,
                        "expected at most 67108864")
                .add(
                        "a page that is damaged in gzip",
                        truth(GZIP, page(DATA, 8, ROWS, PLAIN, text("no gzip"))),
                        FIRST,
                        AGAIN)
                .add(
                        "a page that is damaged in LZ4",
                        truth(LZ4, page(DATA, 8, ROWS, PLAIN, bytes(0xF0, -1, -1, -1))),
                        FIRST,
                        AGAIN)
                .add(
                        "a page that is damaged in zstd",
                        truth(ZSTD, page(DATA, 8, ROWS, PLAIN, text("no zstandard"))),
                        FIRST,
                        AGAIN)
                .add("an empty page in zstd", truth(ZSTD, page(DATA, 8, ROWS, PLAIN, new byte[0])), FIRST, AGAIN)
                .add(
                        "levels beyond the page",
                        Content.of(sound(
                                leaf("truth", INT32, OPTIONAL), ROWS, page(PLAIN, ROWS, joined(ints(400), ints(0))))),
                        FIRST,
                        AGAIN)
                .add(
                        "a label that is missing",
                        Content.of(sound(
                                leaf("truth", INT32, OPTIONAL),
                                ROWS,
                                page(PLAIN, ROWS, joined(ints(4), bytes(2, 1, 2, 0), ints(0))))),
                        SECOND + ": found a null",
                        "expected the index of a class")
                .add(
                        "a class beyond the last",
                        truth(page(PLAIN, ROWS, ints(0, 3))),
                        SECOND + ": found 3",
                        "expected the index of a class, a whole number from 0 to 2")
                .add("a score that is NaN", scores(Float.NaN), "row 2, column 'p_a': found NaN", "expected a number")
                .add(
                        "a score that is infinite",
                        scores(Float.NEGATIVE_INFINITY),
                        "row 2, column 'p_a': found -Infinity",
                        "expected a finite number")
                .add("scores that are no probabilities", scores(2), "row 2", "expected numbers from 0 to 1");
    }

    private static Kind.Table dictionaries() {
        byte[] one = page(DICTIONARY, 4, 1, PLAIN, ints(0));
        return Kind.PARQUET
                .table()
                .add("a dictionary that is not there", truth(coded(1, RUN_OF_TWO, 0)), FIRST, AGAIN)
                .add("two dictionaries", truth(one, one), FIRST, AGAIN)
                .add(
                        "a dictionary of a billion values",
                        truth(page(DICTIONARY, 4, 1 << 30, PLAIN, ints(0)), coded(1, RUN_OF_TWO, 0)),
                        FIRST,
                        AGAIN)
                .add("a position beyond the dictionary", truth(one, coded(1, RUN_OF_TWO, 1)), FIRST, AGAIN)
                .add("positions of 200 bits", truth(one, coded(200, RUN_OF_TWO, 0)), FIRST, AGAIN)
                .add("a run of no positions", truth(one, coded(1, 0, 0)), FIRST, AGAIN)
                .add("positions that end early", truth(one, coded(1, 1 << 1, 0)), FIRST, AGAIN);
    }

    private static Kind.Table types() {
        String place = "gatewright.yaml:5:60";
        return Kind.PARQUET
                .table()
                .refused(
                        "labels that are floats",
                        Content.of(typed(leaf("truth", FLOAT, REQUIRED), FLOAT, floats(0, 1))),
                        place,
                        "truth")
                .refused(
                        "labels that are bytes",
                        Content.of(typed(leaf("truth", BYTE_ARRAY, REQUIRED), BYTE_ARRAY, texts("a", "b"))),
                        place,
                        "not marked as text")
                .refused(
                        "labels that are texts where numbers are said",
                        Content.of(typed(leaf("truth", BYTE_ARRAY, REQUIRED, UTF8), BYTE_ARRAY, texts("a", "b"))),
                        place,
                        "truth")
                .refused(
                        "labels of an unknown type",
                        Content.of(typed(leaf("truth", 99, REQUIRED), 99, ints(0, 1))),
                        place,
                        "a type that is not read")
                .refused(
                        "labels that are dates",
                        Content.of(typed(leaf("truth", INT32, REQUIRED, 6), INT32, ints(0, 1))),
                        place,
                        "dates or times")
                .refused(
                        "labels that are decimals",
                        Content.of(typed(leaf("truth", INT64, REQUIRED, 5), INT64, ints(0, 0, 1, 0))),
                        place,
                        "decimals")
                .refused(
                        "labels that are lists",
                        Content.of(sound(leaf("truth", INT32, REPEATED), 3, page(PLAIN, 3, ints(0, 1, 2)))),
                        place,
                        "lists of different lengths")
                .refused(
                        "labels in another file",
                        Content.of(rest(parquet()
                                        .column(
                                                leaf("truth", INT32, REQUIRED),
                                                new ThriftBytes().text(1, "../../etc/passwd")))
                                .file()),
                        place,
                        "lie in another file")
                .refused(
                        "labels in an unknown compression",
                        truth(99, page(PLAIN, ROWS, ints(0, 1))),
                        place,
                        "the unknown method 99");
    }

    private static ParquetBytes parquet() {
        return new ParquetBytes(ROWS);
    }

    /** The file with its other columns, all sound. */
    private static ParquetBytes rest(ParquetBytes file) {
        return file.floats("p_a", 1, 0)
                .floats("p_b", 0, 1)
                .floats("p_c", 0, 0)
                .column("writer", INT32, UNCOMPRESSED, page(PLAIN, ROWS, ints(7, 8)));
    }

    private static byte[] with(byte[]... pages) {
        return rest(parquet().column("truth", INT32, UNCOMPRESSED, pages)).file();
    }

    private static byte[] sound(ThriftBytes leaf, int entries, byte[]... pages) {
        return rest(parquet().column(leaf, INT32, UNCOMPRESSED, entries, pages)).file();
    }

    private static byte[] typed(ThriftBytes leaf, int physical, byte[] values) {
        return rest(parquet().column(leaf, physical, UNCOMPRESSED, ROWS, page(PLAIN, ROWS, values)))
                .file();
    }

    private static Content truth(byte[]... pages) {
        return Content.of(with(pages));
    }

    private static Content truth(int codec, byte[]... pages) {
        return Content.of(rest(parquet().column("truth", INT32, codec, pages)).file());
    }

    private static Content scores(float second) {
        return Content.of(parquet()
                .column("truth", INT32, UNCOMPRESSED, page(PLAIN, ROWS, ints(0, 1)))
                .floats("p_a", 1, second)
                .floats("p_b", 0, 1)
                .floats("p_c", 0, 0)
                .column("writer", INT32, UNCOMPRESSED, page(PLAIN, ROWS, ints(7, 8)))
                .file());
    }

    private static Content place(long start, long size) {
        return Content.of(
                rest(parquet().column(leaf("truth", INT32, REQUIRED), chunk(INT32, UNCOMPRESSED, ROWS, size, start)))
                        .file());
    }

    /** The label's pages are said to lie where the scores' begin, which are longer. */
    private static byte[] unsorted() {
        byte[] scores = page(PLAIN, ROWS, new byte[16]);
        return rest(parquet()
                        .column("q", DOUBLE, UNCOMPRESSED, scores)
                        .column(
                                leaf("truth", INT32, REQUIRED),
                                chunk(INT32, UNCOMPRESSED, ROWS, 8, 4 + scores.length / 2)))
                .file();
    }

    private static Content footer(ThriftBytes footer) {
        return Content.of(parquet().file(footer));
    }

    private static ThriftBytes schema(int depth) {
        ThriftBytes group = new ThriftBytes().i32(3, REQUIRED).text(4, "g").i32(5, 1);
        List<ThriftBytes> nodes = new ArrayList<>(Collections.nCopies(depth, group));
        nodes.add(leaf("truth", INT32, REQUIRED));
        return new ThriftBytes().i32(1, 1).structs(2, nodes).i64(3, ROWS).structs(4, List.of());
    }

    private static byte[] coded(int... positions) {
        return page(RLE_DICTIONARY, ROWS, bytes(positions));
    }

    private static byte[] nested(int depth) {
        byte[] structs = new byte[2 * depth];
        Arrays.fill(structs, 0, depth, (byte) 0x1C);
        return structs;
    }
}
