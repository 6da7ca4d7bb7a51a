// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Column;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.FileChangedException;
import dev.gatewright.validation.data.rows.Limits;
import dev.gatewright.validation.testkit.numpy.Npz;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartsTest {
    private static final Field.Matrix X = new Field.Matrix("x", ElementType.FLOAT32, List.of("x*"));
    private static final Field.Matrix TEXT = new Field.Matrix("text", ElementType.STRING, List.of("group", "group2"));
    private static final Field.ClassLabel LABEL = new Field.ClassLabel("label", List.of("a", "b"), Field.Spelling.NAME);
    private static final Field.Category GROUP = new Field.Category("group");
    private static final Field.Category GROUP2 = new Field.Category("group2");
    private static final Field.Scalar Y = new Field.Scalar("x0");
    private static final Field[] ALL = {X, TEXT, LABEL, GROUP, GROUP2, Y};
    private static final String HEADER = "x0,x1,label,group,group2\n";

    @TempDir
    Path folder;

    private Path parts;

    @BeforeEach
    void makeFolder() throws IOException {
        parts = Files.createDirectory(folder.resolve("parts"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 100_000})
    void readsManyFilesAsTheOneThatTheyWereCutFrom(int capacity) throws IOException {
        List<String> rows = rows(1000);
        Path whole = Files.writeString(folder.resolve("whole.csv"), HEADER + String.join("", rows));
        Random random = new Random(11);
        int from = 0;
        for (int part = 10; from < rows.size(); part++) {
            int to = Math.min(rows.size(), from + random.nextInt(part % 3 == 0 ? 2 : 90));
            write("part-" + part + ".csv", HEADER + String.join("", rows.subList(from, to)));
            from = to;
        }
        Files.writeString(parts.resolve("_SUCCESS"), "");
        Files.writeString(parts.resolve(".part-10.csv.crc"), "");

        Contents expected = Contents.of(whole, capacity, ALL);
        for (Path path : List.of(parts, parts.resolve("part-*.csv"))) {
            Contents contents = Contents.of(path, capacity, ALL);
            assertThat(contents.rows()).isEqualTo(1000);
            assertThat(contents.bytes(X)).isEqualTo(expected.bytes(X));
            for (Field field : ALL) {
                assertThat(contents.values(field)).as(field.purpose()).isEqualTo(expected.values(field));
            }
            assertThat(contents.categories(GROUP)).isEqualTo(expected.categories(GROUP));
            assertThat(contents.categories(GROUP2)).isEqualTo(expected.categories(GROUP2));
        }
    }

    @Test
    void takesColumnsByTheirNamesInEachFile() throws IOException {
        write("a.csv", "x0,label,x1\n1,a,2\n");
        write("b.csv", "label,x1,x0\nb,4,3\n");
        Contents contents = Contents.of(parts, 64, X, LABEL);
        assertThat(contents.floats(X)).containsExactly(1f, 2f, 3f, 4f);
        assertThat(contents.values(LABEL)).containsExactly(0, 1);
    }

    @Test
    void readsFilesInTheByteOrderOfTheirNames() throws IOException {
        String[] names = {"10.csv", "9.csv", "B.csv", "a.csv", "\u00e9.csv", "\uff5e.csv", "\ud83d\ude00.csv"};
        for (int i = 0; i < names.length; i++) {
            write(names[i], "x0\n" + i + "\n");
        }
        assertThat(Contents.of(parts, 2, Y).values(Y)).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
    }

    @Test
    void readsFilesOfOneFormatHoweverEachIsCompressed() throws IOException {
        write("a.jsonl", "{\"x0\": 1}\n");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(parts.resolve("b.jsonl.gz")))) {
            out.write("{\"x0\": 2}\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(Contents.of(parts, 2, Y).values(Y)).containsExactly(1.0, 2.0);
    }

    @Test
    void readsNpyFilesOfAFolderAsArraysSideBySide() throws IOException {
        Files.write(parts.resolve("x.npy"), Npz.npy("<f4", "(2, 2)", floats(1, 2, 3, 4)));
        Path y = Files.write(parts.resolve("x0.npy"), Npz.npy("<f4", "(2,)", floats(7, 8)));
        Field.Matrix x = new Field.Matrix("x", ElementType.FLOAT32, List.of("x"));

        Contents contents = Contents.of(parts, 64, x, Y);

        assertThat(contents.floats(x)).containsExactly(1f, 2f, 3f, 4f);
        assertThat(contents.values(Y)).containsExactly(7.0, 8.0);
        assertThat(Contents.of(y, 1, Y).values(Y)).containsExactly(7.0, 8.0);

        Files.write(y, Npz.npy("<f4", "(3,)", floats(7, 8, 9)));
        try (DataFile data = DataFile.open(parts)) {
            assertThat(((Problems) data.select(List.of(x, Y))).list().get(0).sentence())
                    .contains("has 3 rows, but array 'x' has 2");
        }
        Files.write(y, Npz.npy("<f4", "(3,)", floats(7, 8)));
        assertThatThrownBy(() -> DataFile.open(parts))
                .hasMessageStartingWith(y + ", array 'x0': found 8 bytes of elements");
        Files.writeString(y, "\u0093NUMPZ");
        assertThatThrownBy(() -> DataFile.open(parts)).hasMessageContaining("array 'x0': found the begin of an .npy");
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    @Test
    void digestsAsSha256sumDoes() throws Exception {
        write("b.csv", "x0\n2\n");
        write("a.csv", "x0\n1\n");
        String list = sha256("x0\n1\n") + "  a.csv\n" + sha256("x0\n2\n") + "  b.csv\n";
        try (DataFile data = DataFile.open(parts);
                DataFile one = DataFile.open(parts.resolve("a*"))) {
            assertThat(data.digest()).isEqualTo(sha256(list));
            assertThat(data.size()).isEqualTo(10);
            assertThat(data.aboutRows()).isEqualTo(2);
            assertThat(one.digest()).isEqualTo(sha256("x0\n1\n"));
        }
    }

    @Test
    void saysInWhichFileAndRowAnErrorIs() throws IOException {
        write("a.csv", "x0\n1\n2\n");
        write("b.csv", "x0\n3\nfour\n");
        assertThatThrownBy(() -> Contents.of(parts, 64, Y))
                .hasMessage(parts.resolve("b.csv") + ", row 2 (line 3), column 'x0': found 'four', expected a number");
    }

    @Test
    void refusesFilesOfOtherColumns() throws IOException {
        write("a.csv", "x0,x1\n1,2\n");
        Path other = write("b.csv", "x0,x2\n1,2\n");
        assertThatThrownBy(() -> DataFile.open(parts))
                .isInstanceOf(BadDataException.class)
                .hasMessage(other + ", column 'x1': found no such column, expected the same columns in each file of "
                        + parts);
        write("b.csv", "x0,x1,x2\n1,2,3\n");
        assertThatThrownBy(() -> DataFile.open(parts))
                .hasMessageStartingWith(other + ", column 'x2': found a column that is not in 'a.csv', expected the");
    }

    @Test
    void refusesFilesOfOtherShapes() throws IOException {
        write("a.jsonl", "{\"x\": [1, 2]}\n");
        Path other = write("b.jsonl", "{\"x\": [1, 2, 3]}\n");
        assertThatThrownBy(() -> DataFile.open(parts))
                .hasMessageStartingWith(other + ", key 'x': found rows of shape [3] where others have [2], expected");
    }

    @Test
    void knowsOfTextInTheFirstRowOfAnyFile() throws IOException {
        write("a.csv", "x0\n1\n");
        write("b.csv", "x0\nword\n");
        write("c.csv", "x0\n1\n");
        try (DataFile data = DataFile.open(parts)) {
            assertThat(data.columns())
                    .containsExactly(new Column(0, "x0", new Column.Cells(false, "'word'", List.of())));
            assertThat(data.select(List.of(Y))).isInstanceOf(Problems.class);
        }
    }

    @Test
    void boundsTheCategoriesOfAllFilesTogether() throws IOException {
        write("a.csv", "group\na\nb\n");
        write("b.csv", "group\nc\nd\n");
        assertThatThrownBy(() -> Contents.of(parts, new Limits(100, 100, 3, 3, 3), 64, GROUP))
                .hasMessageStartingWith(parts.resolve("b.csv") + ", column 'group': found 'd', expected at most 3");
    }

    @Test
    void refusesWhatIsNoDataFile() throws IOException {
        write("a.csv", "x0\n1\n");
        Path other = write("notes.txt", "");
        assertThatThrownBy(() -> DataFile.open(parts)).hasMessageStartingWith(other + ": found the name 'notes.txt'");
        Files.delete(other);
        other = write("b.jsonl", "{\"x0\": 1}\n");
        assertThatThrownBy(() -> DataFile.open(parts))
                .hasMessage(parts + ": found 'a.csv' and 'b.jsonl', expected files of one format; name those that are"
                        + " meant by a glob");
        Files.delete(other);
        Files.createDirectory(parts.resolve("more"));
        assertThatThrownBy(() -> DataFile.open(parts))
                .hasMessageStartingWith(parts + ": found the folder 'more', expected files only");
        assertThat(Contents.of(parts.resolve("*.csv"), 1, Y).values(Y)).containsExactly(1.0);
    }

    @Test
    void refusesAFolderOrAGlobWithoutFiles() {
        assertThatThrownBy(() -> DataFile.open(parts)).hasMessageStartingWith(parts + ": found an empty folder");
        Path glob = parts.resolve("*.csv");
        assertThatThrownBy(() -> DataFile.open(glob)).hasMessageStartingWith(glob + ": found no file of such a name");
        Path nowhere = folder.resolve("nowhere/*.csv");
        assertThatThrownBy(() -> DataFile.open(nowhere)).hasMessageStartingWith(nowhere + ": found nothing");
        Path middle = folder.resolve("par*/a.csv");
        assertThatThrownBy(() -> DataFile.open(middle)).hasMessageEndingWith("not in a folder's");
    }

    @Test
    void refusesLinksThatLeaveTheFolder() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.csv"), "x0\n1\n");
        Files.createSymbolicLink(parts.resolve("a.csv"), outside);
        assertThatThrownBy(() -> DataFile.open(parts))
                .hasMessageContaining("found the link 'a.csv', which leads out of the folder");
        Files.delete(parts.resolve("a.csv"));
        write("b.csv", "x0\n2\n");
        Files.createSymbolicLink(parts.resolve("a.csv"), Path.of("b.csv"));
        assertThat(Contents.of(parts, 1, Y).values(Y)).containsExactly(2.0, 2.0);
    }

    @Test
    void noticesFilesThatAreWrittenAddedOrRemoved() throws IOException {
        write("a.csv", "x0\n1\n");
        Path b = write("b.csv", "x0\n2\n");
        try (DataFile data = DataFile.open(parts)) {
            data.verifyUnchanged();
            Path c = write("c.csv", "x0\n3\n");
            assertThatThrownBy(data::verifyUnchanged)
                    .isInstanceOf(FileChangedException.class)
                    .hasMessageContaining("it was 2 files; it is 3 files");
            Files.delete(c);
            data.verifyUnchanged();
            write("b.csv", "x0\n22\n");
            assertThatThrownBy(data::verifyUnchanged)
                    .isInstanceOf(FileChangedException.class)
                    .hasMessageStartingWith(b + " changed");
            assertThatThrownBy(data::digest).isInstanceOf(FileChangedException.class);
            assertThatThrownBy(() -> ((Selection) data.select(List.of(Y)))
                            .open()
                            .read(((Selection) data.select(List.of(Y))).newBlock(8, Contents::allocate)))
                    .isInstanceOf(FileChangedException.class);
        }
    }

    @Test
    void takesAFileWhoseNameIsAGlob() throws IOException {
        write("*.csv", "x0\n1\n");
        write("a.csv", "x0\n2\n");
        assertThat(Contents.of(parts.resolve("*.csv"), 1, Y).values(Y)).containsExactly(1.0);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(parts.resolve(name), text);
    }

    private static List<String> rows(int count) {
        Random random = new Random(5);
        return random.ints(count)
                .mapToObj(i -> random.nextFloat() + "," + i + "," + (i % 2 == 0 ? "a" : "b") + ",g" + (i & 15) + ",h"
                        + (i & 7) + "\n")
                .toList();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
