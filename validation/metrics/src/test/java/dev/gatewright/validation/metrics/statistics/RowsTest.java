// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.Arrays;

/** Standard errors of functions of means, against their textbook form. */
class RowsTest {
    /** The mean of equal numbers is not always that number, and their spread would come out as a little. */
    @Seeded(cases = 50)
    void rowsThatAreAlikeHaveNoSpread(Gen gen) {
        double[] alike = new double[gen.integer(3, 60)];
        Arrays.fill(alike, gen.real(-1, 1));
        double[] others = new double[alike.length];
        Arrays.fill(others, gen.real(-1, 1));

        assertThat(new Rows(alike, others).standardError(means -> means[0] / (2 + means[1])))
                .isZero();
    }

    @Seeded(cases = 50)
    void theErrorOfALinearFunctionIsThatOfItsValues(Gen gen) {
        int size = gen.integer(2, 200);
        double slope = gen.real(-3, 3);
        double[] first = new double[size];
        double[] second = new double[size];
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            first[i] = gen.chance(0.5) ? 1 : gen.unit();
            second[i] = gen.unit();
            values[i] = first[i] + slope * second[i];
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double expected = StrictMath.sqrt(squares / (size - 1) / size);

        assertThat(new Rows(first, second).standardError(means -> means[0] + slope * means[1]))
                .isCloseTo(expected, within(1e-9));
    }

    @Seeded(cases = 20)
    void oneColumnThatIsAlikeDoesNotHideTheOther(Gen gen) {
        double[] alike = new double[10];
        Arrays.fill(alike, 0.1);
        double[] others = new double[10];
        Arrays.setAll(others, i -> gen.unit());

        assertThat(new Rows(alike, others).standardError(means -> means[0] + means[1]))
                .isCloseTo(new Rows(others).standardError(means -> means[0]), within(1e-12))
                .isPositive();
    }
}
