// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.gate;

import static dev.gatewright.validation.metrics.gate.Fixtures.ACCURACY;
import static dev.gatewright.validation.metrics.gate.Fixtures.sampled;
import static dev.gatewright.validation.metrics.gate.Fixtures.sliceGate;
import static dev.gatewright.validation.metrics.gate.Fixtures.slices;
import static dev.gatewright.validation.metrics.gate.Fixtures.withMinSamples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatewright.validation.metrics.gate.SliceRule.SmallSlices;
import dev.gatewright.validation.metrics.statistics.Wilson;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A gate on each value of a slice. */
class SliceJudgeTest {
    private static final Reading GOOD = sampled(0.97, 0.95, 0.99, 300, 1);
    private static final Reading OPEN = sampled(0.91, 0.88, 0.95, 300, 1);

    @Test
    void everyValueMustHoldAtItsOwnLevel() {
        Gate gate = sliceGate(0.9, 0, Correction.HOLM, SmallSlices.INCONCLUSIVE);
        assertThat(verdict(gate, Map.of("1", GOOD, "2", GOOD))).isEqualTo(Verdict.PASSED);
        assertThat(verdict(gate, Map.of("1", GOOD, "2", OPEN))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict(gate, Map.of("1", GOOD, "2", bad(1e-9)))).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aFailureThatDoesNotOutlastTheCorrectionIsInconclusive() {
        Map<String, Reading> two = Map.of("1", GOOD, "2", bad(0.04));
        assertThat(verdict(sliceGate(0.9, 0, Correction.NONE, SmallSlices.INCONCLUSIVE), two))
                .isEqualTo(Verdict.FAILED);
        assertThat(verdict(sliceGate(0.9, 0, Correction.HOLM, SmallSlices.INCONCLUSIVE), two))
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict(
                        sliceGate(0.9, 0, Correction.HOLM, SmallSlices.INCONCLUSIVE),
                        Map.of("1", GOOD, "2", bad(0.025))))
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void aFailureOutlastsACorrectionThatReachesTheLevelItself() {
        Gate half = new Gate(
                ACCURACY,
                List.of(Fixtures.min(0.9)),
                0.5,
                null,
                new SliceRule("writer", Correction.HOLM, SmallSlices.INCONCLUSIVE),
                0,
                OnFailure.BLOCK);
        assertThat(verdict(half, Map.of("1", GOOD, "2", bad(0.25)))).isEqualTo(Verdict.FAILED);
        assertThat(verdict(half, Map.of("1", GOOD, "2", bad(Math.nextUp(0.25)))))
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    /** The p-value asks about the side on which the bound is broken. */
    @Test
    void proportionsFarBeyondTheBoundFailOnEitherSide() {
        Map<String, Reading> values = Map.of(
                "1",
                new Reading.Sampled(400, new Wilson(200, 400)),
                "2",
                new Reading.Sampled(400, new Wilson(380, 400)));
        Gate atLeast = sliceGate(0.9, 0, Correction.HOLM, SmallSlices.INCONCLUSIVE);
        Gate atMost = new Gate(
                ACCURACY,
                List.of(Fixtures.max(0.6)),
                0.95,
                null,
                new SliceRule("writer", Correction.HOLM, SmallSlices.INCONCLUSIVE),
                0,
                OnFailure.BLOCK);

        assertThat(judge(atLeast, values).findings())
                .extracting(Finding::verdict)
                .containsExactly(Verdict.FAILED, Verdict.PASSED);
        assertThat(judge(atMost, values).findings())
                .extracting(Finding::verdict)
                .containsExactly(Verdict.PASSED, Verdict.FAILED);
    }

    @Test
    void asManyRowsAsAskedForAreNotFew() {
        Map<String, Reading> values = Map.of("1", GOOD, "2", sampled(0.97, 0.95, 0.99, 50, 1));
        for (SmallSlices small : SmallSlices.values()) {
            assertThat(judge(sliceGate(0.9, 50, Correction.HOLM, small), values).findings())
                    .extracting(Finding::rows, Finding::verdict)
                    .containsExactly(tuple("writer=1", Verdict.PASSED), tuple("writer=2", Verdict.PASSED));
        }
    }

    /** Where half of the values are bad, the one procedure lets each through that the other holds back. */
    @Test
    void benjaminiAndHochbergHoldBackLessThanHolm() {
        Map<String, Reading> values = Map.of("1", GOOD, "2", GOOD, "3", bad(0.02), "4", bad(0.024));
        assertThat(verdict(sliceGate(0.9, 0, Correction.HOLM, SmallSlices.INCONCLUSIVE), values))
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict(sliceGate(0.9, 0, Correction.BENJAMINI_HOCHBERG, SmallSlices.INCONCLUSIVE), values))
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void withoutConfidenceEachValueDecidesAlone() {
        Gate gate = new Gate(
                ACCURACY,
                List.of(Fixtures.min(0.9)),
                null,
                null,
                new SliceRule("writer", Correction.NONE, SmallSlices.INCONCLUSIVE),
                0,
                OnFailure.BLOCK);
        assertThat(verdict(gate, Map.of("1", OPEN))).isEqualTo(Verdict.PASSED);
        assertThat(verdict(gate, Map.of("1", OPEN, "2", bad(1)))).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aValueThatCouldNotBeJudgedIsNotEvaluatedAndDoesNotShareTheLevel() {
        Gate gate = sliceGate(0.9, 0, Correction.HOLM, SmallSlices.INCONCLUSIVE);
        Reading missing = new Reading.Missing("it is undefined");
        assertThat(verdict(gate, Map.of("1", GOOD, "2", missing))).isEqualTo(Verdict.NOT_EVALUATED);
        assertThat(verdict(gate, Map.of("1", missing, "2", bad(0.04))))
                .as("alone in its family")
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void aSliceWithoutValuesIsNotEvaluated() {
        GateResult result =
                GateJudge.judge(sliceGate(0.9, 0, Correction.HOLM, SmallSlices.REPORT), slices(new TreeMap<>()));
        assertThat(result.verdict()).isEqualTo(Verdict.NOT_EVALUATED);
        assertThat(result.sentence()).isEqualTo("accuracy could not be judged: slice writer has no values");
    }

    @Test
    void smallValuesAreInconclusivePooledOrReported() {
        Map<String, Reading> values = Map.of(
                "1", GOOD,
                "2", sampled(0.5, 0.4, 0.6, 10, 1e-9),
                "3", sampled(1, 0.9, 1, 20, 1));
        GateResult inconclusive = judge(sliceGate(0.9, 50, Correction.HOLM, SmallSlices.INCONCLUSIVE), values);
        assertThat(inconclusive.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(inconclusive.findings())
                .extracting(Finding::rows)
                .containsExactly("writer=1", "writer=2", "writer=3");

        GateResult reported = judge(sliceGate(0.9, 50, Correction.HOLM, SmallSlices.REPORT), values);
        assertThat(reported.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(reported.findings()).extracting(Finding::verdict).containsExactly(Verdict.PASSED, null, null);
        assertThat(reported.sentence())
                .isEqualTo("accuracy by writer: 1 PASSED, 2 too small and only shown; closest: accuracy (writer=1) 0.97"
                        + " (95% CI 0.95–0.99, n=300) holds min 0.9");

        // The pool has 30 rows, their interval reaches from 0.85 to 0.94.
        GateResult pooled = judge(sliceGate(0.9, 30, Correction.HOLM, SmallSlices.POOL), values);
        assertThat(pooled.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(pooled.findings()).extracting(Finding::rows).containsExactly("writer=1", "writer in [2, 3]");
        assertThat(pooled.findings().get(1).n()).isEqualTo(30);
        assertThat(pooled.findings().get(1).interval().low()).isEqualTo(0.85);
    }

    @Test
    void aPoolThatIsStillTooSmallIsInconclusive() {
        Map<String, Reading> values = Map.of("2", sampled(1, 0.9, 1, 10), "3", sampled(1, 0.9, 1, 20));
        GateResult pooled = judge(sliceGate(0.8, 31, Correction.HOLM, SmallSlices.POOL), values);
        assertThat(pooled.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(pooled.sentence()).endsWith("is inconclusive: min-samples asks for 31 rows");
    }

    @Test
    void onlyReportedValuesJudgeNothing() {
        GateResult reported =
                judge(sliceGate(0.9, 50, Correction.HOLM, SmallSlices.REPORT), Map.of("1", sampled(1, 0.9, 1, 10)));
        assertThat(reported.verdict()).isEqualTo(Verdict.NOT_EVALUATED);
        assertThat(reported.sentence())
                .isEqualTo("accuracy by writer: 1 too small and only shown, so nothing was judged");
    }

    @Test
    void aMissingValueIsJudgedAndNotSetAsideAsSmall() {
        Map<String, Reading> values = Map.of("1", GOOD, "2", new Reading.Missing("it is undefined"));
        assertThat(verdict(sliceGate(0.9, 50, Correction.HOLM, SmallSlices.REPORT), values))
                .isEqualTo(Verdict.NOT_EVALUATED);
    }

    @Test
    void theFirstOfEquallyBadOnesIsTold() {
        Gate gate = sliceGate(0.9, 0, Correction.HOLM, SmallSlices.INCONCLUSIVE);
        assertThat(judge(gate, Map.of("1", bad(1e-9), "2", bad(1e-9))).sentence())
                .contains("worst: accuracy (writer=1)");
    }

    /** By the end of the interval that harms, not by the value. */
    @Test
    void theLeastIsTheOneWhoseIntervalReachesFarthest() {
        Map<String, Reading> values = Map.of("1", sampled(0.95, 0.94, 0.955, 900), "2", sampled(0.96, 0.91, 0.99, 90));
        assertThat(judge(sliceGate(0.9, 0, Correction.HOLM, SmallSlices.INCONCLUSIVE), values)
                        .sentence())
                .contains("closest: accuracy (writer=2)");
        Gate atMost = new Gate(
                ACCURACY,
                List.of(Fixtures.max(0.99)),
                0.95,
                null,
                new SliceRule("writer", Correction.HOLM, SmallSlices.INCONCLUSIVE),
                0,
                OnFailure.BLOCK);
        assertThat(judge(atMost, Map.of("1", sampled(0.97, 0.96, 0.975, 900), "2", sampled(0.96, 0.91, 0.98, 90)))
                        .sentence())
                .contains("closest: accuracy (writer=2)");
    }

    @Test
    void theLeastIsTheBoundThatHoldsByTheLeast() {
        Gate between = new Gate(
                ACCURACY,
                List.of(Fixtures.min(0.94), Fixtures.max(0.99)),
                null,
                null,
                new SliceRule("writer", Correction.NONE, SmallSlices.INCONCLUSIVE),
                0,
                OnFailure.BLOCK);
        assertThat(judge(between, Map.of("1", sampled(0.95, 0, 1, 9))).sentence())
                .endsWith(" holds min 0.94");
        assertThat(judge(between, Map.of("1", sampled(0.98, 0, 1, 9))).sentence())
                .endsWith(" holds max 0.99");
    }

    @Test
    void theLeastOfThoseThatHoldIsTold() {
        Gate atMost = new Gate(
                ACCURACY,
                List.of(Fixtures.max(0.99)),
                null,
                null,
                new SliceRule("writer", Correction.NONE, SmallSlices.INCONCLUSIVE),
                0,
                OnFailure.BLOCK);
        assertThat(judge(atMost, Map.of("1", GOOD, "2", OPEN)).sentence())
                .contains("closest: accuracy (writer=1) 0.97");
        assertThat(judge(sliceGate(0.8, 0, Correction.HOLM, SmallSlices.INCONCLUSIVE), Map.of("1", GOOD, "2", OPEN))
                        .sentence())
                .contains("closest: accuracy (writer=2) 0.91");
    }

    /** A value is as good as it is, whatever stands beside it. */
    @Seeded(cases = 200)
    void oneValueMoreNeverMakesAnotherFailOrAllPass(Gen gen) {
        Gate gate = withMinSamples(
                sliceGate(0.9, 0, gen.oneOf(Correction.HOLM, Correction.BENJAMINI_HOCHBERG), SmallSlices.INCONCLUSIVE),
                gen.oneOf(0, 30));
        SortedMap<String, Reading> values = new TreeMap<>();
        for (int i = 0; i < gen.integer(1, 8); i++) {
            values.put("" + i, proportion(gen));
        }
        GateResult before = judge(gate, values);
        values.put("x", sampled(0.97, 0.95, 0.99, 300, 1));
        GateResult after = judge(gate, values);

        for (int i = 0; i < before.findings().size(); i++) {
            if (before.findings().get(i).verdict() != Verdict.FAILED) {
                assertThat(after.findings().get(i).verdict())
                        .isEqualTo(before.findings().get(i).verdict());
            }
        }
        if (before.verdict() != Verdict.PASSED) {
            assertThat(after.verdict()).isNotEqualTo(Verdict.PASSED);
        }
    }

    private static Reading proportion(Gen gen) {
        int n = gen.integer(1, 400);
        return new Reading.Sampled(n, new Wilson(gen.integer(n * 3 / 4, n), n));
    }

    private static Reading bad(double pValue) {
        return sampled(0.8, 0.75, 0.85, 300, pValue);
    }

    private static Verdict verdict(Gate gate, Map<String, Reading> values) {
        return judge(gate, values).verdict();
    }

    private static GateResult judge(Gate gate, Map<String, Reading> values) {
        SortedMap<String, Sample> samples = values.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, value -> Sample.of(value.getValue()), (a, b) -> a, TreeMap::new));
        return GateJudge.judge(gate, slices(samples));
    }
}
