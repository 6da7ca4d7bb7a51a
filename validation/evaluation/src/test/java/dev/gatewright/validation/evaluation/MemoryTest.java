// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted does not grow with the rows. */
class MemoryTest {
    private static final int ROWS = 1_000_000;
    private static final long LITTLE = 4 << 20;

    @TempDir
    Path folder;

    @Test
    void theMillionthRowTakesNoMoreThanTheHundredThousandth() throws IOException, InterruptedException {
        Path data = millionRows();
        Path model = Models.favouring(folder, 200);
        assertFlat(Judging.predictions(data, "said")
                .slices("writer")
                .gates(Gates.min(Gates.ACCURACY, 0.5), Gates.onSlices(Gates.ACCURACY, "writer", 0.5)));
        assertFlat(Judging.model(model, data)
                .slices("writer")
                .against(Models.favouring(folder, 400), null)
                .gates(Gates.notWorse(Gates.ACCURACY, 0.1), Gates.onSlices(Gates.MACRO_F1, "writer", 0.5)));
    }

    private static void assertFlat(Judging judging) throws InterruptedException {
        long[] early = {0, 0};
        long[] late = {0, 0};
        long[] rowsHeard = {0};
        judging.judge((rows, total) -> {
            rowsHeard[0] = rows;
            if (early[0] == 0 && rows >= ROWS / 10) {
                early[0] = Memory.heap();
                early[1] = Memory.direct();
            }
            if (rows >= ROWS - 4096) {
                late[0] = Memory.heap();
                late[1] = Memory.direct();
            }
        });

        assertThat(rowsHeard[0]).isEqualTo(ROWS);
        assertThat(late[0] - early[0]).isLessThan(LITTLE);
        assertThat(late[1] - early[1]).isLessThan(LITTLE);
    }

    private Path millionRows() throws IOException {
        Path few = LabelledRows.random(new Gen(1), 1000).writeTo(folder.resolve("few.csv"));
        List<String> lines = Files.readAllLines(few);
        byte[] thousand = (String.join("\n", lines.subList(1, lines.size())) + "\n").getBytes(StandardCharsets.UTF_8);
        Path data = folder.resolve("rows.csv");
        try (OutputStream out = Files.newOutputStream(data)) {
            out.write((lines.get(0) + "\n").getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < ROWS / 1000; i++) {
                out.write(thousand);
            }
        }
        return data;
    }
}
