// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.gate;

import static dev.gatewright.validation.metrics.gate.Fixtures.ACCURACY;
import static dev.gatewright.validation.metrics.gate.Fixtures.F1;
import static dev.gatewright.validation.metrics.gate.Fixtures.SIZE;
import static dev.gatewright.validation.metrics.gate.Fixtures.compared;
import static dev.gatewright.validation.metrics.gate.Fixtures.gate;
import static dev.gatewright.validation.metrics.gate.Fixtures.max;
import static dev.gatewright.validation.metrics.gate.Fixtures.min;
import static dev.gatewright.validation.metrics.gate.Fixtures.sampled;
import static dev.gatewright.validation.metrics.gate.Fixtures.sliceGate;
import static dev.gatewright.validation.metrics.gate.Fixtures.slices;
import static dev.gatewright.validation.metrics.gate.Fixtures.whole;
import static dev.gatewright.validation.metrics.gate.Fixtures.withMinSamples;
import static dev.gatewright.validation.metrics.gate.Fixtures.withoutInterval;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.metrics.gate.Bound.Kind;
import dev.gatewright.validation.metrics.gate.Bound.Quantity;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One rule against its evidence. */
class GateJudgeTest {
    private static final Gate AT_LEAST_90 = gate(ACCURACY, 0.95, min(0.9));
    private static final Gate NOT_WORSE = gate(F1, 0.95, new Bound(Kind.MAX_DEGRADATION, 0.01));

