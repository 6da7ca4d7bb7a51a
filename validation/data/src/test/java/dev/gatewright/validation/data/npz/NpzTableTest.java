// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.npz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.testkit.numpy.Npz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTableTest {
    @TempDir
    Path folder;

    @Test
    void readsEachFieldFromItsArrays() throws IOException {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("x.npy", Npz.npy("<f4", "(3, 1, 2)", Npz.floats(1, 2, 3, 4, 5, 6)));
        arrays.put("age.npy", Npz.npy("<i8", "(3,)", Npz.longs(30, 40, 50)));
        arrays.put("digit.npy", Npz.npy("<i8", "(3, 1)", Npz.longs(7, 5, 7)));
        arrays.put("writer.npy", Npz.npy("|S3", "(3,)", "annbobann".getBytes(StandardCharsets.US_ASCII)));
        for (byte[] archive : List.of(Npz.stored(arrays), Npz.deflated(arrays))) {
            Path file = Files.write(folder.resolve("a.npz"), archive);
            Field.Matrix x = new Field.Matrix("x", ElementType.FLOAT32, List.of("x"));
            Field.Matrix both = new Field.Matrix("both", ElementType.FLOAT32, List.of("age", "?"));
            Field.Matrix texts = new Field.Matrix("texts", ElementType.STRING, List.of("writer"));
            Field.ClassLabel named = new Field.ClassLabel("digit", List.of("5", "7"), Field.Spelling.NAME);
            Field.Scalar age = new Field.Scalar("age");
            Field.Category digit = new Field.Category("digit");
            Field.Category writer = new Field.Category("writer");

            Contents contents = Contents.of(file, 2, x, both, texts, named, age, digit, writer);

            assertThat(contents.rows()).isEqualTo(3);
            assertThat(contents.floats(x)).containsExactly(1f, 2f, 3f, 4f, 5f, 6f);
            assertThat(contents.floats(both)).containsExactly(30f, 1f, 2f, 40f, 3f, 4f, 50f, 5f, 6f);
            assertThat(contents.values(texts)).containsExactly("ann", "bob", "ann");
            assertThat(contents.values(named)).containsExactly(1, 0, 1);
            assertThat(contents.values(age)).containsExactly(30.0, 40.0, 50.0);
            assertThat(contents.texts(digit)).containsExactly("7", "5", "7");
            assertThat(contents.texts(writer)).containsExactly("ann", "bob", "ann");
        }
    }

    @Test
    void spellsBooleansAndLargeNumbersAsNumpyDoes() throws IOException {
        Map<String, byte[]> arrays = Map.of(
                "b.npy", Npz.npy("|b1", "(2,)", new byte[] {0, 1}),
                "u.npy", Npz.npy("<u8", "(2,)", Npz.longs(-1, 1000)));
        Path file = Files.write(folder.resolve("a.npz"), Npz.stored(arrays));
        Field.ClassLabel truth = new Field.ClassLabel("b", List.of("True", "False"), Field.Spelling.NAME);
        Field.ClassLabel number =
                new Field.ClassLabel("u", List.of("1000", "18446744073709551615"), Field.Spelling.NAME);
        Field.Category category = new Field.Category("u");
        Contents contents = Contents.of(file, 2, truth, number, category);
        assertThat(contents.values(truth)).containsExactly(1, 0);
        assertThat(contents.values(number)).containsExactly(1, 0);
        assertThat(contents.texts(category)).containsExactly("18446744073709551615", "1000");
    }

    @Test
    void handsNanOverWhereThatIsSaid() throws IOException {
        Path file = folder.resolve("a.npz");
        Files.write(file, Npz.stored(Map.of("x.npy", Npz.npy("<f4", "(2,)", Npz.floats(1, Float.NaN)))));
        for (ElementType type : List.of(ElementType.FLOAT16, ElementType.FLOAT32, ElementType.FLOAT64)) {
            Field.Matrix x = new Field.Matrix("x", type, List.of("x"), Field.Missing.NAN, 1);
            assertThat(Contents.of(file, 2, x).rows()).isEqualTo(2);
        }
    }

    @Test
    void saysWhatTheArraysHoldAndWhatOfThemCannotBeRead() throws IOException {
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        arrays.put("images.npy", Npz.npy("<f4", "(2, 1, 2)", Npz.floats(1, 2, 3, 4)));
        arrays.put("none.npy", Npz.npy("<f4", "(0, 3)", new byte[0]));
        arrays.put("rowless.npy", Npz.npy("<f4", "()", Npz.floats(1)));
        arrays.put("narrow.npy", Npz.npy("<f4", "(2, 0)", new byte[0]));
        arrays.put("objects.npy", Npz.npy("|O", "(2,)", new byte[100]));
        arrays.put("complex.npy", Npz.npy("<c8", "(2,)", new byte[16]));
        arrays.put("times.npy", Npz.npy("<M8[ns]", "(2,)", new byte[16]));
        arrays.put("empty.npy", Npz.npy("<U0", "(2,)", new byte[0]));
        arrays.put(
                "records.npy",
                Npz.npy(
                        "{'descr': [('a', '<f4'), ('b', '<i4', (2, 2))], 'fortran_order': False, 'shape': (2,), }",
                        new byte[40]));
        arrays.put(
                "columns.npy",
                Npz.npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }", Npz.floats(1, 2, 3, 4)));
        arrays.put(
                "column.npy", Npz.npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1), }", Npz.floats(1, 2)));
        try (DataFile file = DataFile.open(Files.write(folder.resolve("a.npz"), Npz.stored(arrays)))) {
            Map<String, Object> contents = new LinkedHashMap<>();
            for (Column column : file.columns()) {
                contents.put(column.name(), column.content());
            }
            assertThat(contents)
                    .containsEntry("images", new Column.Values(ElementType.FLOAT32, List.of(1, 2), 2, 2))
                    .containsEntry("none", new Column.Values(ElementType.FLOAT32, List.of(3), 3, 0))
                    .containsEntry("column", new Column.Values(ElementType.FLOAT32, List.of(1), 1, 2))
                    .containsEntry(
                            "rowless",
                            new Column.Unreadable("a single value, which has no rows", "save one value for each row"))
                    .containsEntry(
                            "narrow",
                            new Column.Unreadable("rows of no values", "save at least one value for each row"))
                    .containsEntry(
                            "objects",
                            new Column.Unreadable(
                                    "Python objects, which are never unpickled",
                                    "save objects.astype(\"float32\") if they are numbers, objects.astype(\"str\") if they are "
                                            + "text"))
                    .containsEntry(
                            "complex", new Column.Unreadable("elements of the type '<c8'", "save numbers or text"))
                    .containsEntry(
                            "times", new Column.Unreadable("elements of the type '<M8[ns]'", "save numbers or text"))
                    .containsEntry("empty", new Column.Unreadable("elements of the type '<U0'", "save numbers or text"))
                    .containsEntry(
                            "records",
                            new Column.Unreadable(
                                    "records of several fields", "save each field as an array of its own"))
                    .containsEntry(
                            "columns",
                            new Column.Unreadable(
                                    "its columns one after the other (Fortran order), not its rows",
                                    "save numpy.ascontiguousarray(columns)"));
        }
    }

    @Test
    void readsADirectoryThatIsTooLongForOldTools() throws IOException {
        int many = 70_000;
        byte[] one = Npz.npy("<f4", "(1,)", Npz.floats(1));
        byte[] last = Npz.npy("<f4", "(1,)", Npz.floats(2));
        Map<String, byte[]> arrays = new LinkedHashMap<>();
        for (int i = 1; i < many; i++) {
            arrays.put("x" + i + ".npy", one);
        }
        arrays.put("last.npy", last);
        Path file = Files.write(folder.resolve("many.npz"), Npz.stored(arrays));
        Field.Matrix x = new Field.Matrix("x", ElementType.FLOAT32, List.of("x7", "last"));
        assertThat(Contents.of(file, 1, x).floats(x)).containsExactly(1f, 2f);
    }
}
