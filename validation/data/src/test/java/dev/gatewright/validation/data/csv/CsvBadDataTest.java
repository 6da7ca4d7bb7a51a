// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CsvBadDataTest {
    private static final Field.Scalar A = new Field.Scalar("a");
    private static final Field.Category TEXT = new Field.Category("b");
    private static final Field.ClassLabel NAMED = new Field.ClassLabel("a", List.of("cat", "dog"), Field.Spelling.NAME);
    private static final Field.ClassLabel INDEXED =
            new Field.ClassLabel("a", List.of("cat", "dog"), Field.Spelling.INDEX);

    @TempDir
    Path folder;

    static List<Arguments> files() {
        return List.of(
                // the table
                bad("", A, ", line 1: found no header, expected the columns' names in the first line"),
                bad("\n1\n", A, ", line 1: found no header, expected the columns' names in the first line"),
                bad(
                        "a,b,a\n1,2,3\n",
                        A,
                        ", line 1, column 'a': found this name for columns 1 and 3, expected a name of "
                                + "its own for every column"),
                bad("a,b\n1,2\n3\n", A, ", row 2 (line 3): found 1 cell, expected 2 as in the header"),
                bad("a,b\n1,2,3\n", A, ", row 1 (line 2): found 3 cells, expected 2 as in the header"),
                bad("a\n1\n\n2\n", A, ", line 3: found a blank line, expected a row, since other rows follow"),
                bad(
                        "a,b\n1,2\n\r\n\n3,4\n",
                        A,
                        ", line 3: found a blank line, expected a row, since other rows follow"),
                // quoting
                bad(
                        "a,b\n1,x\"y\n",
                        A,
                        ", row 1 (line 2), column 'b': found a quote inside an unquoted cell, expected "
                                + "quotes around the whole cell, and those in it doubled"),
                bad(
                        "a,b\n1,\"x\"y\n",
                        A,
                        ", row 1 (line 2), column 'b': found text after a closing quote, expected a "
                                + "comma or the end of the line"),
                bad(
                        "a,b\n\"1\" ,2\n",
                        A,
                        ", row 1 (line 2), column 'a': found text after a closing quote, expected a "
                                + "comma or the end of the line"),
                bad(
                        "a,b\n1,\"x\n2,y\n",
                        A,
                        ", row 1 (line 2), column 'b': found a quote that is never closed, expected "
                                + "a closing quote before the end of the file"),
                bad(
                        "a,b\n1,2\r3,4\n",
                        A,
                        ", row 1 (line 2), column 'b': found a carriage return without a line feed, "
                                + "expected a line feed after it, or quotes around the cell"),
                // bytes
                bad("a,b\n1,x\0y\n", A, ", row 1 (line 2), column 'b': found a NUL byte, expected text in UTF-8"),
                bad("a,b\n1,\"\0\"\n", A, ", row 1 (line 2), column 'b': found a NUL byte, expected text in UTF-8"),
                bad(
                        "a,b\n1,\u00e9t\u00e9\n",
                        A,
                        ", row 1 (line 2), column 'b': found the byte 0xe9, which is not UTF-8, "
                                + "expected text in UTF-8"),
                bad(
                        "a,b\n1,\u00ed\u00a0\u0080\n",
                        A,
                        ", row 1 (line 2), column 'b': found the byte 0xed, which is not "
                                + "UTF-8, expected text in UTF-8"),
                bad(
                        "a,b\n1,\u00c3",
                        A,
                        ", row 1 (line 2), column 'b': found the byte 0xc3, which is not UTF-8, expected "
                                + "text in UTF-8"),
                bad("\u00ff\u00fea\0", A, ", line 1: found the byte 0xff, which is not UTF-8, expected text in UTF-8"),
                // numbers
                bad("a,b\n1,\"x\ny\"\nabc,2\n", A, ", row 2 (line 4), column 'a': found 'abc', expected a number"),
                bad("a,b\n1,2\n,3\n", A, ", row 2 (line 3), column 'a': found an empty cell, expected a number"),
                bad("a\n1\nnan\n", A, ", row 2 (line 3), column 'a': found 'nan', expected a number"),
                bad("a\n1\ninf\n", A, ", row 2 (line 3), column 'a': found 'inf', expected a number"),
                bad(
                        "a\n1\n1e999\n",
                        A,
                        ", row 2 (line 3), column 'a': found '1e999', expected a finite number that "
                                + "float64 can hold"),
                bad("a\n1\ntrue\n", A, ", row 2 (line 3), column 'a': found 'true', expected a number"),
                bad("a\n1\n1_000\n", A, ", row 2 (line 3), column 'a': found '1_000', expected a number"),
                // a matrix
                bad(
                        "a\n1\nabc\n",
                        matrix(ElementType.FLOAT32),
                        ", row 2 (line 3), column 'a': found 'abc', expected a " + "number"),
                bad(
                        "a\n1\n1e39\n",
                        matrix(ElementType.FLOAT32),
                        ", row 2 (line 3), column 'a': found '1e39', expected a "
                                + "finite number that float32 can hold"),
                bad(
                        "a\n1\n-65520\n",
                        matrix(ElementType.FLOAT16),
                        ", row 2 (line 3), column 'a': found '-65520', "
                                + "expected a finite number that float16 can hold"),
                bad(
                        "a\n1\n\"\"\n",
                        matrix(ElementType.FLOAT64),
                        ", row 2 (line 3), column 'a': found an empty cell, "
                                + "expected a number; if the model is made for missing values, say 'missing: nan' for input 'm'"),
                bad(
                        "a\n1\nNaN\n",
                        matrix(ElementType.FLOAT64),
                        ", row 2 (line 3), column 'a': found 'NaN', expected a "
                                + "number; if the model is made for missing values, say 'missing: nan' for input 'm'"),
                bad(
                        "a\n1\n-128.0\n",
                        matrix(ElementType.INT8),
                        ", row 2 (line 3), column 'a': found '-128.0', expected " + "a whole number from -128 to 127"),
                bad(
                        "a\n1\n128\n",
                        matrix(ElementType.INT8),
                        ", row 2 (line 3), column 'a': found '128', expected a whole " + "number from -128 to 127"),
                bad(
                        "a\n1\n-1\n",
                        matrix(ElementType.UINT64),
                        ", row 2 (line 3), column 'a': found '-1', expected a whole "
                                + "number from 0 to 18446744073709551615"),
                bad(
                        "a\n1\n18446744073709551616\n",
                        matrix(ElementType.UINT64),
                        ", row 2 (line 3), column 'a': found "
                                + "'18446744073709551616', expected a whole number from 0 to 18446744073709551615"),
                bad(
                        "a\n1\n9223372036854775808\n",
                        matrix(ElementType.INT64),
                        ", row 2 (line 3), column 'a': found "
                                + "'9223372036854775808', expected a whole number from -9223372036854775808 to "
                                + "9223372036854775807"),
                bad(
                        "a,b\n1,1\n,1\n",
                        matrix(ElementType.INT32),
                        ", row 2 (line 3), column 'a': found an empty cell, "
                                + "expected a whole number from -2147483648 to 2147483647"),
                bad(
                        "a\n1\n2\n",
                        matrix(ElementType.BOOL),
                        ", row 2 (line 3), column 'a': found '2', expected true, " + "false, 1 or 0"),
                bad(
                        "a,b\nx,1\n,1\n",
                        matrix(ElementType.STRING),
                        ", row 2 (line 3), column 'a': found an empty cell, " + "expected text"),
                // labels and categories
                bad(
                        "a\ncat\nCat\n",
                        NAMED,
                        ", row 2 (line 3), column 'a': found 'Cat', expected one of the 2 classes " + "'cat', 'dog'"),
                bad(
                        "a,b\ncat,1\n,1\n",
                        NAMED,
                        ", row 2 (line 3), column 'a': found an empty cell, expected one of the 2 "
                                + "classes 'cat', 'dog'"),
                bad(
                        "a\n0\n2\n",
                        INDEXED,
                        ", row 2 (line 3), column 'a': found '2', expected the index of a class, a "
                                + "whole number from 0 to 1"),
                bad(
                        "a\n0\n-1\n",
                        INDEXED,
                        ", row 2 (line 3), column 'a': found '-1', expected the index of a class, a "
                                + "whole number from 0 to 1"),
                bad(
                        "a\n0\n1.0\n",
                        INDEXED,
                        ", row 2 (line 3), column 'a': found '1.0', expected the index of a class, a "
                                + "whole number from 0 to 1"),
                bad(
                        "a,b\n1,\n",
                        TEXT,
                        ", row 1 (line 2), column 'b': found an empty cell, expected a category; write a "
                                + "word such as 'unknown' in rows that have none"),
                // what is shown
                bad(
                        "a\n1\n\"\t\u001b[31m\n\"\n",
                        A,
                        ", row 2 (line 3), column 'a': found '\\t\\u{1b}[31m\\n', expected " + "a number"),
                bad(
                        "a\n1\n" + "x".repeat(61) + "\n",
                        A,
                        ", row 2 (line 3), column 'a': found '" + "x".repeat(60) + "…', expected a number"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void saysWhereAndWhatAndWhatWasExpected(byte[] bytes, Field field, String sentence) throws IOException {
        Path file = Files.write(folder.resolve("bad.csv"), bytes);
        assertThatThrownBy(() -> Contents.of(file, 4, field))
                .isInstanceOf(BadDataException.class)
                .hasMessage(file + sentence);
    }

    @Test
    void carriesItsData() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.csv"), "a,b\n1,x\n,y\n");
        BadDataException e =
                catchThrowableOfType(BadDataException.class, () -> Contents.of(file, 4, matrix(ElementType.FLOAT32)));
        assertThat(e.file()).isEqualTo(file);
        assertThat(e.row()).hasValue(2);
        assertThat(e.line()).hasValue(3);
        assertThat(e.column()).hasValue("a");
        assertThat(e.found()).isEqualTo("an empty cell");
        assertThat(e.expected()).isEqualTo("a number");
        assertThat(e.nextStep()).hasValueSatisfying(step -> assertThat(step).contains("missing: nan"));
    }

    @Test
    void carriesNoRowOfWhatIsAboutTheWholeFile() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.csv"), "");
        BadDataException e = catchThrowableOfType(BadDataException.class, () -> Contents.of(file, 4, A));
        assertThat(e.row()).isEmpty();
        assertThat(e.column()).isEmpty();
        assertThat(e.nextStep()).isEmpty();
    }

    @Test
    void keepsEveryLimit() throws IOException {
        Limits limits = new Limits(10, 40, 3, 2, 5);
        Path cell = write("a,b\n1,12345678901\n");
        Path quoted = write("a,b\n1,\"" + "x".repeat(300_000));
        Path row = write("a,b,c\n" + "1234567890,".repeat(4) + "\n");
        Path columns = write("a,b,c,d\n1,2,3,4\n");
        Path many = write("a,b\n1,x\n1,y\n1,x\n1,z\n");
        Path wide = write("a,b\n1,xxxxxx\n");

        assertSentence(
                cell,
                limits,
                ", row 1 (line 2), column 'b': found a cell of more than 10 bytes, or a quote that "
                        + "is never closed, expected a shorter cell");
        assertSentence(
                quoted,
                limits,
                ", row 1 (line 2): found a row of more than 40 bytes, or a quote that "
                        + "is never closed, expected a shorter row");
        assertSentence(
                quoted,
                new Limits(10, 1 << 20, 3, 2, 5),
                ", row 1 (line 2), column 'b': found a cell of more "
                        + "than 10 bytes, or a quote that is never closed, expected a shorter cell");
        assertSentence(
                row,
                new Limits(10, 40, 5, 2, 5),
                ", row 1 (line 2): found a row of more than 40 bytes, or a "
                        + "quote that is never closed, expected a shorter row");
        assertSentence(columns, limits, ", line 1: found more than 3 cells, expected at most 3");
        assertSentence(
                many,
                limits,
                ", row 4 (line 5), column 'b': found 'z', expected at most 2 different categories; "
                        + "this looks like an identifier, which cannot be a slice");
        assertSentence(
                wide,
                limits,
                ", row 1 (line 2), column 'b': found 'xxxxxx', expected a category of at most 5 " + "bytes");
    }

    private static void assertSentence(Path file, Limits limits, String sentence) {
        assertThatThrownBy(() -> Contents.of(file, limits, 4, TEXT))
                .isInstanceOf(BadDataException.class)
                .hasMessage(file + sentence);
    }

    private static Field.Matrix matrix(ElementType type) {
        return new Field.Matrix("m", type, List.of("a"));
    }

    /** A file of these bytes, given as characters, of which each is one byte but those beyond 255. */
    private static Arguments bad(String bytes, Field field, String sentence) {
        return Arguments.of(bytes.getBytes(StandardCharsets.ISO_8859_1), field, sentence);
    }

    private Path write(String text) throws IOException {
        Path file = Files.createTempFile(folder, "table", ".csv");
        return Files.writeString(file, text);
    }
}
