// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MultinomialSamplerTest {
    private static final int SAMPLES = 100_000;

    @Seeded(cases = 100)
    void drawsAsManyRowsAsThereAreFromTheCellsThatAreNotEmpty(Gen gen) {
        long[] counts = new long[gen.integer(1, 40)];
        Arrays.setAll(counts, cell -> gen.chance(0.3) ? 0 : gen.integer(0, gen.oneOf(3, 40, 5000)));
        counts[gen.integer(0, counts.length - 1)] += gen.integer(1, 50);
        MultinomialSampler sampler = new MultinomialSampler(counts);
        RandomStream random = RandomStream.of(gen.seed(), "multinomial");
        long[] sample = new long[counts.length];
        Arrays.fill(sample, -1);

        for (int i = 0; i < 20; i++) {
            sampler.sample(random, sample);

            assertThat(LongStream.of(sample).sum())
                    .isEqualTo(LongStream.of(counts).sum());
            for (int cell = 0; cell < counts.length; cell++) {
                assertThat(sample[cell]).isNotNegative();
                if (counts[cell] == 0) {
                    assertThat(sample[cell]).isZero();
                }
            }
        }
    }

    /** Sums of cells are binomial only if each cell is, and if they depend on each other as they should. */
    @Test
    void everySumOfCellsIsBinomial() {
        long[] counts = {400, 7, 0, 33, 32, 1, 2500, 25};
        int[][] groups = {{0}, {1}, {3}, {4}, {5}, {6}, {7}, {0, 3}, {0, 4}, {1, 7}, {3, 6}, {0, 1, 3}, {4, 6, 7}};
        long total = LongStream.of(counts).sum();
        MultinomialSampler sampler = new MultinomialSampler(counts);
        RandomStream random = RandomStream.of(1, "multinomial");
        long[] sample = new long[counts.length];
        long[][] sums = new long[groups.length][SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            sampler.sample(random, sample);
            for (int group = 0; group < groups.length; group++) {
                for (int cell : groups[group]) {
                    sums[group][i] += sample[cell];
                }
            }
        }

        for (int group = 0; group < groups.length; group++) {
            long inGroup =
                    Arrays.stream(groups[group]).mapToLong(cell -> counts[cell]).sum();
            ChiSquare.assertFollows(new BinomialDistribution(total, (double) inGroup / total), sums[group]);
        }
    }

    @Tag("simulation")
    @Test
    void manySmallCellsAreDrawnAlike() {
        long[] counts = new long[3000];
        Arrays.fill(counts, 1);
        MultinomialSampler sampler = new MultinomialSampler(counts);
        RandomStream random = RandomStream.of(2, "multinomial");
        long[] sample = new long[3000];
        long[] firstHalf = new long[2000];
        for (int i = 0; i < firstHalf.length; i++) {
            sampler.sample(random, sample);
            firstHalf[i] = LongStream.of(sample).limit(1500).sum();
        }

        ChiSquare.assertFollows(new BinomialDistribution(3000, 0.5), firstHalf);
    }

    @Test
    void refusesCellsWithoutRowsAndNegativeOnes() {
        assertThatThrownBy(() -> new MultinomialSampler(new long[] {0, 0}))
                .hasMessage("the number of rows in all cells is 0: it must be from 1 to 2^53");
        assertThatThrownBy(() -> new MultinomialSampler(new long[0]))
                .hasMessage("the number of rows in all cells is 0: it must be from 1 to 2^53");
        assertThatThrownBy(() -> new MultinomialSampler(new long[] {5, -1}))
                .hasMessage("the count of a cell is -1: it must be from 0 to 2^53");
        assertThatThrownBy(() -> new MultinomialSampler(new long[] {1L << 53, 1}))
                .hasMessage("the number of rows in all cells is 9007199254740993: it must be from 0 to 2^53");
    }
}
