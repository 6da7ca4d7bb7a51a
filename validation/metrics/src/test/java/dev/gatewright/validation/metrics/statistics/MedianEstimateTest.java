// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MedianEstimateTest {
    @ParameterizedTest
    @CsvSource({"7, 7", "3 1, 2", "5 1 3, 3", "9 2 4 8, 6", "1e308 1.5e308, 1.25e308"})
    void isTheMiddleValueOrTheMeanOfBoth(String values, double median) {
        double[] numbers = java.util.Arrays.stream(values.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(MedianEstimate.of(numbers).value()).isEqualTo(median);
    }

    @Nested
    class Contract extends EstimateContract {
        @Override
        Estimate estimate(Gen gen) {
            int size = gen.oneOf(1, 2, gen.integer(3, 30), gen.integer(100, 1000));
            return MedianEstimate.of(gen.listOf(size, () -> gen.oneOf(gen.unit(), (double) gen.integer(0, 3))).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray());
        }
    }
}
