// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.hostile;

import dev.gatewright.validation.testkit.numpy.Npz;
import java.io.BufferedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives of arrays that lie about themselves, unfold without end, or carry code. */
final class NpzFiles {
    private static final int FLAGS = 8;
    private static final int METHOD = 10;
    private static final int CRC = 16;
    private static final int COMPRESSED = 20;
    private static final int SIZE = 24;
    private static final int OFFSET = 42;

    private static final byte[] TRUTH = Npz.npy("<i8", "(2,)", Npz.longs(0, 1));
    private static final byte[] SCORES = Npz.npy("<f8", "(2, 3)", doubles(0.8, 0.1, 0.1, 0.1, 0.8, 0.1));
    private static final byte[] WRITER = Npz.npy("<i8", "(2,)", Npz.longs(7, 8));
    private static final byte[] STORED = Npz.stored(entries(TRUTH, SCORES, WRITER));
    private static final byte[] SMALL = Npz.deflated(entries(TRUTH, SCORES, WRITER));

    private static final String WHOLE = "expected a whole archive; copy or save the file again";
    private static final String ZIP = "expected a well-formed zip archive";
    private static final String NAMES = "expected arrays only, each a plain name with .npy at its end";
    private static final String VERSION = "expected one of version 1, 2 or 3";
    private static final String NUMPY = "expected one that numpy writes";
    private static final String CLASS = "expected the index of a class, a whole number from 0 to 2";

    private NpzFiles() {}

    static Content sound() {
        return Content.of(SMALL);
    }

    static Stream<HostileFile> all() {
        return Stream.of(archives(), entries(), headers(), types(), values()).flatMap(table -> table.files().stream());
    }

    private static Kind.Table archives() {
        String end = "found no end of a zip archive";
        Kind.Table table = Kind.NPZ
                .table()
                .add("empty", Content.of(""), "found text", "expected a zip archive, as its name says")
                .add("text", Content.of("truth,p\n0,1\n"), "found text", "expected a zip archive, as its name says")
                .add("a single array", Content.of(TRUTH), "rows.npz", "expected a zip archive, as its name says")
                .add(
                        "a pickle",
                        Content.raw("\u0080\u0004cos\nsystem\n(S'touch owned'\ntR."),
                        "rows.npz",
                        "expected a zip archive, as its name says")
                .add("the begin of an archive", Content.raw("PK\u0003\u0004"), end, WHOLE)
                .add(
                        "a comment that hides the end",
                        Content.of(Arrays.copyOf(STORED, STORED.length + 70_000)),
                        end,
                        WHOLE)
                .add("a terabyte after the end", Content.sparse(STORED, 1L << 40, new byte[0]), end, WHOLE)
                .add(
                        "two entries of one name",
                        Content.of(replaced(also("wroter.npy"), "wroter", "writer")),
                        "two entries 'writer.npy'",
                        "expected names that differ");
        for (int percent : new int[] {10, 50, 90, 99}) {
            table.add(
                    "cut after " + percent + "%",
                    Content.of(Arrays.copyOf(STORED, STORED.length * percent / 100)),
                    end,
                    WHOLE);
        }
        return table;
    }

    private static Kind.Table entries() {
        int size = Npz.number(STORED, 0, SIZE);
        Kind.Table table = Kind.NPZ.table();
        for (String name : new String[] {
            "../owned.npy",
            "/etc/owned.npy",
            "a/../owned.npy",
            "..\\owned.npy",
            "C:owned.npy",
            "owned.npy\0.txt",
            "owned",
            ".npy"
        }) {
            table.add("the entry '" + name + "'", Content.of(also(name)), "found the entry '", NAMES);
        }
        return table.add(
                        "an encrypted entry",
                        patched(STORED, FLAGS, 1),
                        "the encrypted entry 'truth.npy'",
                        "expected entries that are not")
                .add(
                        "an entry compressed by another method",
                        patched(STORED, METHOD, 93),
                        "the entry 'truth.npy' compressed by method 93",
                        "expected method 0 or 8, as numpy writes")
                .add(
                        "an entry that is compressed and says it is not",
                        patched(SMALL, METHOD, 0),
                        "sizes of the entry 'truth.npy' that cannot be",
                        ZIP)
                .add("an entry smaller than it says", patched(STORED, SIZE, size + 4), "the entry 'truth.npy'", ZIP)
                .add("an entry without its size", patched(STORED, SIZE, -1), "an entry without its size", ZIP)
                .add(
                        "an entry outside the file",
                        patched(STORED, OFFSET, 1 << 30),
                        "the entry 'truth.npy' outside the file",
                        ZIP)
                .add(
                        "an entry within another",
                        Content.of(Npz.patched(STORED, 1, OFFSET, 0)),
                        "the entry 'pscores.npy' that disagree",
                        ZIP)
                .add(
                        "entries that overlap",
                        Content.of(Npz.patched(Npz.patched(STORED, 0, SIZE, size + 8), 0, COMPRESSED, size + 8)),
                        "the entry 'truth.npy' overlapping what follows it",
                        ZIP)
                .add("another checksum", patched(SMALL, CRC, 0), "array 'truth'", WHOLE)
                .add(
                        "compressed data that end early",
                        patched(SMALL, SIZE, size + 8),
                        "array 'truth'",
                        "expected as many as shape [2] of <i8 takes")
                .add(
                        "compressed data that go on",
                        patched(SMALL, SIZE, size - 8),
                        "array 'truth'",
                        "copy or save the file again")
                .add("damaged compressed data", Content.of(damaged(SMALL)), "array 'truth'", WHOLE)
                .add("a bomb of 300 MB in 300 KB", bomb(300), "array 'pscores'", "expected as many as")
                .add("300,000 entries", many(300_000), "found 300000 entries", "expected at most 200000")
                .refused(
                        "names that write to the terminal",
                        Content.of(Npz.stored(Map.of("a\u001b[2J.npy", TRUTH, "\u202e.npy", SCORES))),
                        "gatewright.yaml:5:56",
                        "'a\\u{1b}[2J'")
                .refused(
                        "no scores",
                        Content.of(Npz.stored(Map.of("truth.npy", TRUTH, "writer.npy", WRITER))),
                        "gatewright.yaml:5",
                        "p*");
    }

