// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.gate;

import static dev.gatewright.validation.metrics.gate.Fixtures.ACCURACY;
import static dev.gatewright.validation.metrics.gate.Fixtures.F1;
import static dev.gatewright.validation.metrics.gate.Fixtures.LOG_LOSS;
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
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.metrics.gate.Bound.Kind;
import dev.gatewright.validation.metrics.gate.Bound.Quantity;
import dev.gatewright.validation.metrics.statistics.Interval;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The one sentence that a person reads, whole. */
class SentencesTest {
    @Test
    void namesTheBoundThatWouldHavePassedWhenTheValueIsTooLow() {
        assertThat(sentence(gate(ACCURACY, 0.95, min(0.95)), whole(sampled(0.9259, 0.90883, 0.94012, 1080))))
                .isEqualTo("accuracy 0.9259 (95% CI 0.9088–0.9401, n=1080) is below min 0.95: would pass at 0.9088");
    }

    @Test
    void saysThatAnIntervalAroundTheBoundCannotDecide() {
        assertThat(sentence(gate(ACCURACY, 0.95, min(0.95)), whole(sampled(0.9593, 0.939, 0.9731, 540))))
                .isEqualTo("accuracy 0.9593 (95% CI 0.939–0.9731, n=540) cannot decide min 0.95: would pass at 0.939");
    }

    @Test
    void namesEveryBoundThatHolds() {
        Gate gate = gate(ACCURACY, null, min(0.95), new Bound(Kind.SUSPICIOUS_ABOVE, 0.9999));
        assertThat(sentence(gate, whole(sampled(0.97, 0.96, 0.98, 540))))
                .isEqualTo("accuracy 0.97 (n=540) holds min 0.95 and suspicious-above 0.9999");
    }

    @Test
    void anIntervalBelowZeroIsNotMistakenForADash() {
        assertThat(sentence(gate(ACCURACY, 0.95, min(0)), whole(sampled(0.01, 0, 0.02, 9))))
                .isEqualTo("accuracy 0.01 (95% CI 0–0.02, n=9) holds min 0");
        assertThat(sentence(gate(LOG_LOSS, 0.95, max(0)), whole(sampled(-0.01, -0.02, 0, 9))))
                .isEqualTo("log_loss -0.01 nats (95% CI -0.02 to 0, n=9) holds max 0");
        assertThat(sentence(gate(ACCURACY, 0.995, min(0)), whole(sampled(0, 0, 0, 9))))
                .isEqualTo("accuracy 0 (99.5% CI 0–0, n=9) holds min 0");
    }

    @Test
    void whatIsOnlyShownIsNotSaidToBeJudged() {
        Gate gate = gate(ACCURACY, 0.95, min(0.9));
        Finding shown = GateJudge.find(gate, min(0.9), "writer=7", Sample.of(sampled(0.5, 0.4, 0.6, 9)))
                .withVerdict(null);
        assertThat(Sentences.of(gate, shown))
                .isEqualTo("accuracy (writer=7) 0.5 (95% CI 0.4–0.6, n=9) is shown, not judged");
    }

    @Test
    void warnsOfLeakageWhenTheValueIsTooGood() {
        Gate gate = gate(ACCURACY, null, new Bound(Kind.SUSPICIOUS_ABOVE, 0.99));
        assertThat(sentence(gate, whole(sampled(1, 1, 1, 540))))
                .isEqualTo("accuracy 1 (n=540) is above suspicious-above 0.99, which is too good to be true:"
                        + " look for leakage");
    }

    @Test
    void showsUnitsAndSmallNumbersWithTheirDigits() {
        assertThat(sentence(gate(SIZE, null, max(1000)), whole(new Reading.Exact(2_048))))
                .isEqualTo("size_bytes 2048 bytes is above max 1000: would pass at 2048");
        assertThat(sentence(gate(LOG_LOSS, null, max(0.0001)), whole(sampled(0.00012345, 0, 1, 10))))
                .isEqualTo("log_loss 0.000123 nats (n=10) is above max 0.0001: would pass at 0.000124");
    }

