// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(42, "test");

    @Test
    void drawsTenThousandReplicatesUnlessToldOtherwise() {
        assertThat(BOOTSTRAP.replicates()).isEqualTo(10_000);
        assertThat(BOOTSTRAP.ofMean(new double[] {1, 2}))
                .isInstanceOfSatisfying(
                        BootstrapEstimate.class,
                        estimate -> assertThat(estimate.replicates()).hasSize(10_000));
        assertThat(new Bootstrap(1, "", 100)
                        .ofCounts(new long[] {1, 2}, counts -> counts[0])
                        .replicates())
                .hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 99, 100_001})
    void refusesTooFewAndTooManyReplicates(int replicates) {
        assertThatThrownBy(() -> new Bootstrap(1, "", replicates))
                .hasMessage("replicates is " + replicates + ": it must be from 100 to 100000");
        assertThat(new Bootstrap(1, "", 100_000).replicates()).isEqualTo(100_000);
    }

    @Nested
    class OfCounts {
        /** Only two cells: the replicates are binomial, of which everything is known. */
        @Test
        void aProportionsReplicatesAreBinomial() {
            BootstrapEstimate estimate =
                    new Bootstrap(1, "binomial", 100_000).ofCounts(new long[] {930, 70}, counts -> counts[0] / 1000.0);

            assertThat(estimate.value()).isEqualTo(0.93);
            ChiSquare.assertFollows(
                    new BinomialDistribution(1000, 0.93),
                    DoubleStream.of(estimate.replicates())
                            .mapToLong(replicate -> Math.round(replicate * 1000))
                            .toArray());
        }

        /** Counted cells give the distribution that resampling rows gives. */
        @Test
        void countingAndDrawingRowsGiveTheSameInterval() {
            long[] confusion = {40, 3, 7, 2, 60, 1, 0, 5, 32};
            List<Integer> rows = new ArrayList<>();
            for (int cell = 0; cell < 9; cell++) {
                for (int i = 0; i < confusion[cell]; i++) {
                    rows.add(cell);
                }
            }
            RandomStream random = RandomStream.of(9, "rows");
            int[] drawn = new int[rows.size()];
            double[] byRows = new double[20_000];
            for (int replicate = 0; replicate < byRows.length; replicate++) {
                random.fillBelow(drawn.length, drawn, drawn.length);
                long[] counts = new long[9];
                IntStream.of(drawn).forEach(row -> counts[rows.get(row)]++);
                byRows[replicate] = macroF1(counts);
            }
            Interval expected =
                    new BootstrapEstimate(BOOTSTRAP, 0, byRows).interval(0.9).orElseThrow();

            BootstrapEstimate estimate = new Bootstrap(1, "cells", 20_000).ofCounts(confusion, BootstrapTest::macroF1);
            Interval interval = estimate.interval(0.9).orElseThrow();

            assertThat(estimate.value()).isEqualTo(macroF1(confusion));
            assertThat(estimate.origin()).isEqualTo(new Bootstrap(1, "cells", 20_000));
            assertThat(interval.low()).isCloseTo(expected.low(), within(0.0025));
            assertThat(interval.high()).isCloseTo(expected.high(), within(0.0025));
        }

        @Test
        void agreesWithTangoOnAPairedDifferenceOfManyRows() {
            Interval tango = new Tango(2100, 1900, 100_000).interval(0.95).orElseThrow();
            Interval interval = BOOTSTRAP
                    .ofCounts(new long[] {94_000, 2100, 1900, 2000}, counts -> (counts[1] - counts[2]) / 1e5)
                    .interval(0.95)
                    .orElseThrow();

            double width = tango.high() - tango.low();
            assertThat(interval.low()).isCloseTo(tango.low(), within(width / 50));
            assertThat(interval.high()).isCloseTo(tango.high(), within(width / 50));
        }

        @Test
        void aRelativeDifferenceIsTakenInEveryReplicate() {
            // In percent of the reference's errors; every replicate is a ratio of its own two numbers.
            CountStatistic percent = counts -> 100.0 * (counts[0] - counts[1]) / (counts[1] + counts[2]);
            BootstrapEstimate estimate = BOOTSTRAP.ofCounts(new long[] {30, 60, 200, 710}, percent);
            Interval interval = estimate.interval(0.95).orElseThrow();

            // The delta method: a row adds 1 (a), -1 - r (b) or -r (c) to what r is the ratio of.
            double ratio = -30 / 260.0;
            double error = 100 / 260.0 * Math.sqrt(30 + 60 * Math.pow(1 + ratio, 2) + 200 * ratio * ratio);
            assertThat(estimate.value()).isCloseTo(100 * ratio, within(1e-13));
            assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * error, within(0.5));
        }

        @Test
        void replicatesWithoutAReferenceAreReportedAsUndefined() {
            // All of 5 rows in 1000 are missing from a sample with probability e^-5 or so.
            BootstrapEstimate estimate =
                    BOOTSTRAP.ofCounts(new long[] {4, 5, 991}, counts -> 100.0 * (counts[0] - counts[1]) / counts[1]);

            assertThat(estimate.undefinedShare()).isCloseTo(Math.exp(-5), within(0.002));
            assertThat(estimate.interval(0.95)).isPresent();
            assertThat(BOOTSTRAP
                            .ofCounts(new long[] {3, 4, 993}, counts -> (double) counts[0] / counts[1])
                            .interval(0.95))
                    .isEmpty();
        }

        @Test
        void emptyCellsStayWhereTheyAreAndEmpty() {
            BOOTSTRAP.ofCounts(new long[] {0, 5, 0, 20, 0}, counts -> {
                assertThat(counts).hasSize(5);
                assertThat(counts[0] + counts[2] + counts[4]).isZero();
                assertThat(counts[1] + counts[3]).isEqualTo(25);
                return counts[1];
            });
        }

        @Test
        void theStatisticCannotChangeTheCounts() {
            long[] counts = {5, 20};

            BOOTSTRAP.ofCounts(counts, given -> {
                double statistic = given[0];
                Arrays.fill(given, 99);
                return statistic;
            });

            assertThat(counts).containsExactly(5, 20);
        }

        @Test
        void aPerfectScoreGivesNoInterval() {
            BootstrapEstimate estimate = BOOTSTRAP.ofCounts(new long[] {50, 0, 0, 50}, counts -> 1.0);

            assertThat(estimate.isConstant()).isTrue();
            assertThat(estimate.interval(0.95)).isEmpty();
        }

        @Test
        void dependsOnSeedAndStreamAndOnNothingElse() {
            long[] counts = {930, 50, 20};
            CountStatistic statistic = sample -> (double) sample[1] / sample[0];
            double[] replicates =
                    new Bootstrap(1, "a").ofCounts(counts, statistic).replicates();

            assertThat(new Bootstrap(1, "a").ofCounts(counts, statistic).replicates())
                    .isEqualTo(replicates);
            assertThat(new Bootstrap(2, "a").ofCounts(counts, statistic).replicates())
                    .isNotEqualTo(replicates);
            assertThat(new Bootstrap(1, "b").ofCounts(counts, statistic).replicates())
                    .isNotEqualTo(replicates);
        }

        @Test
        void isTheSameForEver() {
            Interval interval = new Bootstrap(42, "macro f1")
                    .ofCounts(new long[] {4000, 30, 70, 20, 6000, 10, 0, 50, 3200}, BootstrapTest::macroF1)
                    .interval(0.95)
                    .orElseThrow();

            assertThat(interval.low()).isEqualTo(0.9831941886483423);
            assertThat(interval.high()).isEqualTo(0.9875705413999706);
        }

        @Tag("simulation")
        @Test
        void coversTheTrueDifferenceAboutAsOftenAsItSays() {
            RandomStream random = RandomStream.of(3, "coverage");
            MultinomialSampler population = new MultinomialSampler(new long[] {85, 9, 6, 100});
            long[] sample = new long[4];
            int covered = 0;
            int experiments = 1000;
            for (int i = 0; i < experiments; i++) {
                population.sample(random, sample);
                Interval interval = new Bootstrap(i, "coverage", 500)
                        .ofCounts(sample, counts -> (counts[1] - counts[2]) / 200.0)
                        .interval(0.9)
                        .orElseThrow();
                if (interval.contains(3 / 200.0)) {
                    covered++;
                }
            }
            assertThat((double) covered / experiments).isBetween(0.87, 0.93);
        }
    }

    @Nested
    class OfMeans {
        @Test
        void aMeansReplicatesHaveTheMeanAndTheStandardErrorOfTheSample() {
            double[] values =
                    DoubleStream.iterate(0.5, value -> value * 1.01).limit(500).toArray();
            double mean = DoubleStream.of(values).average().orElseThrow();
            double variance =
                    DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum() / 500;

            BootstrapEstimate estimate = (BootstrapEstimate) BOOTSTRAP.ofMean(values);
            double[] replicates = estimate.replicates();
            double average = DoubleStream.of(replicates).average().orElseThrow();
            double spread = DoubleStream.of(replicates)
                    .map(replicate -> (replicate - average) * (replicate - average))
                    .average()
                    .orElseThrow();

            assertThat(estimate.value()).isCloseTo(mean, within(1e-12));
            assertThat(average).isCloseTo(mean, within(4 * Math.sqrt(variance / 500 / 10_000)));
            assertThat(spread).isCloseTo(variance / 500, within(0.06 * variance / 500));
        }

        @Test
        void rowsOfFewDistinctValuesAreCountedAndGiveTheSameDistribution() {
            // 0/1 values: the sum is binomial, whichever way it is drawn.
            double[] values = new double[1000];
            Arrays.fill(values, 0, 300, 1.0);
            BootstrapEstimate estimate = (BootstrapEstimate) new Bootstrap(1, "ties", 100_000).ofMean(values);

            ChiSquare.assertFollows(
                    new BinomialDistribution(1000, 0.3),
                    DoubleStream.of(estimate.replicates())
                            .mapToLong(replicate -> Math.round(replicate * 1000))
                            .toArray());
        }

        @Tag("simulation")
        @Test
        void rowsOfManyDistinctValuesAreDrawnOneByOneAndGiveTheSameDistribution() {
            // The statistic sees only the first column; the second makes the rows distinct.
            double[] values = new double[1000];
            Arrays.fill(values, 0, 300, 1.0);
            double[] distinct = IntStream.range(0, 1000).asDoubleStream().toArray();
            BootstrapEstimate estimate =
                    (BootstrapEstimate) new Bootstrap(1, "rows", 100_000).ofMeans(means -> means[0], values, distinct);

            ChiSquare.assertFollows(
                    new BinomialDistribution(1000, 0.3),
                    DoubleStream.of(estimate.replicates())
                            .mapToLong(replicate -> Math.round(replicate * 1000))
                            .toArray());
        }

        @ParameterizedTest
        @ValueSource(ints = {640, 639})
        void bothWaysOfDrawingKeepTheColumnsOfARowTogether(int rows) {
            // 10 distinct rows: 64 of each are counted, fewer are drawn one by one.
            double[] first =
                    IntStream.range(0, rows).mapToDouble(row -> row % 10).toArray();
            double[] second = DoubleStream.of(first).map(value -> 3 - 2 * value).toArray();

            BootstrapEstimate estimate =
                    (BootstrapEstimate) BOOTSTRAP.ofMeans(means -> 2 * means[0] + means[1], first, second);
            BootstrapEstimate spread = (BootstrapEstimate) BOOTSTRAP.ofMeans(means -> means[0], first, second);

            assertThat(estimate.replicates()[0]).isCloseTo(3, within(1e-12));
            assertThat(estimate.replicates()[9999]).isCloseTo(3, within(1e-12));
            Interval interval = spread.interval(0.95).orElseThrow();
            assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * Math.sqrt(8.25 / rows), within(0.03));
        }

        @Seeded(cases = 30)
        void doesNotDependOnTheOrderOfTheRows(Gen gen) {
            int size = gen.integer(1, 300);
            int steps = gen.oneOf(2, 1_000_000);
            List<double[]> rows =
                    gen.listOf(size, () -> new double[] {gen.integer(-steps, steps), gen.integer(0, steps)});
            Bootstrap bootstrap = new Bootstrap(gen.seed(), "order", 100);
            MeansStatistic statistic = means -> means[0] - Math.sqrt(means[1]);

            BootstrapEstimate one = (BootstrapEstimate) bootstrap.ofMeans(statistic, columns(rows));
            BootstrapEstimate other = (BootstrapEstimate) bootstrap.ofMeans(statistic, columns(gen.shuffled(rows)));

            assertThat(other.replicates()).isEqualTo(one.replicates());
            assertThat(other.value()).isEqualTo(one.value());
        }

        @Test
        void leavesTheValuesInTheirOrder() {
            double[] values = {3, 1, 2};

            BOOTSTRAP.ofMean(values);

            assertThat(values).containsExactly(3, 1, 2);
        }

        @Test
        void isTheSameForEver() {
            double[] values =
                    IntStream.range(0, 3000).mapToDouble(i -> 1.0 / (i + 1)).toArray();
            Interval interval =
                    new Bootstrap(42, "mean").ofMean(values).interval(0.95).orElseThrow();

            assertThat(interval.low()).isEqualTo(0.0021605262886763795);
            assertThat(interval.high()).isEqualTo(0.0038255541360238906);
        }

        @Test
        void oneRowAndRowsThatAreAllAlikeGiveNoInterval() {
            assertThat(BOOTSTRAP.ofMean(new double[] {0.3}).interval(0.5)).isEmpty();
            assertThat(BOOTSTRAP.ofMean(new double[] {0.3, 0.3, 0.3}).interval(0.5))
                    .isEmpty();
            assertThat(BOOTSTRAP.ofMean(new double[] {0.3, 0.3, 0.3}).value()).isCloseTo(0.3, within(1e-16));
        }

        @Test
        void sumsBeyondTheDoublesAreUndefined() {
            Estimate estimate = BOOTSTRAP.ofMean(new double[] {1e308, 1.5e308, -1e308});

            assertThat(estimate.value()).isCloseTo(0.5e308, within(1e295));
            assertThat(estimate.interval(0.5)).isEmpty();
        }

        @Test
        void refusesNoRowsUnequalColumnsAndValuesThatAreNotFinite() {
            assertThatThrownBy(() -> BOOTSTRAP.ofMean(new double[0]))
                    .hasMessage("no values: there must be at least one column and one row");
            assertThatThrownBy(() -> BOOTSTRAP.ofMeans(means -> 0))
                    .hasMessage("no values: there must be at least one column and one row");
            assertThatThrownBy(() -> BOOTSTRAP.ofMeans(means -> 0, new double[2], new double[3]))
                    .hasMessage("columns of 2 and of 3 rows: every column must have all rows");
            for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                assertThatThrownBy(() -> BOOTSTRAP.ofMean(new double[] {1, wrong}))
                        .hasMessage("row 2 holds " + wrong + ": every value must be finite");
            }
        }

        private static double[][] columns(List<double[]> rows) {
            double[][] columns = new double[rows.get(0).length][];
            Arrays.setAll(
                    columns,
                    column -> rows.stream().mapToDouble(row -> row[column]).toArray());
            return columns;
        }
    }

    @Nested
    class OfMeansOfManyRows {
        @Test
        void areNormalFromTheBorderOn() {
            double[] values = skewed(Bootstrap.NORMAL_FROM_ROWS);

            assertThat(BOOTSTRAP.ofMean(values)).isInstanceOf(NormalEstimate.class);
            assertThat(BOOTSTRAP.ofMean(values).interval(0.95).orElseThrow().method())
                    .isEqualTo("normal");
            assertThat(new Bootstrap(1, "", 100).ofMean(Arrays.copyOf(values, values.length - 1)))
                    .isInstanceOf(BootstrapEstimate.class);
        }

        /** Squared exponential values, of skewness 6.6; one row less is resampled. */
        @Tag("simulation")
        @Test
        void bothMethodsAgreeAtTheBorder() {
            double[] values = skewed(Bootstrap.NORMAL_FROM_ROWS);
            NormalEstimate normal = (NormalEstimate) BOOTSTRAP.ofMean(values);
            Interval interval = normal.interval(0.95).orElseThrow();
            Interval resampled = new Bootstrap(42, "border", 4000)
                    .ofMean(Arrays.copyOf(values, values.length - 1))
                    .interval(0.95)
                    .orElseThrow();

            assertThat(resampled.low()).isCloseTo(interval.low(), within(0.12 * normal.standardError()));
            assertThat(resampled.high()).isCloseTo(interval.high(), within(0.12 * normal.standardError()));
        }

        @Test
        void standardErrorOfAMeanIsTheUsualOne() {
            double[] values = IntStream.range(0, 200_000)
                    .mapToDouble(row -> row % 2 + 1e6)
                    .toArray();

            NormalEstimate estimate = (NormalEstimate) BOOTSTRAP.ofMean(values);

            assertThat(estimate.value()).isEqualTo(1e6 + 0.5);
            assertThat(estimate.standardError()).isCloseTo(Math.sqrt(0.25 / 199_999), within(1e-12));
        }

        @Test
        void standardErrorOfAFunctionIsThatOfTheDeltaMethod() {
            int rows = 100_000;
            double[] first =
                    IntStream.range(0, rows).mapToDouble(row -> 1 + row % 2).toArray();
            double[] second =
                    IntStream.range(0, rows).mapToDouble(row -> 2 + row / 2 % 2).toArray();
            double error = Math.sqrt(0.25 / (rows - 1));

            NormalEstimate product = (NormalEstimate) BOOTSTRAP.ofMeans(m -> m[0] * m[1], first, second);
            NormalEstimate ratio = (NormalEstimate) BOOTSTRAP.ofMeans(m -> 100 * (m[0] - m[1]) / m[1], first, second);
            NormalEstimate root = (NormalEstimate) BOOTSTRAP.ofMeans(m -> Math.sqrt(m[0]), first, second);

            assertThat(product.value()).isEqualTo(1.5 * 2.5);
            assertThat(product.standardError()).isCloseTo(error * Math.sqrt(1.5 * 1.5 + 2.5 * 2.5), within(1e-9));
            assertThat(ratio.value()).isCloseTo(-40, within(1e-12));
            assertThat(ratio.standardError())
                    .isCloseTo(100 * error * Math.sqrt(1 / 6.25 + Math.pow(1.5 / 6.25, 2)), within(1e-6));
            assertThat(root.standardError()).isCloseTo(error / 2 / Math.sqrt(1.5), within(1e-9));
        }

        @Test
        void columnsThatGoTogetherCancelInTheirDifference() {
            double[] first = skewed(100_000);
            double[] second = DoubleStream.of(first).map(value -> value + 1).toArray();

            NormalEstimate difference = (NormalEstimate) BOOTSTRAP.ofMeans(m -> m[0] - m[1], first, second);

            assertThat(difference.value()).isCloseTo(-1, within(1e-12));
            assertThat(difference.standardError()).isLessThan(1e-10);
        }

        @Test
        void rowsThatAreAllAlikeGiveNoInterval() {
            double[] values = new double[100_000];
            Arrays.fill(values, 0.1);

            assertThat(BOOTSTRAP.ofMean(values)).isEqualTo(new NormalEstimate(0.1, 0));
            assertThat(BOOTSTRAP.ofMean(values).interval(0.5)).isEmpty();
        }

        @Test
        void aColumnThatIsAllAlikeAddsNothing() {
            double[] values = skewed(100_000);
            double[] tenths = new double[100_000];
            Arrays.fill(tenths, 0.1);
            NormalEstimate alone = (NormalEstimate) BOOTSTRAP.ofMean(values);

            NormalEstimate ratio = (NormalEstimate) BOOTSTRAP.ofMeans(m -> m[0] / m[1], values, tenths);

            assertThat(ratio.standardError()).isCloseTo(10 * alone.standardError(), within(1e-12));
        }

        @Test
        void aStatisticThatIsUndefinedNearTheMeansGivesNoInterval() {
            double[] values = IntStream.range(0, 100_000)
                    .mapToDouble(row -> row % 2 - 0.5)
                    .toArray();

            assertThat(BOOTSTRAP.ofMeans(m -> Math.sqrt(m[0]), values).interval(0.5))
                    .isEmpty();
            assertThat(BOOTSTRAP.ofMeans(m -> Double.NaN, values).interval(0.5)).isEmpty();
        }

        @Test
        void doesNotDependOnTheOrderOfTheRows() {
            double[] values = skewed(100_000);
            double[] reversed = IntStream.range(0, values.length)
                    .mapToDouble(i -> values[values.length - 1 - i])
                    .toArray();

            assertThat(BOOTSTRAP.ofMean(reversed)).isEqualTo(BOOTSTRAP.ofMean(values));
        }

        private static double[] skewed(int size) {
            RandomStream random = RandomStream.of(11, "skewed");
            return DoubleStream.generate(() -> StrictMath.pow(StrictMath.log(1 - random.unit()), 2))
                    .limit(size)
                    .toArray();
        }
    }

    private static double macroF1(long[] confusion) {
        int classes = (int) Math.sqrt(confusion.length);
        double sum = 0;
        for (int label = 0; label < classes; label++) {
            long predicted = 0;
            long actual = 0;
            for (int other = 0; other < classes; other++) {
                predicted += confusion[other * classes + label];
                actual += confusion[label * classes + other];
            }
            sum += 2.0 * confusion[label * classes + label] / (predicted + actual);
        }
        return sum / classes;
    }

    @Test
    void countsAreNotDrawnAgainByTheirSum() {
        // A sample has as many rows as there are, never more or fewer.
        BOOTSTRAP.ofCounts(new long[] {7, 11, 900}, counts -> {
            assertThat(LongStream.of(counts).sum()).isEqualTo(918);
            return counts[0];
        });
    }
}
