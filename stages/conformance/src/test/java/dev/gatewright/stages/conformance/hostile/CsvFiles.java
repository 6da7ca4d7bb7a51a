// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tables of text: what spreadsheets, other tools, crashes and attackers make of them. */
final class CsvFiles {
    private static final String HEADER = "truth,p_a,p_b,p_c,writer\n";
    private static final String ROW = "a,0.8,0.1,0.1,ada\n";
    private static final String SOUND = HEADER + ROW.repeat(9);
    private static final String NUMBER = "expected a number";
    private static final String UTF8 = "expected text in UTF-8";
    private static final String CLASSES = "expected one of the 3 classes 'a', 'b', 'c'";
    private static final String CELLS = "expected 5 as in the header";
    private static final String QUOTES = "expected quotes around the whole cell, and those in it doubled";
    private static final String CELL = "row 10 (line 11), column 'p_a'";

    private CsvFiles() {}

    /** A file that is sound, byte order mark and mixed ends of lines included. */
    static Content sound() {
        return Content.of("\uFEFF" + HEADER.replace("\n", "\r\n") + ROW.repeat(9) + ROW.replace("\n", "\r\n"));
    }

    static Stream<HostileFile> all() {
        return Stream.of(bytes(), shapes(), numbers(), labels(), sizes()).flatMap(table -> table.files().stream());
    }

    private static Kind.Table bytes() {
        return Kind.CSV
                .table()
                .add("empty", Content.of(""), "line 1", "expected the columns' names in the first line")
                .add("a blank line alone", Content.of("\n"), "line 1", "expected the columns' names in the first line")
                .add("a byte order mark alone", Content.of("\uFEFF"), "line 1", "expected the columns' names")
                .add("a folder", Content.folder(), "found an empty folder", "expected data files")
                .add("a link to itself", Content.link("rows.csv"), "found nothing", "expected a data file")
                .add("a link to a device", Content.link("/dev/zero"), "rows.csv", "expected a data file")
                .add("UTF-16 with its mark", encoded(StandardCharsets.UTF_16), "line 1", UTF8)
                .add("UTF-16 without a mark", encoded(StandardCharsets.UTF_16LE), "line 1", UTF8)
                .add("UTF-32", encoded(java.nio.charset.Charset.forName("UTF-32")), "line 1", UTF8)
                .add(
                        "Latin-1",
                        Content.raw(SOUND + "a,0.8,0.1,0.1,Ren\u00e9\n"),
                        "row 10 (line 11), column 'writer'",
                        UTF8)
                .add(
                        "an overlong letter",
                        Content.raw(SOUND + "a,0.8,0.1,0.1,\u00c1\u0081\n"),
                        "row 10 (line 11)",
                        UTF8)
                .add(
                        "half a surrogate pair",
                        Content.raw(SOUND + "a,0.8,0.1,0.1,\u00ed\u00a0\u0080\n"),
                        "row 10 (line 11)",
                        UTF8)
                .add(
                        "a code point beyond Unicode",
                        Content.raw(SOUND + "a,0.8,0.1,0.1,\u00f4\u0090\u0080\u0080\n"),
                        "row 10 (line 11)",
                        UTF8)
                .add("a letter cut at the end", Content.raw(SOUND + "a,0.8,0.1,0.1,\u00c3"), "row 10 (line 11)", UTF8)
                .add(
                        "a NUL in a cell",
                        Content.of(SOUND + "a,0.8,0.1,0.1,a\0a\n"),
                        "row 10 (line 11), column 'writer'",
                        UTF8)
                .add("NULs after the last row", Content.of(SOUND + "\0".repeat(4096)), "line 11", UTF8)
                .add("a gzip file of this name", Content.raw("\u001f\u008b\u0008\0\0\0\0\0"), "found", "expected")
                .add("a zip file of this name", Content.raw("PK\u0003\u0004\0\0\0\0"), "found", "expected")
                .add("a Parquet file of this name", Content.raw("PAR1\0\0\0\0PAR1"), "found", "expected");
    }

