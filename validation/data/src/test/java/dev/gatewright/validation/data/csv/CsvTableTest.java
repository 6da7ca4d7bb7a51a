// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {
    @TempDir
    Path folder;

    @Test
    void readsEachFieldFromItsColumn() throws IOException {
        Path file = write("writer,pixel_1,digit,pixel_0,age\nann,0.5,cat,1e2,7\nbob,-1,dog,.25,8.5\nann,3,cat,4,-0\n");
        Field.Matrix image = new Field.Matrix("image", ElementType.FLOAT32, List.of("pixel_*"));
        Field.Matrix names = new Field.Matrix("names", ElementType.STRING, List.of("digit", "writer"));
        Field.ClassLabel label = new Field.ClassLabel("digit", List.of("dog", "cat"), Field.Spelling.NAME);
        Field.Scalar age = new Field.Scalar("age");
        Field.Category writer = new Field.Category("writer");

        Contents contents = Contents.of(file, 2, image, names, label, age, writer);

        assertThat(contents.rows()).isEqualTo(3);
        assertThat(contents.floats(image)).containsExactly(0.5f, 100f, -1f, 0.25f, 3f, 4f);
        assertThat(contents.values(names)).containsExactly("cat", "ann", "dog", "bob", "cat", "ann");
        assertThat(contents.values(label)).containsExactly(1, 0, 1);
        assertThat(contents.values(age)).containsExactly(7.0, 8.5, -0.0);
        assertThat(contents.texts(writer)).containsExactly("ann", "bob", "ann");
        assertThat(contents.categories(writer)).containsExactly("ann", "bob");
    }

    @Test
    void takesAnyMarkLineEndAndQuotingOfRfc4180() throws IOException {
        Path file = write("\uFEFFa,\"b \"\"1\"\"\"\r\n1,\"x,\"\"y\"\"\r\nz\"\n\"2\",\"\"\"\"\r\n+3, é😀 ");
        Field.Scalar number = new Field.Scalar("a");
        Field.Category text = new Field.Category("b \"1\"");
        Contents contents = Contents.of(file, 64, number, text);
        assertThat(contents.values(number)).containsExactly(1.0, 2.0, 3.0);
        assertThat(contents.texts(text)).containsExactly("x,\"y\"\r\nz", "\"", " é😀 ");
    }

    @Test
    void ignoresBlankLinesAtTheEndOnly() throws IOException {
        Field.Scalar number = new Field.Scalar("a");
        assertThat(Contents.of(write("a\n1\n2\n\r\n\n"), 1, number).values(number))
                .containsExactly(1.0, 2.0);
    }

    @Test
    void givesNoRowsOfAFileWithAHeaderOnly() throws IOException {
        assertThat(Contents.of(write("a,b\n"), 8, new Field.Scalar("a")).rows()).isZero();
        assertThat(Contents.of(write("a,b"), 8, new Field.Scalar("a")).rows()).isZero();
    }

    @Test
    void takesSpacesAroundNumbersButNotWithinNames() throws IOException {
        Path file = write("x,y,label\n 1 ,\t2,\" a\"\n");
        Field.Matrix floats = new Field.Matrix("f", ElementType.FLOAT32, List.of("x", "y"));
        Field.Matrix integers = new Field.Matrix("i", ElementType.INT8, List.of("x", "y"));
        Field.Scalar scalar = new Field.Scalar("x");
        Field.ClassLabel label = new Field.ClassLabel("label", List.of("a", " a"), Field.Spelling.NAME);
        Contents contents = Contents.of(file, 1, floats, integers, scalar, label);
        assertThat(contents.floats(floats)).containsExactly(1f, 2f);
        assertThat(contents.bytes(integers)).containsExactly(1, 2);
        assertThat(contents.values(scalar)).containsExactly(1.0);
        assertThat(contents.values(label)).containsExactly(1);
    }

    @Test
    void handsMissingValuesOverAsNanWhereThatIsSaid() throws IOException {
        Path file = write("x,y\n1,\nnan,NaN\n\"\",NAN\n");
        Field.Matrix matrix =
                new Field.Matrix("m", ElementType.FLOAT32, List.of("*"), Field.Missing.NAN, Field.Matrix.ANY_WIDTH);
        assertThat(Contents.of(file, 2, matrix).floats(matrix))
                .containsExactly(1f, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN);
    }

    @Test
    void takesTrueAndFalseForOneAndZeroInEveryMatrixOfNumbers() throws IOException {
        Path file = write("a,b,c,d\ntrue,FALSE,1,0\n");
        Field.Matrix booleans = new Field.Matrix("b", ElementType.BOOL, List.of("*"));
        Field.Matrix floats = new Field.Matrix("f", ElementType.FLOAT32, List.of("*"));
        Field.Matrix integers = new Field.Matrix("i", ElementType.UINT8, List.of("*"));
        Contents contents = Contents.of(file, 1, booleans, floats, integers);
        assertThat(contents.bytes(booleans)).containsExactly(1, 0, 1, 0);
        assertThat(contents.floats(floats)).containsExactly(1f, 0f, 1f, 0f);
        assertThat(contents.bytes(integers)).containsExactly(1, 0, 1, 0);
    }

    @Test
    void readsTheEndsOfEveryIntegerType() throws IOException {
        for (ElementType type : ElementType.values()) {
            if (type.isInteger()) {
                String top = type == ElementType.UINT64 ? "18446744073709551615" : Long.toString(type.highest());
                Path file = write("a,b\n" + type.lowest() + "," + top + "\n");
                Field.Matrix matrix = new Field.Matrix("m", type, List.of("a", "b"));
                byte[] bytes = Contents.of(file, 1, matrix).bytes(matrix);
                assertThat(bytes).as(type.numpyName()).isEqualTo(little(type.bytes(), type.lowest(), type.highest()));
            }
        }
    }

    @Test
    void saysWhatTheColumnsHoldByTheFirstRow() throws IOException {
        try (DataFile file = DataFile.open(write(",a,b,c,d\n0,1,x,,True\n0,y,1,1,1\n"))) {
            assertThat(file.columns())
                    .containsExactly(
                            new Column(0, "", new Column.Cells(true, "'0'", List.of())),
                            new Column(1, "a", new Column.Cells(true, "'1'", List.of())),
                            new Column(2, "b", new Column.Cells(false, "'x'", List.of())),
                            new Column(3, "c", new Column.Cells(true, "an empty cell", List.of())),
                            new Column(4, "d", new Column.Cells(true, "'True'", List.of())));
        }
    }

    @Seeded(cases = 20)
    void givesTheTextOfEveryCellWhereverTheWindowsEnd(Gen gen) throws IOException {
        int columns = gen.integer(2, 6);
        int longest = gen.oneOf(3, 40, 3000, 300_000);
        int rows = Math.min(10_000, 800_000 / (columns * longest) + 1);
        StringBuilder text = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            names.add("c" + i);
            text.append(i == 0 ? "" : ",").append("c").append(i);
        }
        List<Object> expected = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            text.append(gen.oneOf("\n", "\r\n"));
            for (int i = 0; i < columns; i++) {
                String cell = cell(gen, gen.integer(1, longest));
                expected.add(cell);
                boolean quoted = gen.chance(0.3) || cell.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
                text.append(i == 0 ? "" : ",").append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
            }
        }
        Path file = write(gen.chance(0.5) ? text.toString() : text.append('\n').toString());
        Field.Matrix all = new Field.Matrix("all", ElementType.STRING, names);
        assertThat(Contents.of(file, gen.integer(1, 100), all).values(all)).isEqualTo(expected);
    }

    private static String cell(Gen gen, int length) {
        String alphabet = gen.oneOf("0123456789.-e", "abc xyz", "a,\"\r\n", "é😀\u00a0Ж中", "a\tb,c\"d\ne中");
        int[] characters = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(characters[gen.integer(0, characters.length - 1)]);
        }
        return text.toString();
    }

    private static byte[] little(int width, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * width).order(ByteOrder.nativeOrder());
        for (int i = 0; i < values.length; i++) {
            byte[] all = ByteBuffer.allocate(8)
                    .order(ByteOrder.nativeOrder())
                    .putLong(values[i])
                    .array();
            bytes.put(i * width, all, 0, width);
        }
        return bytes.array();
    }

    private Path write(String text) throws IOException {
        Path file = Files.createTempFile(folder, "table", ".csv");
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
