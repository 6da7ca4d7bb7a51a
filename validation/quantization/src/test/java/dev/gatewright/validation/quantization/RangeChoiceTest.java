// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.quantization.Ranges.Range;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import org.junit.jupiter.api.Test;

class RangeChoiceTest {
    private static final int COUNT = 1_000_000;

    @Test
    void leastSquaresCutOffWhatStandsAlone() {
        float[] numbers = evenly(-1, 1);
        numbers[0] = 10;
        Range range = RangeChoice.leastSquares(histogram(numbers));
        assertThat(range.max()).isBetween(1f, 8f);
        assertThat(error(numbers, range)).isLessThan(error(numbers, new Range(-1, 10)));
    }

    @Seeded(cases = 20)
    void leastSquaresAreNoWorseThanAllThatWasSeen(Gen gen) {
        float[] numbers = new float[2000];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (gen.real(-1, 1) * gen.real(0, 1) * (gen.chance(0.01) ? 30 : 1));
        }
        Histogram histogram = histogram(numbers);
        Range all = new Range(histogram.min(), histogram.max());
        // The histogram tells numbers apart by its bins only.
        assertThat(error(numbers, RangeChoice.leastSquares(histogram))).isLessThan(1.1 * error(numbers, all));
    }

    @Test
    void evenNumbersKeepTheirWholeRange() {
        Range range = RangeChoice.leastSquares(histogram(evenly(-3, 5)));
        assertThat(range.min()).isBetween(-3f, -2.9f);
        assertThat(range.max()).isBetween(4.9f, 5f);
    }

    @Test
    void absoluteValuesTakeAMillionBinsAndNoMore() {
        Counts counts = new AbsoluteHistogram(2048);
        counts.add(new float[] {-1, 0.5f}, new Range(-1, 0.5f));
        assertThat(counts.reaches(new Range(-100, 0))).isTrue();
        assertThat(counts.reaches(new Range(0, 1000))).isFalse();
        assertThat(counts.add(new float[] {Float.NaN}, new Range(0, 0))).isFalse();
    }

    private static float[] evenly(float from, float to) {
        float[] numbers = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            numbers[i] = from + (to - from) * i / (COUNT - 1);
        }
        return numbers;
    }

    private static Histogram histogram(float... numbers) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (float number : numbers) {
            min = Math.min(min, number);
            max = Math.max(max, number);
        }
        Range ends = new Range(min, max);
        Histogram histogram = new Histogram(CalibrationMethod.MSE.bins(), ends.farthest());
        histogram.add(numbers, ends);
        return histogram;
    }

    private static double error(float[] numbers, Range range) {
        Step step = Step.of(range.min(), range.max(), IntegerRange.ofActivations(false), false);
        double error = 0;
        for (float number : numbers) {
            double integer = Math.max(-128, Math.min(127, Math.rint(number / step.scale()) + step.zero()));
            double told = (integer - step.zero()) * step.scale();
            error += (number - told) * (number - told);
        }
        return error;
    }
}