    private static Kind.Table shapes() {
        return Kind.CSV
                .table()
                .add("a header alone", Content.of(HEADER), "could not be judged", "there are no rows in ")
                .add(
                        "a column twice",
                        Content.of("truth,p_a,p_a,p_c,writer\n" + ROW),
                        "line 1, column 'p_a'",
                        "expected a name of its own for every column")
                .refused(
                        "a label that is not there",
                        Content.of("target,p_a,p_b,p_c,writer\n" + ROW),
                        "gatewright.yaml:5:47",
                        "has no column 'truth' for the class label")
                .refused(
                        "no score",
                        Content.of("truth,q_a,q_b,q_c,writer\n" + ROW),
                        "gatewright.yaml:5:62",
                        "no column that matches 'p*'")
                .refused(
                        "a score too few",
                        Content.of("truth,p_a,p_b,q,writer\n" + ROW),
                        "gatewright.yaml:5:62",
                        "takes 3 values a row")
                .add("a cell too few", Content.of(SOUND + "a,0.8,0.1,0.1\n"), "row 10 (line 11)", CELLS)
                .add("a cell too many", Content.of(SOUND + "a,0.8,0.1,0.1,ada,\n"), "row 10 (line 11)", CELLS)
                .refused(
                        "semicolons",
                        Content.of(SOUND.replace(',', ';')),
                        "it has 'truth;p_a;p_b;p_c;writer'",
                        "has no column 'truth'")
                .refused(
                        "tabs",
                        Content.of(SOUND.replace(',', '\t')),
                        "it has 'truth\\tp_a\\tp_b\\tp_c\\twriter'",
                        "has no column 'truth'")
                .add(
                        "a blank line between rows",
                        Content.of(SOUND + "\n" + ROW),
                        "line 11",
                        "expected a row, since other rows follow")
                .add("a comment", Content.of(SOUND + "# the end\n"), "row 10 (line 11)", CELLS)
                .add(
                        "a line that ends in a carriage return alone",
                        Content.of(SOUND + ROW.replace('\n', '\r') + ROW),
                        "row 10 (line 11)",
                        "expected a line feed after it, or quotes around the cell")
                .add(
                        "an old Macintosh's ends of lines",
                        Content.of(SOUND.replace('\n', '\r')),
                        "line 1",
                        "expected a line feed after it, or quotes around the cell")
                .add(
                        "a quote within a cell",
                        Content.of(SOUND + "a,0.8,0.1,0.1,a\"da\n"),
                        "row 10 (line 11), column 'writer'",
                        QUOTES)
                .add(
                        "a quote that is not closed",
                        Content.of(SOUND + "a,0.8,0.1,0.1,\"ada\n" + ROW),
                        "row 10 (line 11), column 'writer'",
                        "expected a closing quote before the end of the file")
                .add(
                        "text after a closing quote",
                        Content.of(SOUND + "\"a\"b,0.8,0.1,0.1,ada\n"),
                        "row 10 (line 11), column 'truth'",
                        "expected a comma or the end of the line")
                .add(
                        "a quote escaped by a backslash",
                        Content.of(SOUND + "a,0.8,0.1,0.1,\"a\\\"da\"\n"),
                        "row 10 (line 11), column 'writer'",
                        "expected a comma or the end of the line")
                .add("a last row that breaks off", Content.of(SOUND + "a,0.8,0"), "row 10 (line 11)", CELLS);
    }

