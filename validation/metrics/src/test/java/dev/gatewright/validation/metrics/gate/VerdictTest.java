// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Verdicts combine as a conjunction of unknowns. */
class VerdictTest {
    /** From the one that decides most to the one that needs all others. */
    private static final List<Verdict> BY_WEIGHT =
            List.of(Verdict.FAILED, Verdict.NOT_EVALUATED, Verdict.INCONCLUSIVE, Verdict.PASSED);

    @Seeded(cases = 200)
    void theHeaviestVerdictDecidesWhateverTheOrder(Gen gen) {
        List<Verdict> verdicts = gen.listOf(gen.integer(1, 6), () -> gen.oneOf(Verdict.values()));
        Verdict expected =
                BY_WEIGHT.stream().filter(verdicts::contains).findFirst().orElseThrow();

        assertThat(Verdict.combine(verdicts)).isEqualTo(expected);
        assertThat(Verdict.combine(gen.shuffled(verdicts))).isEqualTo(expected);
    }

    @Seeded(cases = 100)
    void oneVerdictMoreNeverMakesItPass(Gen gen) {
        List<Verdict> verdicts = gen.listOf(gen.integer(1, 5), () -> gen.oneOf(Verdict.values()));
        List<Verdict> more = new ArrayList<>(verdicts);
        more.add(gen.oneOf(Verdict.values()));

        if (Verdict.combine(verdicts) != Verdict.PASSED) {
            assertThat(Verdict.combine(more)).isNotEqualTo(Verdict.PASSED);
        }
    }

    @Test
    void nothingJudgedIsNotEvaluated() {
        assertThat(Verdict.combine(List.of())).isEqualTo(Verdict.NOT_EVALUATED);
        assertThat(GateResult.combine(List.of())).isEqualTo(Verdict.NOT_EVALUATED);
    }

    @Test
    void aJudgedWarningCountsAsPassed() {
        Gate warning =
                Fixtures.withOnFailure(Fixtures.gate(Fixtures.ACCURACY, 0.95, Fixtures.min(0.9)), OnFailure.WARN);
        GateResult failed = GateJudge.judge(warning, Fixtures.whole(Fixtures.sampled(0.8, 0.7, 0.85, 10)));
        GateResult open = GateJudge.judge(warning, Fixtures.whole(Fixtures.sampled(0.9, 0.85, 0.95, 10)));
        GateResult passed = GateJudge.judge(warning, Fixtures.whole(Fixtures.sampled(0.95, 0.92, 0.97, 10)));

        assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(open.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(List.of(failed, open)).allMatch(GateResult::isWarning);
        assertThat(passed.isWarning()).isFalse();
        assertThat(GateResult.combine(List.of(failed, open, passed))).isEqualTo(Verdict.PASSED);
    }

    @Test
    void aWarningThatCouldNotBeJudgedIsNotEvaluated() {
        Gate warning =
                Fixtures.withOnFailure(Fixtures.gate(Fixtures.ACCURACY, null, Fixtures.min(0.9)), OnFailure.WARN);
        GateResult missing = GateJudge.judge(warning, new Evidence.Missing("the worker crashed"));

        assertThat(missing.isWarning()).isFalse();
        assertThat(GateResult.combine(List.of(missing))).isEqualTo(Verdict.NOT_EVALUATED);
    }

    @ParameterizedTest
    @EnumSource(
            value = OnFailure.class,
            names = {"BLOCK", "APPROVE"})
    void onlyAWarningIsOne(OnFailure onFailure) {
        Gate gate = Fixtures.withOnFailure(Fixtures.gate(Fixtures.ACCURACY, null, Fixtures.min(0.9)), onFailure);
        GateResult failed = GateJudge.judge(gate, Fixtures.whole(Fixtures.sampled(0.8, 0.7, 0.85, 10)));

        assertThat(failed.isWarning()).isFalse();
        assertThat(GateResult.combine(List.of(failed))).isEqualTo(Verdict.FAILED);
    }
}
