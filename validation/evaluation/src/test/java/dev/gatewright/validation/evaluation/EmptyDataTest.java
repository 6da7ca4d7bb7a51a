// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without rows nothing passes, not even a gate that looks at no row. */
class EmptyDataTest {
    private static final Gate[] GATES = {
        Gates.min(Gates.ACCURACY, 0),
        Gates.max(Gates.LOG_LOSS, 1e9),
        Gates.notWorse(Gates.ACCURACY, 1),
        Gates.onSlices(Gates.ACCURACY, "writer", 0),
        Gates.max(Gates.LATENCY, 1e9),
        Gates.max(Gates.SIZE, 1e9)
    };

    @TempDir
    Path folder;

    @Test
    void noGateOnAModelPasses() throws InterruptedException {
        Path data = new LabelledRows(List.of()).writeTo(folder.resolve("rows.csv"));
        Path model = Models.favouring(folder, 100);

        for (Path baseline : List.of(model, Models.favouring(folder, 200))) {
            assertNothingIsEvaluated(Judging.model(model, data)
                    .slices("writer")
                    .against(baseline, null)
                    .gates(GATES)
                    .judge());
        }
    }

    @Test
    void noGateOnPredictionsPasses() throws InterruptedException {
        Path data = new LabelledRows(List.of()).writeTo(folder.resolve("rows.csv"));
        assertNothingIsEvaluated(
                Judging.predictions(data, "said").slices("writer").gates(GATES).judge());
    }

    @Test
    void aFileWithoutAHeaderIsRefused() throws IOException {
        Path data = Files.createFile(folder.resolve("rows.csv"));
        assertThatThrownBy(() -> Judging.model(Models.favouring(folder, 0), data)
                        .gates(GATES)
                        .judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessageContaining("rows.csv");
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Judging.model(Models.favouring(folder, 0), folder.resolve("rows.csv"))
                        .gates(GATES)
                        .judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessageContaining("rows.csv: found nothing, expected a data file");
    }

    private static void assertNothingIsEvaluated(Evaluation evaluation) {
        assertThat(Results.verdicts(evaluation)).hasSize(GATES.length).containsOnly(Verdict.NOT_EVALUATED);
        assertThat(evaluation.gates())
                .allSatisfy(gate -> assertThat(gate.sentence())
                        .endsWith("there are no rows in " + evaluation.rows().path()));
        assertThat(evaluation.rows().rows()).isZero();
        assertThat(evaluation.measured())
                .allSatisfy(one -> assertThat(one.reading().value()).isNaN());
    }
}