    private static Kind.Table headers() {
        Kind.Table table = Kind.NPZ
                .table()
                .add("an empty array file", truth(new byte[0]), "array 'truth'", "expected a whole one")
                .add(
                        "an array file that is cut",
                        truth(Arrays.copyOf(TRUTH, 40)),
                        "array 'truth'",
                        "expected a whole one")
                .add("an array file of version 4", truth(versioned(4)), "array 'truth'", VERSION)
                .add("a header of 600 MB", truth(versioned(2)), "array 'truth'", "expected at most 65535")
                .add(
                        "an entry that is no array",
                        truth("import os".repeat(9).getBytes(StandardCharsets.UTF_8)),
                        "array 'truth'",
                        VERSION);
        for (String header : new String[] {
            "",
            "{",
            "{}",
            "[]",
            "{'descr': '<i8', 'fortran_order': False}",
            "{'descr': __import__('os').system('touch owned'), 'fortran_order': False, 'shape': (2,)}",
            "{'descr': '<i8', 'fortran_order': False, 'shape': (-2,)}",
            "{'descr': '<i8', 'fortran_order': False, 'shape': (2**62,)}",
            "{'descr': '<i8', 'fortran_order': False, 'shape': (99999999999999999999,)}",
            "{'descr': '<i8', 'fortran_order': False, 'shape': (2.0,)}",
            "{'descr': '<i8', 'fortran_order': False, 'shape': (" + "1,".repeat(1000) + ")}",
            "{'descr': '<i8', 'fortran_order': False, 'shape': " + "(".repeat(30_000) + "}",
            "{'descr': " + "[".repeat(30_000) + "}",
            "{'descr': '<i8', 'descr': '|O', 'fortran_order': False, 'shape': (2,)}",
            "{'descr': '<i8', 'fortran_order': False, 'shape': (2,)}; import os",
            "{'descr': '\u001b[31m', 'fortran_order': \u0000, 'shape': (2,)}"
        }) {
            String shown = header.length() < 90 ? header : header.substring(0, 70) + "…";
            table.add(
                    "the header \"" + shown + "\"",
                    truth(Npz.npy(header, Npz.longs(0, 1))),
                    "array 'truth': found the header '",
                    NUMPY);
        }
        return table;
    }

    private static Kind.Table types() {
        Kind.Table table = Kind.NPZ.table();
        for (String type : new String[] {"|O", "<c16", "<M8[ns]", "<m8[s]", "|V8", "<f16", "<x9"}) {
            table.refused(
                    "labels of the type " + type,
                    truth(Npz.npy(type, "(2,)", new byte[64])),
                    "gatewright.yaml:5",
                    "truth");
        }
        return table.refused(
                        "labels that are floats",
                        truth(Npz.npy("<f8", "(2,)", doubles(0, 1))),
                        "gatewright.yaml:5",
                        "truth")
                .refused(
                        "records",
                        truth(Npz.npy(
                                "{'descr': [('a', '<i8')], 'fortran_order': False, 'shape': (2,), }", Npz.longs(0, 1))),
                        "gatewright.yaml:5",
                        "truth")
                .refused(
                        "labels of three axes",
                        truth(Npz.npy("<i8", "(2, 1, 2)", Npz.longs(0, 1, 0, 1))),
                        "gatewright.yaml:5",
                        "truth")
                .refused(
                        "labels without an axis",
                        truth(Npz.npy("<i8", "()", Npz.longs(0))),
                        "gatewright.yaml:5",
                        "truth")
                .add(
                        "labels of another length than the scores",
                        truth(Npz.npy("<i8", "(3,)", Npz.longs(0, 1, 2))),
                        "array 'pscores'",
                        "select those of the same rows")
                .refused(
                        "scores in Fortran's order",
                        scores(Npz.npy(
                                "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }",
                                doubles(1, 0, 0, 1, 0, 0))),
                        "gatewright.yaml:5",
                        "Fortran")
                .refused(
                        "a score too many a row",
                        scores(Npz.npy("<f8", "(2, 4)", new byte[64])),
                        "gatewright.yaml:5:",
                        "takes 3 values a row")
                .refused("texts as scores", scores(Npz.npy("<U3", "(2, 3)", new byte[72])), "gatewright.yaml:5", "p");
    }

