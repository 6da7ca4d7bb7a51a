// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.validation.testkit.Gen;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogitEstimateTest {
    @Test
    void reachesSoManyStandardErrorsToBothSidesOnTheScaleOfLogOdds() {
        Interval interval =
                new LogitEstimate(0.8, 0.05, "DeLong, logit").interval(0.95).orElseThrow();

        // ln 4 ± 1.959963984540054 · 0.05 / (0.8 · 0.2)
        assertThat(StrictMath.log(interval.low() / (1 - interval.low())))
                .isCloseTo(StrictMath.log(4) - 1.959963984540054 * 0.3125, within(1e-13));
        assertThat(StrictMath.log(interval.high() / (1 - interval.high())))
                .isCloseTo(StrictMath.log(4) + 1.959963984540054 * 0.3125, within(1e-13));
        assertThat(interval.confidence()).isEqualTo(0.95);
        assertThat(interval.method()).isEqualTo("DeLong, logit");
    }

    @Test
    void isNearlyNormalWhereTheErrorIsSmall() {
        Interval logit = new LogitEstimate(0.7, 1e-5, "").interval(0.9).orElseThrow();
        Interval normal = new NormalEstimate(0.7, 1e-5).interval(0.9).orElseThrow();

        assertThat(logit.low()).isCloseTo(normal.low(), within(1e-9));
        assertThat(logit.high()).isCloseTo(normal.high(), within(1e-9));
    }

    @Test
    void pValueIsThatOfTheNormalTestOfLogOdds() {
        double standardError = 0.16 * StrictMath.log(4) / 2;
        LogitEstimate estimate = new LogitEstimate(0.8, standardError, "");

        // The log odds of 0.8 are two standard errors above those of 0.5.
        assertThat(estimate.pValue(0.5, Side.ABOVE)).isCloseTo(0.04550026389635839, within(1e-14));
        assertThat(new LogitEstimate(0.2, standardError, "").pValue(0.5, Side.BELOW))
                .isCloseTo(0.04550026389635839, within(1e-14));
        assertThat(estimate.pValue(0.5, Side.BELOW)).isEqualTo(1);
        assertThat(estimate.pValue(0.8, Side.ABOVE)).isEqualTo(1);
    }

    @Test
    void noIntervalReachesZeroOrOne() {
        LogitEstimate estimate = new LogitEstimate(0.8, 0.3, "");

        for (double bound : new double[] {-1, 0}) {
            assertThat(estimate.pValue(bound, Side.ABOVE)).isZero();
            assertThat(estimate.pValue(bound, Side.BELOW)).isEqualTo(1);
        }
        for (double bound : new double[] {1, 2}) {
            assertThat(estimate.pValue(bound, Side.BELOW)).isZero();
            assertThat(estimate.pValue(bound, Side.ABOVE)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0", "0.5, -1", "0.5, NaN", "0.5, Infinity", "NaN, 1", "0, 0.1", "1, 0.1", "2, 0.1", "-1, 0.1"})
    void hasNoIntervalWithoutAValueInsideAndAPositiveFiniteError(double value, double standardError) {
        LogitEstimate estimate = new LogitEstimate(value, standardError, "");

        assertThat(estimate.interval(0.95)).isEmpty();
        assertThat(estimate.pValue(0.25, Side.ABOVE)).isEqualTo(1);
        assertThat(estimate.pValue(0.75, Side.BELOW)).isEqualTo(1);
        assertThat(estimate.pValue(-1, Side.ABOVE)).isEqualTo(1);
    }

    @Nested
    class AsEstimate extends EstimateContract {
        @Override
        LogitEstimate estimate(Gen gen) {
            return new LogitEstimate(gen.real(0.001, 0.999), gen.oneOf(1e-6, 0.01, 0.1) * gen.real(0.01, 1), "logit");
        }

        @Override
        double rounding() {
            return 1e-6;
        }
    }
}
