// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluatemetrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerCheckTest {
    private EvaluationFolder folder;

    @BeforeEach
    void makeFolder(@TempDir Path path) throws IOException {
        folder = new EvaluationFolder(path)
                .writeRows()
                .writeModel("model.onnx", 0)
                .writeModel("champion.onnx", 0);
        folder.head("baseline: {policy: pinned, path: champion.onnx, digest: \""
                + EvaluationFolder.digest(folder.path("champion.onnx")) + "\"}");
    }

    @Test
    void warnsOfAMarginThatTheRowsCannotShow() throws Exception {
        assertThat(EvaluationFolder.found(
                        folder.ofModel("{metric: accuracy, max-degradation: 0.005, confidence: 0.95}")))
                .singleElement()
                .asString()
                .matches(
                        "warning: max-degradation 0\\.005 of accuracy is finer than what about 400 rows can show, 0\\.03\\d* where"
                                + " the two models differ on 5% of them, so it will probably be INCONCLUSIVE; it takes about 1\\d{4}"
                                + " rows, or a larger margin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-degradation: 0.005|true",
                "max-degradation: 0.03|true",
                "max-degradation: 0.04|false",
                "max-degradation: 0.2, confidence: 0.95|false",
                "max-degradation-percent: 1|true",
                "max-degradation-percent: 10|false",
                "max-degradation: 0|true",
                "min: 0.9|false",
                "min-improvement: 0.001, confidence: 0.95|false",
            })
    void warnsOfThoseAlone(String bound, boolean warned) throws Exception {
        List<String> found = EvaluationFolder.found(folder.ofModel("{metric: accuracy, " + bound + "}"));

        assertThat(found).hasSize(warned ? 1 : 0);
    }

    @Test
    void saysThatChanceDecidesWithoutAConfidence() throws Exception {
        assertThat(EvaluationFolder.found(folder.ofModel("{metric: accuracy, max-degradation: 0.005}")))
                .singleElement()
                .asString()
                .contains("so chance may decide it");
        assertThat(EvaluationFolder.found(folder.ofModel("{metric: accuracy, max-degradation: 0}")))
                .singleElement()
                .asString()
                .endsWith("it takes a larger margin");
    }

    @Test
    void warnsOfNothingWhoseNoiseIsNotKnown() throws Exception {
        assertThat(EvaluationFolder.found(folder.ofModel("{metric: log_loss, max-degradation: 0.0001}")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'a,b', 0", "'a,b\n', 0", "'a,b\n1,2', 1", "'a,b\n1,2\n', 1", "'a,b\r\n1,2\r\n3,4\r\n', 2", "'', 0"})
    void countsRows(String text, long rows, @TempDir Path path) throws Exception {
        assertThat(RowCount.of(Files.writeString(path.resolve("a.csv"), text))).isEqualTo(rows);
    }

    @Test
    void takesTheStartOfALargeFileForTheRest(@TempDir Path path) throws Exception {
        byte[] line = "123456789,123456\n".getBytes(StandardCharsets.US_ASCII);
        byte[] block = new byte[line.length << 16];
        for (int i = 0; i < block.length; i++) {
            block[i] = line[i % line.length];
        }
        long rows = 0;
        try (OutputStream out = Files.newOutputStream(path.resolve("a.csv"))) {
            for (long bytes = 0; bytes < 2L * RowCount.MOST_READ; bytes += block.length) {
                out.write(block);
                rows += 1 << 16;
            }
        }

        assertThat(RowCount.of(path.resolve("a.csv"))).isBetween(rows - rows / 1000, rows + rows / 1000);
    }
}
