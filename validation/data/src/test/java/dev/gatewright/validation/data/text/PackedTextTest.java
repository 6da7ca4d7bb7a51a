// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.data.Contents;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.Field;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTextTest {
    private static final Field.Scalar A = new Field.Scalar("a");
    private static final int ROWS = 40_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void readsAnyNumberOfPartsAsOneText(Packing packing) throws IOException {
        String text = text();
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        for (String part : new String[] {text.substring(0, 1), "", text.substring(1, 70_001), text.substring(70_001)}) {
            parts.writeBytes(pack(packing, part));
        }
        Path file = Files.write(folder.resolve("data.csv" + packing.extension()), parts.toByteArray());

        Contents contents = Contents.of(file, 64, A);

        assertThat(contents.rows()).isEqualTo(ROWS);
        assertThat(contents.values(A).get(ROWS - 1))
                .isEqualTo(Double.valueOf(text.lines().toList().get(ROWS)));
        try (DataFile data = DataFile.open(file)) {
            assertThat(data.aboutRows()).isEqualTo(ROWS);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void refusesAFileThatWasCutShortAnywhere(Packing packing) throws IOException {
        byte[] whole = pack(packing, text());
        for (int bytes = 4; bytes < whole.length; bytes += 1 + whole.length / 97) {
            refuses(packing, Arrays.copyOf(whole, bytes));
        }
        refuses(packing, Arrays.copyOf(whole, whole.length - 1));
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void refusesWhatFollowsThatIsNotOfTheFormat(Packing packing) throws IOException {
        byte[] whole = pack(packing, text());
        byte[] longer = Arrays.copyOf(whole, whole.length + 20);
        refuses(packing, longer);
        Arrays.fill(longer, whole.length, longer.length, (byte) 'x');
        refuses(packing, longer);
    }

    @Test
    void refusesAGzipFileOfWhichALaterMemberIsDamaged() throws IOException {
        byte[] one = pack(Packing.GZIP, "a\n1\n2\n");
        for (int at = 0; at < one.length; at++) {
            boolean tellsNothing = at >= 4 && at <= 9; // the time, the level, and the system
            if (!tellsNothing) {
                byte[] other = one.clone();
                other[at] ^= 0x55;
                ByteArrayOutputStream both = new ByteArrayOutputStream();
                both.writeBytes(one);
                both.writeBytes(other);
                refuses(Packing.GZIP, both.toByteArray());
            }
        }
    }

    /** Found by the fuzzer: headers of frames with sizes that are not there, or beyond all numbers. */
    @ParameterizedTest
    @ValueSource(
            strings = {"28b52ffdf8ffffcf0200da00fffffffffffbffffffffffffff", "28b52ffdf8f5e52eafbeadc72813130e0e132f"})
    void refusesAZstdFrameOfNoSize(String header) throws IOException {
        refuses(Packing.ZSTD, HexFormat.of().parseHex(header));
    }

    @Test
    void skipsTheNameAndCommentOfAGzipMember() throws IOException {
        byte[] plain = pack(Packing.GZIP, "a\n7\n");
        ByteArrayOutputStream named = new ByteArrayOutputStream();
        named.write(plain, 0, 3);
        named.write(2 | 4 | 8 | 16);
        named.write(plain, 4, 6);
        named.writeBytes(new byte[] {3, 0, 'e', 'x', 't'});
        named.writeBytes("data.csv\0a comment\0".getBytes(StandardCharsets.US_ASCII));
        named.writeBytes(new byte[] {1, 2});
        named.write(plain, 10, plain.length - 10);

        Path file = Files.write(folder.resolve("named.csv.gz"), named.toByteArray());

        assertThat(Contents.of(file, 1, A).values(A)).containsExactly(7.0);
    }

    @Test
    void refusesABombByTheSizeOfItsFirstCell() throws IOException {
        Path bomb = folder.resolve("bomb.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
            byte[] zeros = new byte[1 << 20];
            Arrays.fill(zeros, (byte) '0');
            for (int i = 0; i < 100; i++) {
                out.write(zeros);
            }
        }
        assertThatThrownBy(() -> DataFile.open(bomb))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("found a cell of more than 1048576 bytes");
    }

    @ParameterizedTest
    @CsvSource({"'a,b', 0", "'a,b\n', 0", "'a,b\n1,2', 1", "'a,b\n1,2\n', 1", "'a,b\r\n1,2\r\n3,4\r\n', 2"})
    void countsRows(String text, long rows) throws IOException {
        try (DataFile data = DataFile.open(Files.writeString(folder.resolve("a.csv"), text))) {
            assertThat(data.aboutRows()).isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "GZIP"})
    void takesTheStartOfALargeFileForTheRest(Packing packing) throws IOException {
        byte[] block = "123456789,123456\n".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        long rows = 0;
        Path file = folder.resolve("a.csv" + packing.extension());
        try (OutputStream out = packer(packing, Files.newOutputStream(file))) {
            for (long bytes = 0; bytes < 2L << 26; bytes += block.length) {
                out.write(block);
                rows += 1 << 16;
            }
        }
        try (DataFile data = DataFile.open(file)) {
            assertThat(data.aboutRows()).isBetween(rows - rows / 100, rows + rows / 100);
        }
    }

    private void refuses(Packing packing, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("bad.csv" + packing.extension()), bytes);
        assertThatThrownBy(() -> Contents.of(file, 64, A))
                .isInstanceOf(BadDataException.class)
                .hasMessageContainingAll("bad.csv", "copy or save");
    }

    private static String text() {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder("a\n");
        for (int i = 0; i < ROWS; i++) {
            text.append(random.nextInt()).append('\n');
        }
        return text.toString();
    }

    private static byte[] pack(Packing packing, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packer(packing, bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static OutputStream packer(Packing packing, OutputStream out) throws IOException {
        return switch (packing) {
            case NONE -> out;
            case GZIP -> new GZIPOutputStream(out);
            case ZSTD -> new ZstdOutputStream(out);
        };
    }
}
