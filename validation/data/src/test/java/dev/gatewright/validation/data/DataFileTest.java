// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.FileChangedException;
import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DataFileTest {
    private static final Field.Scalar A = new Field.Scalar("a");
    private static final String NAMES =
            "one that ends with .csv, .tsv, .tab, .jsonl or .ndjson, also with .gz or .zst behind it, or with .npz,"
                    + " .npy or .parquet";

    @TempDir
    Path folder;

    static List<Arguments> misnamed() {
        return List.of(
                Arguments.of("data.xlsx", "a", "the name 'data.xlsx', expected " + NAMES),
                Arguments.of("data", "a", "the name 'data', expected " + NAMES),
                Arguments.of("data.gz", "\u001f\u008b", "the name 'data.gz', expected " + NAMES),
                Arguments.of(
                        "data.npz.gz",
                        "\u001f\u008b",
                        "the name 'data.npz.gz', expected " + NAMES
                                + "; unpack it: such a file is compressed inside, where it is at all"),
                Arguments.of("data.csv.gz", "a,b", "text, expected a gzip file, as its name says"),
                Arguments.of("data.csv.gz", "(\u00b5/\u00fd", "a zstd file, expected a gzip file, as its name says"),
                Arguments.of("data.tab.zst", "\u001f\u008b", "a gzip file, expected a zstd file, as its name says"),
                Arguments.of("data.csv", "PK\3\4", "a zip archive, expected text, as its name says"),
                Arguments.of("data.csv", "PAR1", "a Parquet file, expected text, as its name says"),
                Arguments.of("data.csv", "\u001f\u008b", "a gzip file, expected text, as its name says"),
                Arguments.of("data.csv", "(\u00b5/\u00fd", "a zstd file, expected text, as its name says"),
                Arguments.of("data.npz", "a,b", "text, expected a zip archive, as its name says"),
                Arguments.of("data.npz", "PK\5\6", "an empty zip archive, expected a zip archive, as its name says"),
                Arguments.of("data.npz", "\u0093NUMPY", "an NPY file, expected a zip archive, as its name says"));
    }

    @ParameterizedTest
    @MethodSource("misnamed")
    void refusesAnyFileThatIsNotWhatItsNameSays(String name, String begin, String found) throws IOException {
        Path file = Files.write(folder.resolve(name), begin.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> DataFile.open(file))
                .isInstanceOf(BadDataException.class)
                .hasMessage(file + ": found " + found);
    }

    @Test
    void takesTheExtensionInAnyCase() throws IOException {
        Path file = Files.writeString(folder.resolve("DATA.CSV"), "PK,a\n0,1\n");
        assertThat(Contents.of(file, 1, A).values(A)).containsExactly(1.0);
    }

    @Test
    void opensRegularFilesOnly() {
        assertThatThrownBy(() -> DataFile.open(folder.resolve("none.csv")))
                .isInstanceOf(BadDataException.class)
                .hasMessage(folder.resolve("none.csv") + ": found nothing, expected a data file");
        Path device = Path.of("/dev/null");
        Requires.that(Files.exists(device), "needs /dev/null");
        assertThatThrownBy(() -> DataFile.open(device))
                .isInstanceOf(BadDataException.class)
                .hasMessage("/dev/null: found no regular file, expected a data file");
    }

    @Test
    void saysHowToFetchWhatAPointerStandsFor() throws IOException {
        Path lfs = Files.writeString(
                folder.resolve("data.parquet"),
                "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 12\n");
        assertThatThrownBy(() -> DataFile.open(lfs))
                .isInstanceOf(BadDataException.class)
                .hasMessage(lfs + ": found a Git LFS pointer, expected the data that it points to; "
                        + "run git lfs pull --include 'data.parquet' in that folder");

        Path dvc = Files.writeString(folder.resolve("data.csv.dvc"), "outs:\n- md5: 00\n  path: data.csv\n");
        assertThatThrownBy(() -> DataFile.open(folder.resolve("data.csv")))
                .isInstanceOf(BadDataException.class)
                .hasMessage(folder.resolve("data.csv") + ": found nothing but the DVC pointer '" + dvc
                        + "', expected a data file; run dvc pull '" + dvc + "'");
        assertThatThrownBy(() -> DataFile.open(dvc))
                .isInstanceOf(BadDataException.class)
                .hasMessage(dvc + ": found a DVC pointer, expected the data that it points to; run dvc pull '" + dvc
                        + "', and name the file that it brings");
    }

    @Test
    void findsThePointerOfAFolderThatIsNotThere() throws IOException {
        Path dvc = Files.writeString(folder.resolve("data.dvc"), "outs:\n- path: data\n");
        assertThatThrownBy(() -> DataFile.open(folder.resolve("data/2026/rows.csv")))
                .hasMessageEndingWith("; run dvc pull '" + dvc + "'");
    }

    @Test
    void digestsTheBytesOfTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("data.csv"), "abc");
        try (DataFile data = DataFile.open(file)) {
            assertThat(data.digest()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
            data.verifyUnchanged();
        }
        Path large = Files.writeString(folder.resolve("large.csv"), "a".repeat(1_000_000));
        try (DataFile data = DataFile.open(large)) {
            assertThat(data.digest()).isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
        }
    }

    @Test
    void noticesAFileThatIsWrittenTo() throws IOException {
        Path file = Files.writeString(folder.resolve("data.csv"), "a\n1\n");
        try (DataFile data = DataFile.open(file)) {
            Files.writeString(file, "2\n", StandardOpenOption.APPEND);
            FileChangedException e = catchThrowableOfType(FileChangedException.class, data::verifyUnchanged);
            assertThat(e)
                    .hasMessageStartingWith(file + " changed while it was read: it was 4 bytes, modified ")
                    .hasMessageContaining("; it is 6 bytes, modified ")
                    .hasMessageEndingWith("; run again when nothing writes to it");
            assertThat(e.file()).isEqualTo(file);
            assertThat(e.before()).startsWith("4 bytes");
            assertThat(e.now()).startsWith("6 bytes");
        }
    }

    @Test
    void noticesAFileThatIsReplacedByOneOfTheSameSizeAndTime() throws IOException {
        Path file = Files.writeString(folder.resolve("data.csv"), "a\n1\n");
        FileTime time = Files.getLastModifiedTime(file);
        try (DataFile data = DataFile.open(file)) {
            Path other = Files.writeString(folder.resolve("other.csv"), "a\n2\n");
            Files.setLastModifiedTime(other, time);
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(data::verifyUnchanged).isInstanceOf(FileChangedException.class);
        }
    }

    @Test
    void noticesAWriterThatSetsTheTimeBack() throws IOException, InterruptedException {
        Requires.that(folder.getFileSystem().supportedFileAttributeViews().contains("unix"), "needs a Unix");
        Path file = Files.writeString(folder.resolve("data.csv"), "a\n1\n");
        FileTime time = Files.getLastModifiedTime(file);
        try (DataFile data = DataFile.open(file)) {
            Thread.sleep(20); // longer than a tick of the clock that stamps files
            Files.writeString(file, "a\n2\n");
            Files.setLastModifiedTime(file, time);
            assertThatThrownBy(data::verifyUnchanged).isInstanceOf(FileChangedException.class);
        }
    }

    @Test
    void noticesAFileThatIsCutShortWhileItIsRead() throws IOException {
        Path file = Files.writeString(folder.resolve("data.csv"), "a\n" + "1\n".repeat(1_000_000));
        try (DataFile data = DataFile.open(file)) {
            Files.writeString(file, "a\n1\n");
            assertThatThrownBy(() -> readAll(data)).isInstanceOf(FileChangedException.class);
            assertThatThrownBy(data::digest).isInstanceOf(FileChangedException.class);
        }
    }

    @Test
    void refusesToReadOnceItIsClosed() throws IOException {
        DataFile data = DataFile.open(Files.writeString(folder.resolve("data.csv"), "a\n1\n"));
        data.close();
        assertThatThrownBy(() -> readAll(data)).hasMessage("cannot read " + data.path());
    }

    private static void readAll(DataFile data) {
        Selection selection = (Selection) data.select(List.of(A));
        var block = selection.newBlock(64, Contents::allocate);
        try (var reader = selection.open()) {
            while (reader.read(block) > 0) {
                // only read
            }
        }
    }
}
