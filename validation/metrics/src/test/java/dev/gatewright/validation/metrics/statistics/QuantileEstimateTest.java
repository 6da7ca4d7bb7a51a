// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantileEstimateTest {
    /** Conover, "Practical nonparametric statistics", 1999: ranks of the 95% interval of a median. */
    @ParameterizedTest
    @CsvSource({"6, 1, 6", "10, 2, 9", "20, 6, 15", "100, 40, 61"})
    void endsAtThePublishedRanks(int values, int lowRank, int highRank) {
        Interval interval =
                QuantileEstimate.of(upTo(values), 0.5).interval(0.95).orElseThrow();

        assertThat(interval.low()).isEqualTo(lowRank);
        assertThat(interval.high()).isEqualTo(highRank);
        assertThat(interval.confidence()).isEqualTo(0.95);
        assertThat(interval.method()).isEqualTo("order statistics");
    }

    @Test
    void doesNotDependOnTheOrderNorChangeTheValues() {
        double[] values = {5, 1, 4, 2, 3, 6};

        QuantileEstimate estimate = QuantileEstimate.of(values, 0.5);

        assertThat(estimate.value()).isEqualTo(3);
        assertThat(estimate.interval(0.95).orElseThrow().high()).isEqualTo(6);
        assertThat(values).containsExactly(5, 1, 4, 2, 3, 6);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0.95, 95",
        "100, 0.07, 7",
        "100, 0.951, 96",
        "3, 0.5, 2",
        "4, 0.5, 2",
        "1, 0.99, 1",
        "5, 0.001, 1",
        "5, 0.999, 5"
    })
    void isTheSmallestValueThatEnoughValuesDoNotExceed(int values, double probability, double expected) {
        assertThat(QuantileEstimate.of(upTo(values), probability).value()).isEqualTo(expected);
    }

    /** The smallest n with probability^n (or its complement's) at most half of what the confidence leaves. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0.95, 6",
        "0.95, 0.95, 72",
        "0.99, 0.95, 368",
        "0.01, 0.95, 368",
        "0.99, 0.99, 528",
        "0.5, 0.5, 2",
        "0.999, 0.9, 2995",
        "0.75, 0.5, 5"
    })
    void hasAnIntervalFromTheFewestValuesOn(double probability, double confidence, int fewest) {
        assertThat(QuantileEstimate.fewestValues(probability, confidence)).isEqualTo(fewest);
        assertThat(QuantileEstimate.of(upTo(fewest), probability).interval(confidence))
                .isPresent();
        assertThat(QuantileEstimate.of(upTo(fewest - 1), probability).interval(confidence))
                .isEmpty();
    }

    @Test
    void pValueIsThatOfTheSignTest() {
        // 2 of 10 values are up to 2: P(X <= 2) = (1 + 10 + 45) / 1024.
        QuantileEstimate median = QuantileEstimate.of(upTo(10), 0.5);

        assertThat(median.pValue(2, Side.ABOVE)).isCloseTo(2 * 56.0 / 1024, within(1e-15));
        assertThat(median.pValue(1.5, Side.ABOVE)).isCloseTo(2 * 11.0 / 1024, within(1e-15));
        assertThat(median.pValue(9, Side.BELOW)).isCloseTo(2 * 56.0 / 1024, within(1e-15));
        assertThat(median.pValue(100, Side.BELOW)).isCloseTo(2.0 / 1024, within(1e-15));
        assertThat(median.pValue(5, Side.ABOVE)).isEqualTo(1);
        assertThat(median.pValue(10, Side.ABOVE)).isEqualTo(1);
        assertThat(median.pValue(1, Side.BELOW)).isEqualTo(1);
    }

    @Test
    void pValueIsNoSmallerThanTheLevelFromWhichThereIsAnInterval() {
        // Not one of 20 values is up to 0, but the largest is no upper end of a 90th percentile before 2 * 0.9^20.
        assertThat(QuantileEstimate.of(upTo(20), 0.9).pValue(0, Side.ABOVE))
                .isCloseTo(2 * Math.pow(0.9, 20), within(1e-15));
    }

    @Tag("simulation")
    @Test
    void coversTheTruePercentileAtLeastAsOftenAsItSays() {
        RandomStream random = RandomStream.of(1, "quantile");
        int covered = 0;
        for (int i = 0; i < 4000; i++) {
            double[] exponential = DoubleStream.generate(() -> -Math.log(1 - random.unit()))
                    .limit(150)
                    .toArray();
            if (QuantileEstimate.of(exponential, 0.9)
                    .interval(0.95)
                    .orElseThrow()
                    .contains(Math.log(10))) {
                covered++;
            }
        }
        assertThat(covered / 4000.0).isBetween(0.945, 0.985);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesValuesThatAreNotFinite(double value) {
        assertThatThrownBy(() -> QuantileEstimate.of(new double[] {1, value, 2}, 0.5))
                .hasMessage("a value is " + value + ": it must be finite");
    }

    @Test
    void refusesNoValuesAndNoPercentile() {
        assertThatThrownBy(() -> QuantileEstimate.of(new double[0], 0.5))
                .hasMessage("the number of values is 0: it must be from 1 to 2^53");
        assertThatThrownBy(() -> QuantileEstimate.of(upTo(5), 95))
                .hasMessage("probability is 95.0: it must lie between 0 and 1, ends excluded");
        assertThatThrownBy(() -> QuantileEstimate.fewestValues(0, 0.9))
                .hasMessage("probability is 0.0: it must lie between 0 and 1, ends excluded");
        assertThatThrownBy(() -> QuantileEstimate.fewestValues(0.5, 1))
                .hasMessage("confidence is 1.0: it must lie between 0 and 1, ends excluded");
    }

    private static double[] upTo(int last) {
        return IntStream.rangeClosed(1, last).asDoubleStream().toArray();
    }

    @Nested
    class AsEstimate extends EstimateContract {
        /** Whole numbers, for many ties. */
        @Override
        QuantileEstimate estimate(Gen gen) {
            return QuantileEstimate.of(values(gen), gen.oneOf(0.03125, 0.25, 0.5, 0.75, 0.9375));
        }

        @Override
        double rounding() {
            return 1e-14;
        }

        @Seeded
        void containsItsValue(Gen gen) {
            QuantileEstimate estimate = estimate(gen);

            estimate.interval(confidence(gen))
                    .ifPresent(interval ->
                            assertThat(interval.contains(estimate.value())).isTrue());
        }

        @Seeded
        void pValuesAreMirroredByTheNegativeValues(Gen gen) {
            double[] values = values(gen);
            double[] negatives = DoubleStream.of(values).map(value -> -value).toArray();
            QuantileEstimate original = QuantileEstimate.of(values, 0.75);
            QuantileEstimate mirror = QuantileEstimate.of(negatives, 0.25);
            double bound = gen.integer(-20, 20);

            assertThat(mirror.pValue(-bound, Side.BELOW)).isCloseTo(original.pValue(bound, Side.ABOVE), within(1e-13));
            assertThat(mirror.pValue(-bound, Side.ABOVE)).isCloseTo(original.pValue(bound, Side.BELOW), within(1e-13));
        }

        private double[] values(Gen gen) {
            int length = gen.integer(1, gen.oneOf(3, 50, 1000));
            return gen.listOf(length, () -> (double) gen.integer(-20, 20)).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }
    }
}
