// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Correction;
import dev.gatewright.validation.metrics.gate.Finding;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.SliceRule;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.metrics.statistics.Tango;
import dev.gatewright.validation.metrics.statistics.Wilson;
import dev.gatewright.validation.testkit.Gen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gates on each value of a column: each is judged on its own rows. */
class SlicesTest {
    @TempDir
    Path folder;

    private LabelledRows rows;
    private Path data;

    /** Two writers with many rows, and two with few. */
    @BeforeEach
    void write() {
        List<LabelledRows.Row> all = new ArrayList<>(
                LabelledRows.random(new Gen(21), 6000).of("anna").rows());
        all.addAll(LabelledRows.random(new Gen(22), 3000).of("ben").rows());
        all.addAll(renamed(LabelledRows.random(new Gen(23), 20), "dora"));
        all.addAll(renamed(LabelledRows.random(new Gen(24), 30), "emil"));
        rows = new LabelledRows(new Gen(25).shuffled(all));
        data = rows.writeTo(folder.resolve("rows.csv"));
    }

    @Test
    void eachValueIsJudgedOnItsOwnRows() throws InterruptedException {
        Gate gate = gate(new Bound(Bound.Kind.MIN, 0.5), null, 0, SliceRule.SmallSlices.INCONCLUSIVE);
        Evaluation evaluation = Judging.model(Models.largest(folder, "N"), data)
                .slices("writer")
                .gates(gate)
                .judge();

        assertThat(evaluation.gates().get(0).findings())
                .extracting(Finding::rows)
                .containsExactly("writer=anna", "writer=ben", "writer=dora", "writer=emil");
        for (Finding finding : evaluation.gates().get(0).findings()) {
            LabelledRows own = rows.of(finding.rows().substring("writer=".length()));
            assertThat(finding.n()).isEqualTo(own.rows().size());
            assertThat(finding.interval())
                    .isEqualTo(new Wilson(own.right(), own.rows().size())
                            .interval(0.95)
                            .orElseThrow());
            assertThat(Results.value(evaluation, "accuracy", finding.rows())).isEqualTo(finding.value());
        }
    }

    @Test
    void smallOnesAreJudgedTogether() throws InterruptedException {
        Gate gate = gate(new Bound(Bound.Kind.MIN, 0.3), null, 50, SliceRule.SmallSlices.POOL);
        Evaluation evaluation = Judging.model(Models.largest(folder, "N"), data)
                .slices("writer")
                .gates(gate)
                .judge();

        List<Finding> findings = evaluation.gates().get(0).findings();
        assertThat(findings)
                .extracting(Finding::rows)
                .containsExactly("writer=anna", "writer=ben", "writer in [dora, emil]");
        assertThat(findings.get(2).n()).isEqualTo(50);
        long right = rows.of("dora").right() + rows.of("emil").right();
        assertThat(findings.get(2).value()).isEqualTo(right / 50.0);
        assertThat(Results.verdicts(evaluation)).containsExactly(Verdict.PASSED);
    }

    @Test
    void eachValueIsComparedOnItsOwnRows() throws InterruptedException {
        Gate gate = gate(new Bound(Bound.Kind.MAX_DEGRADATION, 0.5), "baseline", 0, SliceRule.SmallSlices.INCONCLUSIVE);
        Evaluation evaluation = Judging.model(Models.favouring(folder, 500), data)
                .slices("writer")
                .against(Models.largest(folder, "N"), null)
                .gates(gate)
                .judge();

        for (Finding finding : evaluation.gates().get(0).findings()) {
            LabelledRows own = rows.of(finding.rows().substring("writer=".length()));
            long lost = own.rows().stream()
                    .filter(row -> row.answer() == row.label() && row.largest(500) != row.label())
                    .count();
            long won = own.rows().stream()
                    .filter(row -> row.answer() != row.label() && row.largest(500) == row.label())
                    .count();
            assertThat(finding.interval())
                    .isEqualTo(new Tango(lost, won, own.rows().size())
                            .interval(0.95)
                            .orElseThrow());
        }
    }

    @Test
    void aGateOnASliceThatIsNotReadIsNotEvaluated() throws InterruptedException {
        Evaluation evaluation = Judging.model(Models.largest(folder, "N"), data)
                .gates(Gates.onSlices(Gates.ACCURACY, "writer", 0))
                .judge();

        assertThat(Results.verdicts(evaluation)).containsExactly(Verdict.NOT_EVALUATED);
        assertThat(Results.sentence(evaluation, 0)).endsWith("the data has no slice writer");
    }

    @Test
    void anIdentifierIsNoSlice() throws IOException {
        StringBuilder text = new StringBuilder("label,said,id\n");
        for (int i = 0; i < 10_001; i++) {
            text.append("ant,ant,row").append(i).append('\n');
        }
        Path file = Files.writeString(folder.resolve("ids.csv"), text);
        assertThatThrownBy(() -> Judging.predictions(file, "said").slices("id").judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessageContaining("this looks like an identifier, which cannot be a slice");
    }

    private static List<LabelledRows.Row> renamed(LabelledRows of, String writer) {
        return of.rows().stream()
                .map(row -> new LabelledRows.Row(row.label(), row.x(), writer))
                .toList();
    }

    private static Gate gate(Bound bound, String against, long minSamples, SliceRule.SmallSlices small) {
        return new Gate(
                Gates.ACCURACY,
                List.of(bound),
                0.95,
                against,
                new SliceRule("writer", Correction.HOLM, small),
                minSamples,
                OnFailure.BLOCK);
    }
}
