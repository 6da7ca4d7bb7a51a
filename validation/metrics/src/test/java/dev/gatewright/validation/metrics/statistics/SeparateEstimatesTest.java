// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.validation.testkit.Gen;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SeparateEstimatesTest {
    @Test
    void theIntervalIsMadeOfOneOfEachAtHalfTheLevel() {
        SeparateEstimates difference = new SeparateEstimates(
                new NormalEstimate(5, 1), new NormalEstimate(3, 2), (first, second) -> first - second);

        Interval interval = difference.interval(0.9).orElseThrow();

        double reach = NormalDistribution.criticalValue(0.95) * (1 + 2);
        assertThat(difference.value()).isEqualTo(2);
        assertThat(interval.low()).isCloseTo(2 - reach, within(1e-12));
        assertThat(interval.high()).isCloseTo(2 + reach, within(1e-12));
    }

    @Test
    void withoutAnIntervalOfEitherThereIsNone() {
        NormalEstimate none = new NormalEstimate(3, Double.NaN);
        NormalEstimate some = new NormalEstimate(5, 1);

        assertThat(new SeparateEstimates(some, none, (first, second) -> first - second).interval(0.5))
                .isEmpty();
        assertThat(new SeparateEstimates(none, some, (first, second) -> first - second).pValue(-100, Side.ABOVE))
                .isEqualTo(1);
    }

    @Nested
    class Contract extends EstimateContract {
        @Override
        Estimate estimate(Gen gen) {
            return new SeparateEstimates(one(gen), one(gen), (first, second) -> first - second);
        }

        private static Estimate one(Gen gen) {
            return gen.chance(0.5)
                    ? new NormalEstimate(gen.real(-3, 3), gen.real(0.1, 2))
                    : MedianEstimate.of(gen.listOf(gen.integer(1, 60), gen::unit).stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray());
        }

        @Override
        double rounding() {
            return 1e-9;
        }
    }
}
