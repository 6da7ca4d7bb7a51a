// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.metrics.catalogue.DataMetrics;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakageTest {
    private static final MetricChoice LEAKAGE = MetricChoice.of(DataMetrics.LEAKAGE, List.of());

    @TempDir
    Path folder;

    @Seeded(cases = 5)
    void isTheShareOfRowsWhoseInputsAreInTheTrainingData(Gen gen) throws InterruptedException {
        List<LabelledRows.Row> rows =
                new ArrayList<>(LabelledRows.random(gen, 700).rows());
        rows.add(rows.get(3)); // also a row that is there twice counts twice
        List<LabelledRows.Row> training =
                new ArrayList<>(LabelledRows.random(gen, 900).rows());
        for (int i = gen.integer(1, 200); i > 0; i--) {
            LabelledRows.Row row = gen.oneOf(rows);
            training.add(gen.integer(0, training.size()), new LabelledRows.Row(2 - row.label(), row.x(), "dora"));
        }
        Set<List<Integer>> known = new HashSet<>();
        training.forEach(row -> known.add(row.x()));
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (known.contains(rows.get(i).x())) {
                expected.add(i + 1L);
            }
        }

        Evaluation evaluation = judge(rows, training, Gates.max(LEAKAGE, 0));

        assertThat(evaluation.leakage()).isNotNull();
        assertThat(evaluation.leakage().seen()).isEqualTo(expected.size());
        assertThat(evaluation.leakage().first()).isEqualTo(expected.subList(0, Math.min(10, expected.size())));
        assertThat(evaluation.leakage().trainingRows()).isEqualTo(training.size());
        assertThat(evaluation.gates().get(0).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(evaluation.gates().get(0).findings().get(0).value())
                .isEqualTo((double) expected.size() / rows.size());
    }

    @Test
    void isZeroWhereTheTrainingHasOtherRows() throws InterruptedException {
        Gen gen = new Gen(7);
        Evaluation evaluation = judge(
                LabelledRows.random(gen, 300).rows(),
                LabelledRows.random(gen, 300).rows(),
                Gates.max(LEAKAGE, 0));

        assertThat(evaluation.gates().get(0).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(evaluation.leakage().first()).isEmpty();
    }

    @Test
    void isNotLookedForWhereNoGateAsks() throws InterruptedException {
        List<LabelledRows.Row> rows = LabelledRows.random(new Gen(8), 100).rows();

        assertThat(judge(rows, rows, Gates.min(Gates.ACCURACY, 0)).leakage()).isNull();
    }

    @Test
    void isNotEvaluatedWithoutTrainingData() throws InterruptedException {
        Path data = LabelledRows.random(new Gen(9), 100).writeTo(folder.resolve("rows.csv"));
        Evaluation evaluation = Judging.model(Models.largest(folder, "N"), data)
                .gates(Gates.max(LEAKAGE, 1))
                .judge();

        assertThat(evaluation.gates().get(0).verdict()).isEqualTo(Verdict.NOT_EVALUATED);
    }

    private Evaluation judge(List<LabelledRows.Row> rows, List<LabelledRows.Row> training, Gate gate)
            throws InterruptedException {
        return Judging.model(Models.largest(folder, "N"), new LabelledRows(rows).writeTo(folder.resolve("rows.csv")))
                .trainedOn(new LabelledRows(training).writeTo(folder.resolve("train.csv")))
                .gates(gate)
                .judge();
    }
}
