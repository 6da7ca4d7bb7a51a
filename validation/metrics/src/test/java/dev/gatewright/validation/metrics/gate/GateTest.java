// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.gate;

import static dev.gatewright.validation.metrics.gate.Fixtures.ACCURACY;
import static dev.gatewright.validation.metrics.gate.Fixtures.min;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gate that could not decide anything cannot be made. */
class GateTest {
    private static final SliceRule NONE = new SliceRule("writer", Correction.NONE, SliceRule.SmallSlices.INCONCLUSIVE);

    @Test
    void refusesToHaveNoBound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Gate(ACCURACY, List.of(), null, null, null, 0, OnFailure.BLOCK))
                .withMessage("a gate on accuracy without a bound decides nothing");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, 95, Double.NaN})
    void refusesAConfidenceThatIsNoLevel(double confidence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Gate(ACCURACY, List.of(min(0)), confidence, null, null, 0, OnFailure.BLOCK))
                .withMessage("confidence " + confidence + " does not lie between 0 and 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.5, 0.999})
    void takesAnyLevelBetween(double confidence) {
        assertThatNoException()
                .isThrownBy(() -> new Gate(ACCURACY, List.of(min(0)), confidence, null, null, 0, OnFailure.BLOCK));
    }

    @Test
    void theShortestGateHasOneBoundAndNothingElse() {
        assertThat(Gate.of(ACCURACY, Bound.Kind.MIN, 0.9))
                .isEqualTo(new Gate(ACCURACY, List.of(min(0.9)), null, null, null, 0, OnFailure.BLOCK));
    }

    @Test
    void whatIsMissingHasNoValue() {
        assertThat(new Reading.Missing("it is undefined").value()).isNaN();
    }

    @Test
    void refusesFewerRowsThanNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Gate(ACCURACY, List.of(min(0)), null, null, null, -1, OnFailure.BLOCK))
                .withMessage("min-samples -1 is negative");
    }

    @Test
    void comparesExactlyWhereABoundDoes() {
        Bound notWorse = new Bound(Bound.Kind.MAX_DEGRADATION, 0.01);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Gate(ACCURACY, List.of(notWorse), null, null, null, 0, OnFailure.BLOCK))
                .withMessage("a comparison needs something to compare with");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Gate(ACCURACY, List.of(min(0)), null, "baseline", null, 0, OnFailure.BLOCK))
                .withMessage("nothing compares with baseline");
    }

    @Test
    void refusesToCorrectWithoutALevel() {
        SliceRule holm = new SliceRule("writer", Correction.HOLM, SliceRule.SmallSlices.INCONCLUSIVE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Gate(ACCURACY, List.of(min(0)), null, null, holm, 0, OnFailure.BLOCK))
                .withMessage("a correction corrects a level: it needs a confidence");
        assertThatNoException()
                .isThrownBy(() -> new Gate(ACCURACY, List.of(min(0)), null, null, NONE, 0, OnFailure.BLOCK));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesALimitThatNothingCanBeHeldAgainst(double limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bound(Bound.Kind.MAX, limit))
                .withMessage("max " + limit + ": a bound is a finite number");
    }

    @ParameterizedTest
    @CsvSource({
        "MIN, 0.95, min 0.95",
        "MAX, 10, max 10",
        "MAX_DEGRADATION, 0.01, max-degradation 0.01",
        "MAX_DEGRADATION_PERCENT, 5, max-degradation-percent 5%",
        "MIN_IMPROVEMENT, 0.02, min-improvement 0.02",
        "MIN_IMPROVEMENT_PERCENT, 2.5, min-improvement-percent 2.5%",
        "SUSPICIOUS_ABOVE, 0.9999, suspicious-above 0.9999",
        "SUSPICIOUS_BELOW, 0.001, suspicious-below 0.001"
    })
    void aBoundReadsAsASpecWritesIt(Bound.Kind kind, double limit, String text) {
        assertThat(new Bound(kind, limit)).hasToString(text);
    }

    @Test
    void namesOfOptionsAreThoseOfTheSpec() {
        assertThat(List.of(OnFailure.values()))
                .extracting(OnFailure::spelling)
                .containsExactly("block", "warn", "approve");
        assertThat(List.of(Correction.values()))
                .extracting(Correction::spelling)
                .containsExactly("holm", "benjamini-hochberg", "none");
        assertThat(List.of(SliceRule.SmallSlices.values()))
                .extracting(SliceRule.SmallSlices::spelling)
                .containsExactly("inconclusive", "pool", "report");
    }
}
