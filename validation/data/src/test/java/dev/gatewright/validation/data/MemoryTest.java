// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.data.rows.RowBlock;
import dev.gatewright.validation.data.rows.RowReader;
import dev.gatewright.validation.testkit.numpy.Npz;
import dev.gatewright.validation.testkit.parquet.ParquetBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    private static final int ROWS = 1_000_000;
    private static final int WIDTH = 50;

    @TempDir
    Path folder;

    @Test
    void readsFilesOf200MegabytesInAHeapOf64() throws IOException, InterruptedException {
        Path csv = writeCsv(folder.resolve("large.csv"));
        byte[] npy = Npz.npy("<f4", "(" + ROWS + ", " + WIDTH + ")", new byte[ROWS * WIDTH * Float.BYTES]);
        Path npz = Files.write(folder.resolve("large.npz"), Npz.deflated(Map.of("x0.npy", npy)));
        ParquetBytes columns = new ParquetBytes(ROWS);
        for (int i = 0; i < WIDTH; i++) {
            columns.zeros("x" + i, ROWS / 16);
        }
        Path parquet = Files.write(folder.resolve("large.parquet"), columns.file());
        assertThat(Files.size(csv)).isGreaterThan(200_000_000);
        assertThat(npy).hasSizeGreaterThan(200_000_000);

        Process reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=4m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadAll.class.getName(),
                        csv.toString(),
                        npz.toString(),
                        parquet.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(reader.waitFor()).as(output).isZero();
        assertThat(output).isEqualTo((ROWS + " rows\n").repeat(3));
    }

    private static Path writeCsv(Path file) throws IOException {
        byte[] thousandRows = ("0.5," + "x".repeat(196) + "\n").repeat(1000).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("x0,text\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < ROWS / 1000; i++) {
                out.write(thousandRows);
            }
        }
        return file;
    }

    /** The program of the small heap. */
    static final class ReadAll {
        private ReadAll() {}

        public static void main(String[] files) {
            for (String name : files) {
                Field.Matrix x = new Field.Matrix("x", ElementType.FLOAT32, List.of("x*"));
                try (DataFile file = DataFile.open(Path.of(name))) {
                    Selection selection = (Selection) file.select(List.of(x));
                    RowBlock block = selection.newBlock(64, Contents::allocate);
                    long rows = 0;
                    try (RowReader reader = selection.open()) {
                        while (reader.read(block) > 0) {
                            rows += block.rows();
                        }
                    }
                    file.digest();
                    file.verifyUnchanged();
                    System.out.print(rows + " rows\n");
                }
            }
        }
    }
}
