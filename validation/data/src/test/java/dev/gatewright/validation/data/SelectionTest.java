// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.testkit.numpy.Npz;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {
    private static final List<String> CLASSES = List.of("0", "1");

    @TempDir
    Path folder;

    @Test
    void expandsGlobsInTheFilesOrderAndPatternsInTheirs() throws IOException {
        Path file = csv("b_2,a,b_1,c,b_10\n1,2,3,4,5\n");
        Field.Matrix matrix = new Field.Matrix("m", ElementType.FLOAT32, List.of("c", "b_*", "a"));
        try (DataFile data = DataFile.open(file)) {
            Selection selection = selected(data, matrix);
            assertThat(selection.columns(matrix)).containsExactly("c", "b_2", "b_1", "b_10", "a");
            assertThat(selection.shape(matrix)).containsExactly(5);
            assertThat(selection.rowCount()).isEmpty();
        }
    }

    @Test
    void takesANameWithAStarForItselfWhereThereIsOne() throws IOException {
        Path file = csv("a*,ab,\n1,2,3\n");
        Field.Matrix named = new Field.Matrix("m", ElementType.FLOAT32, List.of("a*"));
        Field.Matrix all = new Field.Matrix("n", ElementType.FLOAT32, List.of("*"));
        try (DataFile data = DataFile.open(file)) {
            assertThat(selected(data, named).columns(named)).containsExactly("a*");
            assertThat(selected(data, all).columns(all))
                    .as("without the one that has no name")
                    .containsExactly("a*", "ab");
        }
    }

    @Test
    void tellsTheShapeAndTheRowsOfArrays() throws IOException {
        Field.Matrix image = new Field.Matrix("image", ElementType.FLOAT32, List.of("image"));
        Field.Matrix flat = new Field.Matrix("flat", ElementType.FLOAT32, List.of("y"));
        Field.Matrix both = new Field.Matrix("both", ElementType.FLOAT32, List.of("image", "y"));
        try (DataFile data = DataFile.open(npz())) {
            Selection selection = selected(data, image, flat, both);
            assertThat(selection.shape(image)).containsExactly(2, 2);
            assertThat(selection.shape(flat)).containsExactly(1);
            assertThat(selection.shape(both)).containsExactly(5);
            assertThat(selection.rowCount()).hasValue(2);
        }
    }

    @Test
    void tellsAllProblemsOfACsvAtOnce() throws IOException {
        Path file = csv("pixel_0,pixel_1,name,digit\n1,2,ann,0\n");
        Field.Matrix image = matrix("image", 3, "pixel_*");
        Field.Matrix twice = matrix("twice", 0, "pixel_0", "pixel_?");
        Field.Matrix text = matrix("text", 0, "*");
        Field.Matrix none = matrix("none", 0, "pix_*", "pixel_7");
        Field.ClassLabel label = new Field.ClassLabel("digt", CLASSES, Field.Spelling.NAME);
        Field.Scalar name = new Field.Scalar("name");
        Field.Category category = new Field.Category("something else");
        assertThat(problems(file, image, twice, text, none, label, name, category))
                .containsExactly(
                        "input 'image' takes 3 values a row, but F gives 2, from column 'pixel_0' to 'pixel_1'; select as "
                                + "many as the model takes",
                        "column 'pixel_0' of F is taken twice for input 'twice', by 'pixel_0' and by 'pixel_?'; take it "
                                + "once",
                        "column 'name' of F, wanted for input 'text', has 'ann' in its first row, which is no number; "
                                + "leave it out, or encode it as numbers",
                        "F has no column that matches 'pix_*' for input 'none'; it has 'pixel_0', 'pixel_1', 'name', "
                                + "'digit'",
                        "F has no column 'pixel_7' for input 'none'; did you mean 'pixel_0'?",
                        "F has no column 'digt' for the class label; did you mean 'digit'?",
                        "column 'name' of F, wanted for a number, has 'ann' in its first row, which is no number; leave it "
                                + "out, or encode it as numbers",
                        "F has no column 'something else' for a category; it has 'pixel_0', 'pixel_1', 'name', 'digit'");
    }

    @Test
    void tellsAllProblemsOfAnArchiveAtOnce() throws IOException {
        Field.Matrix integers = new Field.Matrix("integers", ElementType.INT64, List.of("image"));
        Field.Matrix texts = new Field.Matrix("texts", ElementType.STRING, List.of("y"));
        Field.Matrix numbers = matrix("numbers", 0, "text");
        Field.Matrix objects = matrix("objects", 0, "objects");
        Field.ClassLabel oneHot = new Field.ClassLabel("image", CLASSES, Field.Spelling.INDEX);
        Field.ClassLabel floats = new Field.ClassLabel("score", CLASSES, Field.Spelling.INDEX);
        Field.ClassLabel index = new Field.ClassLabel("text", CLASSES, Field.Spelling.INDEX);
        Field.Category slices = new Field.Category("score");
        Field.Scalar number = new Field.Scalar("text");
        Field.Scalar wide = new Field.Scalar("image");
        assertThat(problems(npz(), integers, texts, numbers, objects, oneHot, floats, index, slices, number, wide))
                .containsExactly(
                        "array 'image' of F, wanted for input 'integers', holds float32, which is not converted to int64; "
                                + "convert it where it is saved",
                        "array 'y' of F, wanted for input 'texts', holds int64, which is not converted to str; convert it "
                                + "where it is saved",
                        "array 'text' of F, wanted for input 'numbers', holds str, which is not converted to float32; "
                                + "convert it where it is saved",
                        "array 'objects' of F, wanted for input 'objects', holds Python objects, which are never "
                                + "unpickled; save objects.astype(\"float32\") if they are numbers, "
                                + "objects.astype(\"str\") if they are text",
                        "array 'image' of F, wanted for the class label, has 4 values a row, where one is wanted; of "
                                + "classes that are one-hot, save image.argmax(axis=1)",
                        "array 'score' of F, wanted for the class label, holds float32, where whole numbers or text are "
                                + "wanted; save score.astype(\"int64\")",
                        "array 'text' of F, wanted for the class label, holds str, where the index of a class is wanted; "
                                + "save whole numbers, or say that the labels are names",
                        "array 'score' of F, wanted for a category, holds float32, where whole numbers or text are "
                                + "wanted; save score.astype(\"int64\")",
                        "array 'text' of F, wanted for a number, holds str, which is no number",
                        "array 'image' of F, wanted for a number, has 4 values a row, where one is wanted; save the one");
    }

    @Test
    void refusesArraysOfDifferentLengths() throws IOException {
        assertThat(problems(npz(), matrix("image", 0, "image"), matrix("long", 0, "long")))
                .containsExactly(
                        "array 'long' of F, wanted for input 'long', has 3 rows, but array 'image' has 2; select "
                                + "those of the same rows");
        assertThat(problems(npz(), matrix("m", 0, "image", "long"))).hasSize(1);
    }

    @Test
    void refusesRowsBeyondTheLimit() throws IOException {
        Path file = csv("a,b,c\n1,2,3\n");
        try (DataFile data = DataFile.open(file, new Limits(100, 11, 10, 10, 10))) {
            assertThat(sentences(data, matrix("m", 0, "*")))
                    .containsExactly(
                            "input 'm' would have 3 values a row of F, which are more than 11 bytes; select fewer");
        }
    }

    @Test
    void countsProblemsOfAFieldBeyondAFew() throws IOException {
        Field.Matrix all = matrix("m", 0, "*");
        Field.Scalar a = new Field.Scalar("a");
        List<String> problems = problems(csv("a,b,c,d,e,f,g\n" + "x,".repeat(6) + "x\n"), all, a);
        assertThat(problems).hasSize(7);
        assertThat(problems.get(4)).startsWith("column 'e' of F, wanted for input 'm', has 'x' in its first row");
        assertThat(problems.get(5)).isEqualTo("problems like these with input 'm' of F: 2 more");
        assertThat(problems.get(6)).startsWith("column 'a' of F, wanted for a number, has 'x' in its first row");
    }

    @Test
    void showsSomeOfManyColumns() throws IOException {
        assertThat(problems(csv("a,b,c,d,e,f,g\n"), new Field.Scalar("something else")))
                .containsExactly(
                        "F has no column 'something else' for a number; it has 'a', 'b', 'c', 'd', 'e' and 2 more");
    }

    @Test
    void wantsSomethingToSelect() throws IOException {
        try (DataFile data = DataFile.open(csv("a\n"))) {
            assertThatThrownBy(() -> data.select(List.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void givesReadersThatDoNotDisturbEachOther() throws IOException {
        for (Path file : List.of(csv("y\n1\n2\n"), npz())) {
            Field.Scalar y = new Field.Scalar("y");
            try (DataFile data = DataFile.open(file)) {
                Selection selection = selected(data, y);
                RowBlock block = selection.newBlock(1, Contents::allocate);
                try (RowReader first = selection.open();
                        RowReader second = selection.open()) {
                    assertThat(first.read(block)).isEqualTo(1);
                    assertThat(second.read(block)).isEqualTo(1);
                    assertThat(block.numbers(y)[0]).isEqualTo(1);
                    assertThat(first.read(block)).isEqualTo(1);
                    assertThat(block.numbers(y)[0]).isEqualTo(2);
                    assertThat(block.firstRow()).isEqualTo(2);
                    assertThat(first.read(block)).isZero();
                    assertThat(block.rows()).isZero();
                    assertThat(first.read(block)).isZero();
                }
            }
        }
    }

    @Test
    void fillsOnlyBlocksOfItsFieldsAndWidths() throws IOException {
        Field.Matrix all = matrix("m", 0, "*");
        for (Path file : List.of(csv("a,b\n1,2\n"), npz(Map.of("x.npy", Npz.npy("<f4", "(1, 2)", Npz.floats(1, 2)))))) {
            try (DataFile data = DataFile.open(file);
                    DataFile narrow = DataFile.open(csv("a\n1\n"));
                    RowReader reader = selected(data, all).open()) {
                RowBlock block = selected(narrow, all).newBlock(1, Contents::allocate);
                assertThatThrownBy(() -> reader.read(block))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("this block was made for 1 values a row of input 'm', but the reader gives 2: make "
                                + "the block from its selection");
                RowBlock other = selected(data, matrix("m", 0, "*")).newBlock(1, Contents::allocate);
                assertThatThrownBy(() -> reader.read(other))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("this block was not made for input 'm'");
            }
        }
    }

    @Test
    void takesOnlyMemoryThatTheWorkerCouldShare() throws IOException {
        Field.Matrix a = matrix("m", 0, "a");
        try (DataFile data = DataFile.open(csv("a\n1\n"))) {
            Selection selection = selected(data, a);
            ByteOrder other =
                    ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            List<ByteBuffer> unfit = List.of(
                    ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()),
                    ByteBuffer.allocateDirect(8).order(other),
                    ByteBuffer.allocateDirect(7).order(ByteOrder.nativeOrder()));
            for (ByteBuffer buffer : unfit) {
                assertThatThrownBy(() -> selection.newBlock(2, (matrix, bytes) -> buffer))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("a direct buffer in native byte order of at least 8 bytes");
            }
            assertThatThrownBy(() -> selection.newBlock(1 << 29, Contents::allocate))
                    .isInstanceOf(ArithmeticException.class);
            assertThatThrownBy(() -> selection.newBlock(0, Contents::allocate))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Field.Matrix matrix(String name, int width, String... columns) {
        return new Field.Matrix(name, ElementType.FLOAT32, List.of(columns), Field.Missing.REFUSE, width);
    }

    private static Selection selected(DataFile data, Field... fields) {
        SelectionResult result = data.select(List.of(fields));
        assertThat(result).isInstanceOf(Selection.class);
        return (Selection) result;
    }

    private static List<String> problems(Path file, Field... fields) {
        try (DataFile data = DataFile.open(file)) {
            return sentences(data, fields);
        }
    }

    private static List<String> sentences(DataFile data, Field... fields) {
        SelectionResult result = data.select(List.of(fields));
        assertThat(result).isInstanceOf(Problems.class);
        return ((Problems) result)
                .list().stream()
                        .map(problem -> problem.sentence().replace(data.path().toString(), "F"))
                        .toList();
    }

    private Path csv(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "table", ".csv"), text);
    }

    private Path npz() throws IOException {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("image.npy", Npz.npy("<f4", "(2, 2, 2)", Npz.floats(1, 2, 3, 4, 5, 6, 7, 8)));
        arrays.put("y.npy", Npz.npy("<i8", "(2,)", Npz.longs(1, 2)));
        arrays.put("long.npy", Npz.npy("<i8", "(3,)", Npz.longs(0, 1, 1)));
        arrays.put("score.npy", Npz.npy("<f4", "(2,)", Npz.floats(1, 2)));
        arrays.put("text.npy", Npz.npy("|S1", "(2,)", "ab".getBytes(StandardCharsets.US_ASCII)));
        arrays.put("objects.npy", Npz.npy("|O", "(2,)", new byte[10]));
        return npz(arrays);
    }

    private Path npz(Map<String, byte[]> arrays) throws IOException {
        return Files.write(Files.createTempFile(folder, "arrays", ".npz"), Npz.stored(arrays));
    }
}