    private static Kind.Table numbers() {
        Kind.Table table = Kind.CSV.table();
        for (String text : List.of(
                "",
                " ",
                "nan",
                "NaN",
                "inf",
                "-Infinity",
                "NA",
                "null",
                "0x10",
                "0x1p3",
                "1_000",
                "1,5",
                "1.000,5",
                "0.1f",
                "1e",
                "e5",
                "+-1",
                "--1",
                "1 2",
                "\u0661",
                "\u22121",
                "50%",
                "$1",
                "=1+1",
                "True story",
                "\u001b[31m0.8",
                "\u202e8.0")) {
            table.add("the score '" + text + "'", score(text), CELL, NUMBER);
        }
        return table.add(
                        "a score beyond float64",
                        score("1e999999999999999999"),
                        CELL,
                        "expected a finite number that float64 can hold")
                .add(
                        "a score of a million digits",
                        score("9".repeat(1_000_000)),
                        CELL,
                        "expected a finite number that float64 can hold")
                .add("scores that are no probabilities", score("7"), "row 10", "expected numbers from 0 to 1")
                .add("scores that sum to more than one", score("0.9"), "row 10", "expected 1 within 0.001");
    }

    private static Kind.Table labels() {
        Kind.Table table = Kind.CSV.table();
        for (String text :
                List.of("", "nan", "d", "A", " a", "a ", "0", "\u0430", "\u001b]0;owned\u0007", "\u202e\u2066")) {
            table.add("the label '" + text + "'", label(text), "row 10 (line 11), column 'truth'", CLASSES);
        }
        return table.add(
                "a slice without a name",
                Content.of(SOUND + "a,0.8,0.1,0.1,\n"),
                "row 10 (line 11), column 'writer'",
                "expected a category");
    }

    private static Kind.Table sizes() {
        return Kind.CSV
                .table()
                .add(
                        "a cell of a gigabyte",
                        Content.large(SOUND + "a,0.8,0.1,0.1,", 'x', 1024, "\n"),
                        "row 10 (line 11), column 'writer'",
                        "expected a shorter cell")
                .add(
                        "a quoted cell of a gigabyte",
                        Content.large(SOUND + "a,0.8,0.1,0.1,\"", '\n', 1024, "\"\n"),
                        "row 10 (line 11), column 'writer'",
                        "expected a shorter cell")
                .add(
                        "a header of a gigabyte",
                        Content.large("truth,", 'x', 1024, "\n"),
                        "line 1",
                        "expected a shorter cell")
                .add(
                        "a row of commas of a hundred megabytes",
                        Content.large(SOUND, ',', 100, "\n"),
                        "row 10 (line 11)",
                        "expected at most 200000")
                .add(
                        "a terabyte of nothing",
                        Content.sparse(SOUND.getBytes(StandardCharsets.UTF_8), 1L << 40, new byte[0]),
                        "line 11",
                        UTF8)
                .add("300,000 columns", Content.of(names(300_000)), "line 1", "expected at most 200000")
                .add(
                        "100,000 columns and a row without them",
                        Content.of(names(100_000) + ROW),
                        "row 1 (line 2)",
                        "expected 100001 as in the header")
                .add(
                        "a slice a row",
                        Content.of(HEADER + rows(10_001)),
                        "row 10001 (line 10002), column 'writer'",
                        "expected at most 10000 different categories")
                .add(
                        "a slice of two kilobytes",
                        Content.of(SOUND + "a,0.8,0.1,0.1," + "x".repeat(2048) + "\n"),
                        "row 10 (line 11), column 'writer'",
                        "expected a category of at most 1024 bytes");
    }

    private static Content encoded(java.nio.charset.Charset charset) {
        return Content.of(SOUND.getBytes(charset));
    }

    private static Content score(String text) {
        return Content.of(SOUND + "a,\"" + text + "\",0.1,0.1,ada\n");
    }

    private static Content label(String text) {
        return Content.of(SOUND + "\"" + text + "\",0.8,0.1,0.1,ada\n");
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.joining(",", "truth,", "\n"));
    }

    private static String rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "a,0.8,0.1,0.1,w" + i + "\n")
                .collect(Collectors.joining());
    }
}