    @ParameterizedTest
    @CsvSource({
        // bound, interval, verdict: the bound holds on the whole interval, on none of it, or in between
        "MIN, 0.9, 0.9, 0.95, PASSED",
        "MIN, 0.9, 0.8999, 0.95, INCONCLUSIVE",
        "MIN, 0.9, 0.85, 0.9, INCONCLUSIVE",
        "MIN, 0.9, 0.85, 0.8999, FAILED",
        "MAX, 0.9, 0.85, 0.9, PASSED",
        "MAX, 0.9, 0.85, 0.9001, INCONCLUSIVE",
        "MAX, 0.9, 0.9, 0.95, INCONCLUSIVE",
        "MAX, 0.9, 0.9001, 0.95, FAILED",
        "SUSPICIOUS_ABOVE, 0.99, 0.98, 0.99, PASSED",
        "SUSPICIOUS_ABOVE, 0.99, 0.98, 0.995, INCONCLUSIVE",
        "SUSPICIOUS_ABOVE, 0.99, 0.991, 0.995, FAILED",
        "SUSPICIOUS_BELOW, 0.01, 0.01, 0.02, PASSED",
        "SUSPICIOUS_BELOW, 0.01, 0.005, 0.009, FAILED"
    })
    void theWholeIntervalDecides(Kind kind, double limit, double low, double high, Verdict verdict) {
        Evidence evidence = whole(sampled((low + high) / 2, low, high, 100));
        assertThat(GateJudge.judge(gate(ACCURACY, 0.95, new Bound(kind, limit)), evidence)
                        .verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        // what is held against the limit, limit, interval of the difference, verdict
        "MAX_DEGRADATION, 0.01, -0.02, 0.01, PASSED",
        "MAX_DEGRADATION, 0.01, -0.02, 0.011, INCONCLUSIVE",
        "MAX_DEGRADATION, 0.01, 0.011, 0.02, FAILED",
        "MAX_DEGRADATION_PERCENT, 1, -2, 1, PASSED",
        "MAX_DEGRADATION_PERCENT, 1, 1.1, 2, FAILED",
        "MIN_IMPROVEMENT, 0.01, 0.01, 0.03, PASSED",
        "MIN_IMPROVEMENT, 0.01, 0.009, 0.03, INCONCLUSIVE",
        "MIN_IMPROVEMENT, 0.01, -0.01, 0.009, FAILED",
        "MIN_IMPROVEMENT_PERCENT, 1, 1, 3, PASSED",
        "MIN_IMPROVEMENT_PERCENT, 1, -3, 0.9, FAILED"
    })
    void nonInferiorityReadsTheHarmfulEnd(Kind kind, double limit, double low, double high, Verdict verdict) {
        Sample sample = compared(0.9, 0.91, kind.quantity(), sampled((low + high) / 2, low, high, 100));
        assertThat(GateJudge.judge(gate(F1, 0.95, new Bound(kind, limit)), new Evidence.Whole(sample))
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void withoutConfidenceTheValueDecidesAndABoundIsInclusive() {
        Evidence evidence = whole(sampled(0.9, 0.1, 0.99, 100));
        assertThat(verdict(gate(ACCURACY, null, min(0.9)), evidence)).isEqualTo(Verdict.PASSED);
        assertThat(verdict(gate(ACCURACY, null, max(0.9)), evidence)).isEqualTo(Verdict.PASSED);
        assertThat(verdict(gate(ACCURACY, null, min(Math.nextUp(0.9))), evidence))
                .isEqualTo(Verdict.FAILED);
        assertThat(verdict(gate(ACCURACY, null, max(Math.nextDown(0.9))), evidence))
                .isEqualTo(Verdict.FAILED);
    }

    @Test
    void everyBoundMustHold() {
        Evidence evidence = whole(sampled(0.95, 0.94, 0.96, 100));
        assertThat(verdict(gate(ACCURACY, 0.95, min(0.9), max(0.93)), evidence)).isEqualTo(Verdict.FAILED);
        assertThat(verdict(gate(ACCURACY, 0.95, min(0.95), max(0.99)), evidence))
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict(gate(ACCURACY, 0.95, min(0.9), max(0.96)), evidence)).isEqualTo(Verdict.PASSED);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aValueThatIsNoNumberIsNotEvaluated(double value) {
        for (Kind kind : List.of(Kind.MIN, Kind.MAX, Kind.SUSPICIOUS_ABOVE, Kind.SUSPICIOUS_BELOW)) {
            GateResult result =
                    GateJudge.judge(gate(ACCURACY, null, new Bound(kind, 0)), whole(sampled(value, 0, 1, 9)));
            assertNotEvaluated(result, "its value is " + value);
        }
        assertNotEvaluated(
                GateJudge.judge(gate(SIZE, null, max(1)), whole(new Reading.Exact(value))), "its value is " + value);
    }

    @Test
    void noRowsAreNotEvaluated() {
        assertNotEvaluated(
                GateJudge.judge(gate(ACCURACY, null, min(0)), whole(sampled(1, 1, 1, 0))), "there are no rows");
        assertNotEvaluated(GateJudge.judge(AT_LEAST_90, whole(sampled(1, 1, 1, 0))), "there are no rows");
    }

    @Test
    void aMissingValueSaysWhy() {
        assertNotEvaluated(
                GateJudge.judge(AT_LEAST_90, whole(new Reading.Missing("it is undefined"))), "it is undefined");
        assertNotEvaluated(
                GateJudge.judge(AT_LEAST_90, new Evidence.Whole(new Sample(Map.of(), null))), "no value was measured");
        assertNotEvaluated(
                GateJudge.judge(AT_LEAST_90, new Evidence.Missing("the worker crashed")), "the worker crashed");
    }

    @Test
    void aComparisonWithoutAnOtherSideIsNotEvaluated() {
        assertNotEvaluated(
                GateJudge.judge(NOT_WORSE, whole(sampled(0.9, 0.8, 0.95, 100))),
                "there is no baseline to compare with");
        Sample onlyValues = new Sample(
                Map.of(Quantity.VALUE, sampled(0.9, 0.8, 0.95, 100)),
                new Sample.Comparison("baseline", 0.9, 0.01, List.of()));
        assertNotEvaluated(
                GateJudge.judge(NOT_WORSE, new Evidence.Whole(onlyValues)), "there is nothing to compare with");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void anOtherSideThatIsNoNumberIsNotEvaluated(double reference) {
        Sample sample = compared(0.9, reference, Quantity.DEGRADATION, sampled(0, 0, 0, 100));
        assertNotEvaluated(
                GateJudge.judge(NOT_WORSE, new Evidence.Whole(sample)), "the value of baseline is " + reference);
    }

    @Test
    void aDifferenceThatIsNoNumberIsNotEvaluated() {
        Sample sample = compared(0.9, 0.9, Quantity.DEGRADATION, sampled(Double.NaN, 0, 0, 100));
        assertNotEvaluated(GateJudge.judge(NOT_WORSE, new Evidence.Whole(sample)), "the difference is NaN");
        Sample missing = compared(0.9, 0, Quantity.DEGRADATION, new Reading.Missing("a percentage of 0 is nothing"));
        assertNotEvaluated(GateJudge.judge(NOT_WORSE, new Evidence.Whole(missing)), "a percentage of 0 is nothing");
    }

    @Test
    void whatIsNoSampleHasNeitherConfidenceNorSamples() {
        Evidence bytes = Evidence.exact(100);
        assertNotEvaluated(
                GateJudge.judge(gate(SIZE, 0.95, max(200)), bytes),
                "it is no sample statistic and has no interval; remove confidence");
        assertNotEvaluated(
                GateJudge.judge(withMinSamples(gate(SIZE, null, max(200)), 1), bytes),
                "it is no sample statistic and has no rows; remove min-samples");
        assertThat(verdict(gate(SIZE, null, max(100)), bytes)).isEqualTo(Verdict.PASSED);
    }

    @Test
    void fewerRowsThanAskedForCannotDecide() {
        Gate gate = withMinSamples(AT_LEAST_90, 50);
        assertThat(verdict(gate, whole(sampled(0.99, 0.98, 1, 49)))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict(gate, whole(sampled(0.1, 0, 0.2, 49)))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict(gate, whole(sampled(0.99, 0.98, 1, 50)))).isEqualTo(Verdict.PASSED);
    }

    @Test
    void rowsTooFewForAnIntervalCannotDecide() {
        GateResult result = GateJudge.judge(AT_LEAST_90, whole(withoutInterval(0.99, 3)));
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(result.sentence())
                .isEqualTo("accuracy 0.99 (n=3) is inconclusive: that is too few for an interval at 95%");
    }

    @Test
    void evidenceOfOtherRowsIsNotEvaluated() {
        Gate bySlice = sliceGate(0.9, 0, Correction.HOLM, SliceRule.SmallSlices.INCONCLUSIVE);
        Evidence whole = whole(sampled(0.99, 0.98, 1, 100));
        Evidence slices = slices(new TreeMap<>(Map.of("1", Sample.of(sampled(0.99, 0.98, 1, 100)))));
        Evidence otherSlice = new Evidence.Slices(
                "ink", new TreeMap<>(Map.of("1", Sample.of(sampled(0.99, 0.98, 1, 100)))), values -> null);

        assertNotEvaluated(
                GateJudge.judge(bySlice, whole), "the evidence does not tell the values of slice writer apart");
        assertNotEvaluated(
                GateJudge.judge(AT_LEAST_90, slices), "the evidence tells slices of writer apart, the gate does not");
        assertNotEvaluated(
                GateJudge.judge(bySlice, otherSlice), "the evidence tells slices of ink apart, the gate does not");
    }

    @Test
    void aFindingSaysAllThatItRestsOn() {
        Sample sample = compared(0.9, 0.91, Quantity.DEGRADATION, sampled(0.01, 0.002, 0.018, 400));
        Finding finding = GateJudge.judge(NOT_WORSE, new Evidence.Whole(sample))
                .findings()
                .get(0);

        assertThat(finding.rows()).isEmpty();
        assertThat(finding.value()).isEqualTo(0.9);
        assertThat(finding.held()).isEqualTo(0.01);
        assertThat(finding.interval().low()).isEqualTo(0.002);
        assertThat(finding.interval().confidence()).isEqualTo(0.95);
        assertThat(finding.n()).isEqualTo(400);
        assertThat(finding.comparison().value()).isEqualTo(0.91);
        assertThat(finding.wouldPassAt()).isEqualTo("0.018");
        assertThat(finding.why()).isNull();
    }

    @Seeded(cases = 300)
    void tighteningABoundNeverMakesItPass(Gen gen) {
        double value = gen.real(-1, 1);
        double low = value - gen.unit() * 0.1;
        double high = value + gen.unit() * 0.1;
        Kind kind = gen.oneOf(Kind.values());
        Double confidence = gen.oneOf(null, 0.9, 0.95);
        Reading reading = sampled(value, low, high, gen.integer(0, 60));
        Evidence evidence =
                kind.compares() ? new Evidence.Whole(compared(0.9, 0.9, kind.quantity(), reading)) : whole(reading);
        double limit = gen.oneOf(value, low, high, gen.real(-1.2, 1.2));
        double step = gen.oneOf(0.0, Math.ulp(limit), gen.unit());
        double tighter = kind.holds() == Bound.Side.ABOVE ? limit + step : limit - step;

        Verdict loose = verdict(withMinSamples(gate(ACCURACY, confidence, new Bound(kind, limit)), 20), evidence);
        Verdict tight = verdict(withMinSamples(gate(ACCURACY, confidence, new Bound(kind, tighter)), 20), evidence);

        assertThat(rank(tight)).isLessThanOrEqualTo(rank(loose));
    }

    @Seeded(cases = 300)
    void anIntervalNeverTurnsAFailureIntoAPass(Gen gen) {
        double value = gen.unit();
        Evidence evidence =
                whole(sampled(value, value - gen.unit() * 0.1, value + gen.unit() * 0.1, 1 + gen.integer(0, 99)));
        Bound bound = new Bound(gen.oneOf(Kind.MIN, Kind.MAX), gen.unit());
        Verdict byValue = verdict(gate(ACCURACY, null, bound), evidence);
        Verdict byInterval = verdict(gate(ACCURACY, 0.95, bound), evidence);

        assertThat(byInterval).isIn(byValue, Verdict.INCONCLUSIVE);
    }

    @Seeded(cases = 300)
    void nothingThatIsNoNumberEverPasses(Gen gen) {
        Kind kind = gen.oneOf(Kind.values());
        double bad = gen.oneOf(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        int place = gen.integer(0, 2);
        double value = place == 0 ? bad : 0.9;
        double reference = place == 1 ? bad : 0.9;
        Reading held = sampled(place == 2 ? bad : 0.9, 0.8, 1, 50);
        Sample sample = kind.compares()
                ? new Sample(
                        Map.of(Quantity.VALUE, sampled(value, 0, 1, 50), kind.quantity(), held),
                        new Sample.Comparison("baseline", reference, 0.01, List.of()))
                : Sample.of(place == 0 || place == 1 ? sampled(bad, 0, 1, 50) : held);
        Gate gate = gate(ACCURACY, 0.95, new Bound(kind, gen.real(-2, 2)));

        assertThat(verdict(gate, new Evidence.Whole(sample))).isEqualTo(Verdict.NOT_EVALUATED);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aBrokenBoundNamesTheOneThatWouldHavePassed(Kind kind) {
        boolean above = kind.holds() == Bound.Side.ABOVE;
        double limit = above ? 0.5 : -0.5;
        Reading held = sampled(0.0123456, 0.0023456, 0.0223456, 200);
        Evidence evidence =
                kind.compares() ? new Evidence.Whole(compared(0.9, 0.9, kind.quantity(), held)) : whole(held);
        GateResult result = GateJudge.judge(gate(ACCURACY, 0.95, new Bound(kind, limit)), evidence);

        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        // Rounded away from the limit, so that it does pass.
        String written = (above ? "0.00234" : "0.0224") + (kind.quantity().isPercent() ? "%" : "");
        assertThat(result.findings().get(0).wouldPassAt()).isEqualTo(written);
        assertThat(result.sentence())
                .contains("(95% CI 0.00235–0.0223, n=200", above ? " is below " : " is above ", kind.spelling());
        if (!kind.isAlarm()) {
            assertThat(result.sentence()).endsWith(": would pass at " + written);
        }
    }

    /** From what says no to what says yes; what was not evaluated stays so. */
    private static int rank(Verdict verdict) {
        return List.of(Verdict.NOT_EVALUATED, Verdict.FAILED, Verdict.INCONCLUSIVE, Verdict.PASSED)
                .indexOf(verdict);
    }

    private static void assertNotEvaluated(GateResult result, String why) {
        assertThat(result.verdict()).isEqualTo(Verdict.NOT_EVALUATED);
        assertThat(result.sentence()).endsWith(" could not be judged: " + why);
    }

    private static Verdict verdict(Gate gate, Evidence evidence) {
        return GateJudge.judge(gate, evidence).verdict();
    }
}