    @Test
    void tellsBothSidesOfAComparison() {
        Sample sample = compared(0.9512, 0.9588, Quantity.DEGRADATION, sampled(0.0076, -0.0011, 0.0142, 1080));
        assertThat(sentence(gate(F1, 0.95, new Bound(Kind.MAX_DEGRADATION, 0.005)), new Evidence.Whole(sample)))
                .isEqualTo("f1[macro] 0.9512 against baseline 0.9588, a degradation of 0.0076"
                        + " (95% CI -0.0011 to 0.0142, n=1080, paired)"
                        + " cannot decide max-degradation 0.005: would pass at 0.0142");
    }

    @Test
    void tellsPercentagesAsSuch() {
        Sample sample = compared(0.94, 0.96, Quantity.IMPROVEMENT_PERCENT, sampled(-2.0833, -3, -1, 1000));
        assertThat(sentence(gate(F1, null, new Bound(Kind.MIN_IMPROVEMENT_PERCENT, 1)), new Evidence.Whole(sample)))
                .isEqualTo("f1[macro] 0.94 against baseline 0.96, an improvement of -2.0833% (n=1000, paired)"
                        + " is below min-improvement-percent 1%: would pass at -2.0833%");
    }

    @Test
    void saysWhyNothingWasJudged() {
        assertThat(sentence(gate(ACCURACY, null, min(0.9)), new Evidence.Missing("the worker crashed (SIGSEGV)")))
                .isEqualTo("accuracy could not be judged: the worker crashed (SIGSEGV)");
        assertThat(sentence(withMinSamples(gate(ACCURACY, null, min(0.9)), 50), whole(sampled(0.95, 0, 1, 20))))
                .isEqualTo("accuracy 0.95 (n=20) is inconclusive: min-samples asks for 50 rows");
    }

    @Test
    void sumsSlicesUpAndTellsTheWorst() {
        TreeMap<String, Sample> samples = new TreeMap<>(Map.of(
                "1", Sample.of(sampled(0.97, 0.95, 0.99, 300)),
                "2", Sample.of(sampled(0.8, 0.75, 0.85, 300, 1e-9)),
                "3", Sample.of(sampled(0.91, 0.88, 0.95, 30))));
        Gate gate = sliceGate(0.9, 50, Correction.HOLM, SliceRule.SmallSlices.INCONCLUSIVE);
        assertThat(sentence(gate, slices(samples)))
                .isEqualTo("accuracy by writer: 1 PASSED, 1 FAILED, 1 INCONCLUSIVE; worst: accuracy (writer=2) 0.8"
                        + " (95% CI 0.75–0.85, n=300) is below min 0.9: would pass at 0.75");
    }

    @Seeded(cases = 300)
    void theBoundThatWouldPassDoesPass(Gen gen) {
        double centre = gen.real(-1, 1) * StrictMath.pow(10, gen.integer(-6, 6));
        double half = gen.unit() * Math.abs(centre);
        Kind kind = gen.oneOf(Kind.MIN, Kind.MAX);
        Bound broken = new Bound(kind, kind == Kind.MIN ? centre + 3 * half + 1e-9 : centre - 3 * half - 1e-9);
        Evidence evidence = whole(sampled(centre, centre - half, centre + half, 100));

        Finding finding = GateJudge.judge(gate(ACCURACY, 0.95, broken), evidence)
                .findings()
                .get(0);
        assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
        double written = Double.parseDouble(finding.wouldPassAt());

        assertThat(GateJudge.judge(gate(ACCURACY, 0.95, new Bound(kind, written)), evidence)
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        Interval interval = finding.interval();
        double end = kind == Kind.MIN ? interval.low() : interval.high();
        assertThat(written).as("and it is no looser than it must be").isCloseTo(end, withinDigits(end));
    }

    private static org.assertj.core.data.Offset<Double> withinDigits(double end) {
        return org.assertj.core.data.Offset.offset(Math.max(1e-4, 0.01 * Math.abs(end)));
    }

    private static String sentence(Gate gate, Evidence evidence) {
        return GateJudge.judge(gate, evidence).sentence();
    }
}
