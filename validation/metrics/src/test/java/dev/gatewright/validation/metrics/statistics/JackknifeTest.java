// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JackknifeTest {
    /** Of a mean the jackknife gives the usual error, the standard deviation over the root of n, to the last digits. */
    @Seeded(cases = 50)
    void theErrorOfAMeanIsTheUsualOne(Gen gen) {
        int cells = gen.integer(1, 50);
        double[] values = new double[cells];
        long[] counts = new long[cells];
        Arrays.setAll(values, cell -> gen.real(-3, 3));
        Arrays.setAll(counts, cell -> gen.integer(1, 20));
        long rows = Arrays.stream(counts).sum() + 2;
        counts[0] += 2;
        double sum = 0;
        for (int cell = 0; cell < cells; cell++) {
            sum += counts[cell] * values[cell];
        }
        double squares = 0;
        double[] withoutOne = new double[cells];
        for (int cell = 0; cell < cells; cell++) {
            double distance = values[cell] - sum / rows;
            squares += counts[cell] * distance * distance;
            withoutOne[cell] = (sum - values[cell]) / (rows - 1);
        }
        double usual = Math.sqrt(squares / (rows - 1) / rows);

        assertThat(Jackknife.standardError(withoutOne, counts)).isCloseTo(usual, within(1e-12 + 1e-9 * usual));
    }

    @Test
    void thereIsNoErrorWhereAValueIsUndefined() {
        assertThat(Jackknife.standardError(new double[] {0.5, Double.NaN}, new long[] {3, 1}))
                .isNaN();
    }

    @Test
    void rowsThatMakeNoDifferenceHaveNoError() {
        assertThat(Jackknife.standardError(new double[] {0.1, 0.1}, new long[] {3, 7}))
                .isZero();
    }
}
