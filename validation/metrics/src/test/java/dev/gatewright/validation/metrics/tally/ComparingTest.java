// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.validation.metrics.LabelSets;
import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.CountMetrics;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.ScoreMetrics;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two models on the same rows. */
class ComparingTest {
    private static final List<String> CLASSES = List.of("a", "b");
    private static final MetricChoice ACCURACY = MetricChoice.of(CountMetrics.ACCURACY, CLASSES);
    private static final MetricChoice LOG_LOSS = MetricChoice.of(ScoreMetrics.LOG_LOSS, CLASSES);
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1, "comparing", 200);

    /** 0.95 − 0.94 is a little more than 0.01 in floating point; five rows of five hundred are not. */
    @Test
    void aDegradationByAWholeNumberOfRowsIsThatNumber() {
        PairedClassTally tally = new PairedClassTally(LabelSets.ofOneClass(2));
        tally.add(0, 0, 0, 465);
        tally.add(0, 0, 1, 5);
        tally.add(0, 1, 0, 10);
        tally.add(0, 1, 1, 20);
        assertThat(0.95 - 0.94).isGreaterThan(0.01);

        assertThat(judge(tally.sample(ACCURACY, "baseline", 0.95, BOOTSTRAP), Bound.Kind.MAX_DEGRADATION, 0.01, null)
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Bound.Kind.class,
            names = {"MAX_DEGRADATION_PERCENT", "MIN_IMPROVEMENT_PERCENT"})
    void aPercentageOfAZeroBaselineIsNotEvaluated(Bound.Kind kind) {
        PairedClassTally tally = new PairedClassTally(LabelSets.ofOneClass(2));
        tally.add(0, 0, 1, 50);
        tally.add(0, 1, 1, 50);
        PairedRowValues values = new PairedRowValues();
        values.add(0.5, 0);
        values.add(0.25, 0);
        for (Sample sample : List.of(
                tally.sample(ACCURACY, "baseline", 0.95, BOOTSTRAP),
                values.sample(LOG_LOSS, "baseline", 0.95, BOOTSTRAP))) {
            for (Double confidence : new Double[] {null, 0.95}) {
                GateResult result = judge(sample, kind, -1e9, confidence);
                assertThat(result.verdict()).isEqualTo(Verdict.NOT_EVALUATED);
                assertThat(result.sentence())
                        .endsWith(
                                "could not be judged: the value of baseline is 0, and a percentage of that is nothing");
            }
        }
    }

    @Test
    void aMetricThatIsUndefinedOnOneSideSaysOnWhich() {
        PairedClassTally tally = new PairedClassTally(LabelSets.ofOneClass(2));
        tally.add(0, 0, 0, 50);
        tally.add(1, 1, 0, 50);
        MetricChoice precision = MetricChoice.ofClass(CountMetrics.PRECISION, 1, ZeroDivision.UNDEFINED, CLASSES);
        GateResult result =
                judge(tally.sample(precision, "baseline", 0.95, BOOTSTRAP), Bound.Kind.MAX_DEGRADATION, 1, 0.95);

        assertThat(result.verdict()).isEqualTo(Verdict.NOT_EVALUATED);
        assertThat(result.sentence())
                .startsWith("accuracy 1 could not be judged: for baseline it is undefined, because class 'b' has no"
                        + " predicted row");
    }

    @Test
    void noRowsAreComparedWithNothing() {
        Sample counts = new PairedClassTally(LabelSets.ofOneClass(2)).sample(ACCURACY, "baseline", 0.95, BOOTSTRAP);
        Sample values = new PairedRowValues().sample(LOG_LOSS, "baseline", 0.95, BOOTSTRAP);
        for (Sample sample : List.of(counts, values)) {
            assertThat(judge(sample, Bound.Kind.MAX_DEGRADATION, 1, 0.95).sentence())
                    .endsWith("could not be judged: there are no rows");
        }
    }

    @Test
    void aLossThatIsNotFiniteIsNotEvaluated() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            PairedRowValues values = new PairedRowValues();
            values.add(0.5, 0.5);
            values.add(0.5, bad);
            GateResult result =
                    judge(values.sample(LOG_LOSS, "baseline", 0.95, BOOTSTRAP), Bound.Kind.MAX_DEGRADATION, 1e9, null);
            assertThat(result.verdict()).isEqualTo(Verdict.NOT_EVALUATED);
            assertThat(result.sentence()).endsWith("could not be judged: for baseline its value is NaN");
        }
    }

    @Seeded(cases = 60)
    void anImprovementIsADegradationSeenFromTheOtherSide(Gen gen) {
        PairedClassTally tally = new PairedClassTally(LabelSets.ofOneClass(2));
        PairedRowValues losses = new PairedRowValues();
        for (int i = 0; i < 200; i++) {
            tally.add(gen.integer(0, 1), gen.integer(0, 1), gen.integer(0, 1), 1);
            losses.add(gen.unit(), gen.unit());
        }
        MetricChoice f1 = MetricChoice.averaged(CountMetrics.F1, Average.MACRO, ZeroDivision.ZERO, CLASSES);
        for (Sample sample : List.of(
                tally.sample(ACCURACY, "baseline", 0.95, BOOTSTRAP),
                tally.sample(f1, "baseline", 0.95, BOOTSTRAP),
                losses.sample(LOG_LOSS, "baseline", 0.95, BOOTSTRAP))) {
            assertMirrored(
                    sample.readings().get(Bound.Quantity.DEGRADATION),
                    sample.readings().get(Bound.Quantity.IMPROVEMENT));
            assertMirrored(
                    sample.readings().get(Bound.Quantity.DEGRADATION_PERCENT),
                    sample.readings().get(Bound.Quantity.IMPROVEMENT_PERCENT));
            double value = sample.readings().get(Bound.Quantity.VALUE).value();
            double degradation =
                    sample.readings().get(Bound.Quantity.DEGRADATION).value();
            double other = sample.comparison().value();
            assertThat(Math.abs(value - other)).isCloseTo(Math.abs(degradation), within(1e-15));
            assertThat(sample.readings().get(Bound.Quantity.DEGRADATION_PERCENT).value())
                    .isCloseTo(100 * degradation / other, within(1e-10));
        }
    }

    private static void assertMirrored(Reading degradation, Reading improvement) {
        assertThat(improvement.value()).isEqualTo(-degradation.value());
        var one = ((Reading.Sampled) degradation).estimate().interval(0.95).orElseThrow();
        var two = ((Reading.Sampled) improvement).estimate().interval(0.95).orElseThrow();
        assertThat(two.low()).isEqualTo(-one.high());
        assertThat(two.high()).isEqualTo(-one.low());
    }

    private static GateResult judge(Sample sample, Bound.Kind kind, double limit, Double confidence) {
        Gate gate =
                new Gate(ACCURACY, List.of(new Bound(kind, limit)), confidence, "baseline", null, 0, OnFailure.BLOCK);
        return GateJudge.judge(gate, new Evidence.Whole(sample));
    }
}
