// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluatemetrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
}
