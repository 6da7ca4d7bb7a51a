// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.ScoreMetrics;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.ranking.Area;
import dev.gatewright.validation.metrics.ranking.RankedScores;
import dev.gatewright.validation.metrics.ranking.ResampledPrecision;
import dev.gatewright.validation.metrics.ranking.ScoreMemory;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.Interval;
import dev.gatewright.validation.metrics.statistics.LogitEstimate;
import dev.gatewright.validation.testkit.Gen;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interval of average precision that many rows get, on rows whose true average precision is known. */
@Tag("simulation")
class AreaCoverageTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1, "areas", 2_000);

    /** A positive row's score is the highest of so many numbers from 0 to 1, a negative row's is one such number. */
    private static final int HIGHEST_OF = 10;

    @ParameterizedTest
    @ValueSource(doubles = {0.005, 0.05, 0.5})
    void intervalFromInfluencesIsAsWideAsTheBootstraps(double positives) {
        RankedScores ranked = rows(new Gen(1), Bootstrap.NORMAL_FROM_ROWS, positives);
        Interval asymptotic = interval(ranked);
        ResampledPrecision.Cells cells = ResampledPrecision.Cells.of(ranked);
        Interval resampled =
                BOOTSTRAP.ofCounts(cells.counts(), cells.area()).interval(0.95).orElseThrow();

        // Of 2,000 replicates, the width of the bootstrap's interval has an error of 2%.
        double width = resampled.high() - resampled.low();
        assertThat(asymptotic.high() - asymptotic.low()).isCloseTo(width, Percentage.withPercentage(7));
        assertThat(asymptotic.low()).isBetween(resampled.low() - 0.07 * width, resampled.low() + 0.07 * width);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.5})
    void intervalFromInfluencesCoversTheTruthAsOftenAsItSays(double positives) {
        Gen gen = new Gen(2);
        double truth = averagePrecision(positives);
        int experiments = 1_000;
        int covered = 0;
        for (int i = 0; i < experiments; i++) {
            covered += interval(rows(gen, 5_000, positives)).contains(truth) ? 1 : 0;
        }

        assertThat((double) covered / experiments).isBetween(0.93, 0.97);
    }

    @ParameterizedTest
    @ValueSource(ints = {Bootstrap.NORMAL_FROM_ROWS - 1, Bootstrap.NORMAL_FROM_ROWS})
    void rowsAreResampledUpToWhereTheIntervalIsFromInfluences(int rows) {
        ScoreTally tally = new ScoreTally(new ScoreMemory());
        Gen gen = new Gen(3);
        for (int row = 0; row < rows; row++) {
            boolean positive = row % 500 == 0;
            tally.add(positive, score(gen, positive));
        }
        MetricChoice choice =
                MetricChoice.ofClass(ScoreMetrics.AVERAGE_PRECISION, 1, ZeroDivision.UNDEFINED, List.of("no", "yes"));
        Interval interval = ((Reading.Sampled) tally.reading(choice, new Bootstrap(1, "few", 100)))
                .estimate()
                .interval(0.9)
                .orElseThrow();

        String method = rows < Bootstrap.NORMAL_FROM_ROWS ? "bootstrap" : Areas.method(Area.PRECISION_RECALL);
        assertThat(interval.method()).startsWith(method);
    }

    private static Interval interval(RankedScores ranked) {
        double area = Area.PRECISION_RECALL.of(ranked);
        double error = Area.PRECISION_RECALL.standardError(ranked, area);
        return new LogitEstimate(area, error, Areas.method(Area.PRECISION_RECALL))
                .interval(0.95)
                .orElseThrow();
    }

    private static RankedScores rows(Gen gen, int rows, double positives) {
        RankedScores ranked = new RankedScores(new ScoreMemory());
        for (int row = 0; row < rows; row++) {
            boolean positive = gen.chance(positives);
            ranked.add(positive, score(gen, positive));
        }
        return ranked;
    }

    private static double score(Gen gen, boolean positive) {
        return positive ? StrictMath.pow(gen.unit(), 1.0 / HIGHEST_OF) : gen.unit();
    }

    /** The mean precision from a positive row's score on, over a thousandth of a thousandth of the positive rows each. */
    private static double averagePrecision(double positives) {
        int steps = 1_000_000;
        double sum = 0;
        for (int step = 0; step < steps; step++) {
            double below = (step + 0.5) / steps;
            double right = positives * (1 - below);
            double wrong = (1 - positives) * (1 - StrictMath.pow(below, 1.0 / HIGHEST_OF));
            sum += right / (right + wrong);
        }
        return sum / steps;
    }
}