    private static Kind.Table values() {
        return Kind.NPZ
                .table()
                .add(
                        "fewer elements than the shape says",
                        truth(Npz.npy("<i8", "(3,)", Npz.longs(0, 1))),
                        "array 'truth': found 16 bytes of elements",
                        "expected as many as shape [3]")
                .add(
                        "a shape of 2^63 elements",
                        truth(Npz.npy("<i8", "(4611686018427387904, 2)", new byte[0])),
                        "array 'truth'",
                        "expected as many as shape")
                .add(
                        "no row",
                        Content.of(Npz.stored(entries(
                                Npz.npy("<i8", "(0,)", new byte[0]),
                                Npz.npy("<f8", "(0, 3)", new byte[0]),
                                Npz.npy("<i8", "(0,)", new byte[0])))),
                        "could not be judged",
                        "there are no rows in ")
                .add(
                        "a class beyond the last",
                        truth(Npz.npy("<i8", "(2,)", Npz.longs(0, 3))),
                        "row 2, array 'truth': found '3'",
                        CLASS)
                .add(
                        "a negative class",
                        truth(Npz.npy("<i8", "(2,)", Npz.longs(0, -1))),
                        "row 2, array 'truth': found '-1'",
                        CLASS)
                .add(
                        "a class in the other byte order",
                        truth(Npz.npy(">i8", "(2,)", Npz.longs(0, 1))),
                        "row 2, array 'truth': found '72057594037927936'",
                        CLASS)
                .add(
                        "a score that is NaN",
                        scores(Npz.npy("<f8", "(2, 3)", doubles(1, 0, 0, Double.NaN, 1, 0))),
                        "row 2, array 'pscores': found NaN",
                        "expected a number")
                .add(
                        "a score that is infinite",
                        scores(Npz.npy("<f8", "(2, 3)", doubles(1, 0, 0, 0, Double.POSITIVE_INFINITY, 0))),
                        "row 2, array 'pscores': found Infinity",
                        "expected a finite number")
                .add(
                        "scores that are no probabilities",
                        scores(Npz.npy("<f8", "(2, 3)", doubles(1, 0, 0, 0, 1, 1))),
                        "row 2",
                        "expected 1 within 0.001");
    }

    private static Map<String, byte[]> entries(byte[] truth, byte[] scores, byte[] writer) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("truth.npy", truth);
        entries.put("pscores.npy", scores);
        entries.put("writer.npy", writer);
        return entries;
    }

    private static Content truth(byte[] array) {
        return Content.of(Npz.deflated(entries(array, SCORES, WRITER)));
    }

    private static Content scores(byte[] array) {
        return Content.of(Npz.deflated(entries(TRUTH, array, WRITER)));
    }

    private static Content patched(byte[] archive, int offset, int number) {
        return Content.of(Npz.patched(archive, 0, offset, number));
    }

    private static byte[] also(String name) {
        Map<String, byte[]> entries = entries(TRUTH, SCORES, WRITER);
        entries.put(name, TRUTH);
        return Npz.stored(entries);
    }

    /** An archive of which the scores are followed by zeros. */
    private static Content bomb(int mebibytes) {
        return file -> {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                for (Map.Entry<String, byte[]> entry :
                        entries(TRUTH, SCORES, WRITER).entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(entry.getValue());
                    for (int i = 0; entry.getValue() == SCORES && i < mebibytes; i++) {
                        zip.write(new byte[1 << 20]);
                    }
                }
            }
        };
    }

    private static Content many(int count) {
        return file -> {
            try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
                for (int i = 0; i < count; i++) {
                    zip.putNextEntry(new ZipEntry("x" + i + ".npy"));
                }
            }
        };
    }

    private static byte[] versioned(int version) {
        byte[] array = TRUTH.clone();
        array[6] = (byte) version;
        return array;
    }

    /** The archive with a deflate block of the type that there is not. */
    private static byte[] damaged(byte[] archive) {
        byte[] copy = archive.clone();
        copy[30 + "truth.npy".length()] = 7;
        return copy;
    }

    private static byte[] replaced(byte[] archive, String text, String other) {
        return new String(archive, StandardCharsets.ISO_8859_1)
                .replace(text, other)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] doubles(double... numbers) {
        long[] bits = new long[numbers.length];
        Arrays.setAll(bits, i -> Double.doubleToRawLongBits(numbers[i]));
        return Npz.longs(bits);
    }
}
