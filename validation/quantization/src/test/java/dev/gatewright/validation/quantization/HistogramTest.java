// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.quantization.Ranges.Range;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each number is counted once, in the bin whose edges it lies between; the last bin holds its upper edge. */
class HistogramTest {
    private static final int BINS = 128;

    @Seeded(cases = 50)
    void countsEachNumberBetweenItsEdges(Gen gen) {
        float size = gen.oneOf(1e-42f, 1e-20f, 0.01f, 1f, 3e30f);
        float[] first = numbers(gen, size);
        float[] second = numbers(gen, size * gen.integer(1, 20));
        Histogram histogram = new Histogram(BINS, ends(first).farthest());
        histogram.add(first, ends(first));
        long[] before = counts(histogram);
        for (int bin = 0; bin < BINS; bin++) {
            assertThat(before[bin]).as("bin %d", bin).isEqualTo(between(first, histogram, bin));
        }
        assertThat(histogram.reaches(ends(second))).isTrue();
        histogram.add(second, ends(second));
        // It grew outwards: what was counted before keeps its bin.
        int more = (histogram.bins() - BINS) / 2;
        for (int bin = 0; bin < histogram.bins(); bin++) {
            long kept = bin < more || bin >= more + BINS ? 0 : before[bin - more];
            assertThat(histogram.count(bin)).as("bin %d", bin).isEqualTo(kept + between(second, histogram, bin));
        }
    }

    @Test
    void growsToAMillionBinsAndNoFurther() {
        float[] small = {0.001f, -0.0005f};
        Histogram histogram = new Histogram(BINS, 0.001f);
        histogram.add(small, ends(small));
        assertThat(histogram.reaches(new Range(0, 1))).isTrue();
        assertThat(histogram.reaches(new Range(0, 100))).isFalse();
        assertThat(new Histogram(BINS, Float.MIN_VALUE).reaches(new Range(-1, 1)))
                .isFalse();
    }

    private static float[] numbers(Gen gen, float size) {
        float[] numbers = new float[gen.integer(1, 2000)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = gen.chance(0.3) ? 0 : (float) gen.real(-size, size);
        }
        return numbers;
    }

    private static long[] counts(Histogram histogram) {
        return IntStream.range(0, histogram.bins()).mapToLong(histogram::count).toArray();
    }

    private static long between(float[] numbers, Histogram histogram, int bin) {
        boolean isLast = bin == histogram.bins() - 1;
        long count = 0;
        for (float number : numbers) {
            if (number >= histogram.edge(bin) && (isLast || number < histogram.edge(bin + 1))) {
                count++;
            }
        }
        return count;
    }

    private static Range ends(float... numbers) {
        float min = numbers[0];
        float max = numbers[0];
        for (float number : numbers) {
            min = Math.min(min, number);
            max = Math.max(max, number);
        }
        return new Range(min, max);
    }
}
