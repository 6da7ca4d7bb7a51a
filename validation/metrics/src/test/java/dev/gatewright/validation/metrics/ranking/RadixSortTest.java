// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

class RadixSortTest {
    @Seeded(cases = 100)
    void sortsIntsAsComparingThemDoes(Gen gen) {
        LongSupplier make = maker(gen);
        int size = size(gen);
        int[] integers = IntStream.generate(() -> (int) (make.getAsLong() >> gen.oneOf(0, 32)))
                .limit(size + gen.integer(0, 9))
                .toArray();
        int[] expected = Arrays.copyOf(integers, size);
        Arrays.sort(expected);

        assertThat(RadixSort.sorted(integers, size)).isEqualTo(expected);
    }

    @Seeded(cases = 100)
    void sortsLongsAsComparingThemDoes(Gen gen) {
        LongSupplier make = maker(gen);
        int size = size(gen);
        long[] integers =
                LongStream.generate(make).limit(size + gen.integer(0, 9)).toArray();
        long[] expected = Arrays.copyOf(integers, size);
        Arrays.sort(expected);

        assertThat(RadixSort.sorted(integers, size)).isEqualTo(expected);
    }

    @Seeded(cases = 100)
    void ordersPositionsAndLeavesEqualOnesAsTheyCame(Gen gen) {
        LongSupplier make = maker(gen);
        long[] integers = LongStream.generate(make).limit(size(gen)).toArray();
        int[] expected = IntStream.range(0, integers.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> integers[i]))
                .mapToInt(i -> i)
                .toArray();

        assertThat(RadixSort.order(integers)).isEqualTo(expected);
    }

    private static int size(Gen gen) {
        return gen.oneOf(0, 1, 2, gen.integer(3, 2047), 2048, gen.integer(2049, 20_000));
    }

    /** Integers of all sizes, of a few values, of one value, and such as differ only in a few of their bits. */
    private static LongSupplier maker(Gen gen) {
        long any = gen.anyLong();
        int shift = gen.integer(0, 60);
        return switch (gen.integer(0, 3)) {
            case 0 -> gen::anyLong;
            case 1 -> () -> gen.oneOf(any, ~any, 0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE);
            case 2 -> () -> any;
            default -> () -> any ^ (gen.anyLong() & 15) << shift;
        };
    }
}
