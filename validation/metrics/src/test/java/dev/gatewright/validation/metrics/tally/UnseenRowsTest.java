// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.metrics.LabelSets;
import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.CountMetrics;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.Bound.Quantity;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.Estimate;
import dev.gatewright.validation.metrics.statistics.Interval;
import dev.gatewright.validation.metrics.statistics.Side;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A model without an error, and two models that always agree, have an interval too: rows that were not seen may differ. */
class UnseenRowsTest {
    private static final List<String> CLASSES = List.of("a", "b", "c");
    private static final MetricChoice MACRO_F1 =
            MetricChoice.averaged(CountMetrics.F1, Average.MACRO, ZeroDivision.UNDEFINED, CLASSES);
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1, "test", 1000);

    @Test
    void theIntervalOfAPerfectModelReachesToWhatTheRuleOfThreeAllows() {
        Interval interval = perfect(1000).interval(0.95).orElseThrow();
        assertThat(interval.method()).isEqualTo("no differing row seen");
        assertThat(interval.high()).isEqualTo(1);
        // 1 - 0.025^(1/3000) of 3,000 rows are 3.69 rows; four errors cost most when they gather in one class and
        // prediction.
        double oneClass = 2.0 * 996 / (996 + 1000);
        double other = 2.0 * 1000 / (1000 + 1004);
        assertThat(interval.low()).isBetween((oneClass + other + 1) / 3 - 1e-6, (oneClass + other + 1) / 3 + 1e-6);
    }

    @Test
    void fewRowsGiveAWideInterval() {
        assertThat(perfect(3).interval(0.95).map(Interval::low).orElse(0.0)).isLessThan(0.7);
    }

    @Test
    void modelsThatAgreeOnEveryRowAreNotShownToBeEqualByFewRows() {
        assertThat(degradationOfAgreeing(10).interval(0.95).orElseThrow().high())
                .isGreaterThan(0.05);
        assertThat(degradationOfAgreeing(10_000).interval(0.95).orElseThrow().high())
                .isLessThan(0.001)
                .isPositive();
    }

    @Seeded(cases = 60)
    void theIntervalLiesBeyondABoundExactlyFromThePValueOn(Gen gen) {
        Estimate estimate = perfect(gen.integer(2, 400));
        double confidence = 1 - StrictMath.pow(10, gen.real(-6, -0.3));
        double bound = gen.real(0.5, 1);
        boolean beyond = estimate.interval(confidence)
                .map(interval -> Side.ABOVE.holds(interval, bound))
                .orElse(false);
        double level = 1 - confidence;
        double pValue = estimate.pValue(bound, Side.ABOVE);
        assertThat(beyond).isEqualTo(pValue <= level * (1 + 1e-9) && pValue < 1);
    }

    private static Estimate perfect(int rowsOfEachClass) {
        ClassTally tally = new ClassTally(LabelSets.ofOneClass(CLASSES.size()));
        for (int k = 0; k < CLASSES.size(); k++) {
            tally.add(k, k, rowsOfEachClass);
        }
        return ((Reading.Sampled) tally.reading(MACRO_F1, BOOTSTRAP)).estimate();
    }

    private static Estimate degradationOfAgreeing(int rowsOfEachClass) {
        PairedClassTally tally = new PairedClassTally(LabelSets.ofOneClass(CLASSES.size()));
        for (int k = 0; k < CLASSES.size(); k++) {
            tally.add(k, k, k, rowsOfEachClass);
        }
        Sample sample = tally.sample(MACRO_F1, "baseline", 0.95, BOOTSTRAP);
        return ((Reading.Sampled) sample.readings().get(Quantity.DEGRADATION)).estimate();
    }
}
