// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.testkit.numpy.Npz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NpzBadDataTest {
    private static final int FLAGS = 8;
    private static final int METHOD = 10;
    private static final int CRC = 16;
    private static final int COMPRESSED = 20;
    private static final int SIZE = 24;
    private static final int OFFSET = 42;

    private static final Field.Matrix X = matrix(ElementType.FLOAT32);
    private static final byte[] ONE_TWO = Npz.npy("<f4", "(2,)", Npz.floats(1, 2));

    @TempDir
    Path folder;

    static List<Arguments> archives() throws IOException {
        byte[] good = Npz.stored(Map.of("x.npy", ONE_TWO));
        byte[] two = Npz.stored(ordered("x.npy", ONE_TWO, "y.npy", ONE_TWO));
        byte[] small = Npz.deflated(Map.of("x.npy", ONE_TWO));
        byte[] late = Npz.deflated(Map.of("x.npy", Npz.npy("<f4", "(2,)", Npz.floats(1, 2, 3))));
        byte[] oneMore = Npz.deflated(Map.of("x.npy", Npz.npy("|u1", "(2,)", new byte[] {1, 2, 3})));
        byte[] early = Npz.deflated(Map.of("x.npy", Npz.npy("<f4", "(3,)", Npz.floats(1, 2))));
        int size = Npz.number(good, 0, SIZE);
        return List.of(
                // the archive
                bad(
                        Arrays.copyOf(good, good.length - 10),
                        ": found no end of a zip archive at the end of the file, "
                                + "expected a whole archive; copy or save the file again"),
                bad(
                        Arrays.copyOf(good, good.length + 1),
                        ": found no end of a zip archive at the end of the file, "
                                + "expected a whole archive; copy or save the file again"),
                bad(Arrays.copyOfRange(two, 60, two.length), ": found text, expected a zip archive, as its name says"),
                bad(
                        "PK\3\4".getBytes(StandardCharsets.US_ASCII),
                        ": found no end of a zip archive at the end of the "
                                + "file, expected a whole archive; copy or save the file again"),
                bad(
                        "a,b\n1,2\n".getBytes(StandardCharsets.US_ASCII),
                        ": found text, expected a zip archive, as its name " + "says"),
                bad(new byte[0], ": found text, expected a zip archive, as its name says"),
                bad(replaced(two, "y.npy", "x.npy"), ": found two entries 'x.npy', expected names that differ"),
                bad(
                        replaced(good, "x.npy", "/.npy"),
                        ": found the entry '/.npy', expected arrays only, each a plain name " + "with .npy at its end"),
                bad(
                        replaced(good, "x.npy", "x.txt"),
                        ": found the entry 'x.txt', expected arrays only, each a plain name " + "with .npy at its end"),
                bad(
                        Npz.stored(Map.of("../x.npy", ONE_TWO)),
                        ": found the entry '../x.npy', expected arrays only, each a "
                                + "plain name with .npy at its end"),
                bad(
                        Npz.patched(good, 0, FLAGS, 1),
                        ": found the encrypted entry 'x.npy', expected entries that are not"),
                bad(
                        Npz.patched(good, 0, METHOD, 93),
                        ": found the entry 'x.npy' compressed by method 93, expected method "
                                + "0 or 8, as numpy writes"),
                bad(
                        Npz.patched(good, 0, METHOD, 8),
                        ": found two descriptions of the entry 'x.npy' that disagree, "
                                + "expected a well-formed zip archive"),
                bad(
                        Npz.patched(good, 0, SIZE, size - 4),
                        ": found sizes of the entry 'x.npy' that cannot be, expected a " + "well-formed zip archive"),
                bad(
                        Npz.patched(good, 0, SIZE, -1),
                        ": found an entry without its size, expected a well-formed zip " + "archive"),
                bad(
                        Npz.patched(good, 0, OFFSET, 1 << 30),
                        ": found the entry 'x.npy' outside the file, expected a " + "well-formed zip archive"),
                bad(
                        Npz.patched(two, 1, OFFSET, 0),
                        ": found two descriptions of the entry 'y.npy' that disagree, "
                                + "expected a well-formed zip archive"),
                bad(
                        Npz.patched(Npz.patched(two, 0, SIZE, size + 8), 0, COMPRESSED, size + 8),
                        ": found the entry 'x.npy' "
                                + "overlapping what follows it, expected a well-formed zip archive"),
                // its contents
                bad(
                        Npz.patched(good, 0, CRC, 0),
                        ", array 'x': found contents with another checksum than the archive "
                                + "states, expected a whole archive; copy or save the file again"),
                bad(
                        Npz.patched(small, 0, CRC, 0),
                        ", array 'x': found contents with another checksum than the archive "
                                + "states, expected a whole archive; copy or save the file again"),
                bad(
                        Npz.patched(late, 0, SIZE, size),
                        ", array 'x': found compressed data that go on, expected their end " + "after " + size
                                + " bytes of contents; copy or save the file again"),
                bad(
                        Npz.patched(oneMore, 0, SIZE, Npz.number(oneMore, 0, SIZE) - 1),
                        ", array 'x': found compressed data that go on, expected their end after "
                                + (Npz.number(oneMore, 0, SIZE) - 1)
                                + " bytes of contents; copy or save the file again"),
                bad(
                        Npz.patched(early, 0, SIZE, size + 4),
                        ", array 'x': found compressed data that end too early, " + "expected " + (size + 4)
                                + " bytes of contents; copy or save the file again"),
                bad(
                        broken(small),
                        ", array 'x': found compressed data that are damaged, expected a whole archive; copy "
                                + "or save the file again"),
                array(
                        Npz.npy("<f4", "(3,)", Npz.floats(1, 2)),
                        "8 bytes of elements, expected as many as shape [3] of <f4 "
                                + "takes; copy or save the file again"),
                array(
                        Npz.npy("<f4", "(1,)", Npz.floats(1, 2)),
                        "8 bytes of elements, expected as many as shape [1] of <f4 "
                                + "takes; copy or save the file again"),
                array(
                        Npz.npy("<f8", "(4611686018427387904, 2)", new byte[0]),
                        "0 bytes of elements, expected as many as "
                                + "shape [4611686018427387904, 2] of <f8 takes; copy or save the file again"),
                array(new byte[0], "the begin of an .npy only, expected a whole one"),
                array(Arrays.copyOf(ONE_TWO, 40), "the begin of an .npy only, expected a whole one"),
                array(
                        "no array at all".getBytes(StandardCharsets.US_ASCII),
                        "no header of an .npy, expected one of " + "version 1, 2 or 3"),
                array(versioned(4), "no header of an .npy, expected one of version 1, 2 or 3"),
                array(versioned(2), "a header of 662372410 bytes, expected at most 65535"),
                // its values
                values(
                        "<f4",
                        Npz.floats(1, Float.NaN),
                        ElementType.FLOAT64,
                        ", row 2, array 'x': found NaN, expected a "
                                + "number; if the model is made for missing values, say 'missing: nan' for input 'm'"),
                values(
                        "<f4",
                        Npz.floats(1, Float.NEGATIVE_INFINITY),
                        ElementType.FLOAT32,
                        ", row 2, array 'x': found " + "-Infinity, expected a finite number that float32 can hold"),
                values(
                        "<f4",
                        Npz.floats(1, 1e6f),
                        ElementType.FLOAT16,
                        ", row 2, array 'x': found 1000000.0, expected a " + "finite number that float16 can hold"),
                values(
                        "<i8",
                        Npz.longs(1, 256),
                        ElementType.UINT8,
                        ", row 2, array 'x': found 256, expected a whole " + "number from 0 to 255"),
                values(
                        "<u8",
                        Npz.longs(1, -1),
                        ElementType.INT64,
                        ", row 2, array 'x': found 18446744073709551615, "
                                + "expected a whole number from -9223372036854775808 to 9223372036854775807"),
                values(
                        "<i8",
                        Npz.longs(1, -1),
                        ElementType.UINT64,
                        ", row 2, array 'x': found -1, expected a whole number " + "from 0 to 18446744073709551615"),
                values(
                        "<i8",
                        Npz.longs(1, 70000),
                        ElementType.FLOAT16,
                        ", row 2, array 'x': found 70000, expected a " + "finite number that float16 can hold"),
                values(
                        "<i8",
                        Npz.longs(1, 2),
                        ElementType.BOOL,
                        ", row 2, array 'x': found 2, expected true, false, 1 " + "or 0"),
                values(
                        "|S1",
                        new byte[] {'a', 0},
                        ElementType.STRING,
                        ", row 2, array 'x': found an empty text, expected " + "text"),
                values(
                        "|S1",
                        new byte[] {'a', -1},
                        ElementType.STRING,
                        ", row 2, array 'x': found bytes that are not " + "UTF-8, expected text"),
                values(
                        "<U1",
                        new byte[] {'a', 0, 0, 0, 0, (byte) 0xD8, 0, 0},
                        ElementType.STRING,
                        ", row 2, array 'x': " + "found the number 0xd800, which is no character, expected text"),
                values(
                        ">U1",
                        new byte[] {0, 0, 0, 'a', 1, 0, 0, 0},
                        ElementType.STRING,
                        ", row 2, array 'x': found the " + "number 0x1000000, which is no character, expected text"));
    }

    @ParameterizedTest
    @MethodSource("archives")
    void saysWhereAndWhatAndWhatWasExpected(byte[] bytes, Field field, String sentence) throws IOException {
        Path file = Files.write(folder.resolve("bad.npz"), bytes);
        assertThatThrownBy(() -> Contents.of(file, 4, field))
                .isInstanceOf(BadDataException.class)
                .hasMessage(file + sentence);
    }

    static List<String> headers() {
        return List.of(
                "",
                "{",
                "{}",
                "{'descr': '<f4', 'fortran_order': False}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'more': 1}",
                "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,)}",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2 3)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': [2]}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (" + "1,".repeat(65) + ")}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} or 1",
                "{'descr': '<f4' 'fortran_order': False, 'shape': (2,)}",
                "{'descr': '<f4\\'', 'fortran_order': False, 'shape': (2,)}",
                "{'descr': __import__('os'), 'fortran_order': False, 'shape': (2,)}",
                "{'descr': [('a', '<f4'), 'fortran_order': False, 'shape': (2,)}");
    }

    @ParameterizedTest
    @MethodSource("headers")
    void refusesEveryHeaderThatNumpyDoesNotWrite(String header) throws IOException {
        Path file = folder.resolve("bad.npz");
        Files.write(file, Npz.stored(Map.of("x.npy", Npz.npy(header, Npz.floats(1, 2)))));
        assertThatThrownBy(() -> Contents.of(file, 4, X))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("array 'x': found the header '")
                .hasMessageEndingWith("expected one that numpy writes");
    }

    @Test
    void namesTheRowAndTheValueWithinIt() throws IOException {
        float[] numbers = new float[60_000];
        numbers[43_214] = Float.NaN;
        Path file = folder.resolve("bad.npz");
        Files.write(file, Npz.stored(Map.of("x.npy", Npz.npy("<f4", "(10000, 2, 3)", Npz.floats(numbers)))));
        BadDataException e = catchThrowableOfType(BadDataException.class, () -> Contents.of(file, 64, X));
        assertThat(e.row()).hasValue(43_214 / 6 + 1);
        assertThat(e.line()).isEmpty();
        assertThat(e.column()).hasValue("x");
        assertThat(e.found()).isEqualTo("NaN (value 3 of 6)");
    }

    @Test
    void refusesLabelsScalarsAndCategoriesThatAreNone() throws IOException {
        Path file = folder.resolve("bad.npz");
        byte[] text = Npz.npy("|S3", "(3,)", "catdog\0\0\0".getBytes(StandardCharsets.US_ASCII));
        byte[] number = Npz.npy("<f4", "(2,)", Npz.floats(1, Float.NaN));
        Files.write(file, Npz.stored(Map.of("t.npy", text, "n.npy", number)));
        List<String> classes = List.of("cat", "0");
        assertSentence(
                file,
                new Field.ClassLabel("t", classes, Field.Spelling.NAME),
                ", row 2, array 't': found 'dog', expected one of the 2 classes 'cat', '0'");
        assertSentence(
                file,
                new Field.Category("t"),
                ", row 3, array 't': found '', expected a category; write a word such as 'unknown' in rows that have none");
        assertSentence(
                file,
                new Field.Scalar("n"),
                ", row 2, array 'n': found NaN, expected a finite number that float64 can hold");
        Files.write(file, Npz.stored(Map.of("i.npy", Npz.npy("<i8", "(2,)", Npz.longs(0, -1)))));
        assertSentence(
                file,
                new Field.ClassLabel("i", classes, Field.Spelling.NAME),
                ", row 2, array 'i': found '-1', expected one of the 2 classes 'cat', '0'");
        assertSentence(
                file,
                new Field.ClassLabel("i", classes, Field.Spelling.INDEX),
                ", row 2, array 'i': found '-1', expected the index of a class, a whole number from 0 to 1");
    }

    @Test
    void refusesToReadTooManyArraysSideBySide() throws IOException {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        for (int i = 0; i < 1025; i++) {
            arrays.put("x" + i + ".npy", ONE_TWO);
        }
        Path file = Files.write(folder.resolve("many.npz"), Npz.deflated(arrays));
        Field.Matrix most = new Field.Matrix("m", ElementType.FLOAT32, List.of("x?", "x??", "x???", "x100?", "x101?"));
        Field.Matrix more = new Field.Matrix("m", ElementType.FLOAT32, List.of("*"));
        assertThat(Contents.of(file, 4, most).rows()).isEqualTo(2);
        assertThatThrownBy(() -> Contents.of(file, 4, more))
                .isInstanceOf(BadDataException.class)
                .hasMessage(
                        file + ": found 1025 arrays selected, expected at most 1024; save them side by side in one, as "
                                + "numpy.stack(arrays, axis=1) does");
    }

    @Test
    void keepsTheLimitOfArrays() throws IOException {
        Path file = folder.resolve("many.npz");
        Files.write(file, Npz.stored(ordered("x.npy", ONE_TWO, "y.npy", ONE_TWO)));
        assertThatThrownBy(() -> Contents.of(file, new Limits(100, 1000, 1, 10, 10), 4, X))
                .hasMessage(file + ": found 2 entries, expected at most 1");
    }

    private static void assertSentence(Path file, Field field, String sentence) {
        assertThatThrownBy(() -> Contents.of(file, 4, field))
                .isInstanceOf(BadDataException.class)
                .hasMessage(file + sentence);
    }

    private static Arguments bad(byte[] archive, String sentence) {
        return Arguments.of(archive, X, sentence);
    }

    private static Arguments array(byte[] npy, String found) throws IOException {
        return bad(Npz.stored(Map.of("x.npy", npy)), ", array 'x': found " + found);
    }

    private static Arguments values(String descr, byte[] two, ElementType type, String sentence) throws IOException {
        return Arguments.of(Npz.stored(Map.of("x.npy", Npz.npy(descr, "(2,)", two))), matrix(type), sentence);
    }

    private static Field.Matrix matrix(ElementType type) {
        return new Field.Matrix("m", type, List.of("x"));
    }

    private static Map<String, byte[]> ordered(String name, byte[] contents, String next, byte[] more) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(name, contents);
        entries.put(next, more);
        return entries;
    }

    private static byte[] versioned(int version) {
        byte[] npy = ONE_TWO.clone();
        npy[6] = (byte) version;
        return npy;
    }

    private static byte[] replaced(byte[] archive, String text, String other) {
        String characters = new String(archive, StandardCharsets.ISO_8859_1);
        return characters.replace(text, other).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The archive with a deflate block of the type that there is not. */
    private static byte[] broken(byte[] archive) {
        byte[] copy = archive.clone();
        copy[30 + "x.npy".length()] = 7;
        return copy;
    }
}
