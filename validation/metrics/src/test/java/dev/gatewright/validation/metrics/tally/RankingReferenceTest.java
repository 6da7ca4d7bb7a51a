// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.metrics.LabelSets;
import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.ScoreMetrics;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.ranking.Area;
import dev.gatewright.validation.metrics.ranking.RankedScores;
import dev.gatewright.validation.metrics.ranking.ScoreMemory;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.Interval;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.PythonReference;
import dev.gatewright.validation.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Areas of random rows, with ties and without, against scikit-learn and against DeLong's formulas in numpy. */
@Tag("python")
class RankingReferenceTest {
    private static final double EXACT = 1e-12;
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1, "areas");
    private static final List<Metric> AREAS = List.of(ScoreMetrics.ROC_AUC, ScoreMetrics.AVERAGE_PRECISION);

    private static PythonReference python;

    @BeforeAll
    static void start() {
        python = PythonReference.start(RankingReferenceTest.class, "ranking.py");
    }

    @AfterAll
    static void end() {
        if (python != null) {
            python.close();
        }
    }

    /** Rows with scores of two models; at least two rows of each class. */
    private record Rows(int classes, List<Integer> labels, List<List<Double>> scores, List<List<Double>> others) {
        static Rows random(Gen gen) {
            int classes = gen.integer(2, 5);
            List<Integer> labels = new ArrayList<>();
            IntStream.range(0, 2 * classes).forEach(row -> labels.add(row % classes));
            double skew = gen.oneOf(1.0, 3.0);
            labels.addAll(gen.listOf(gen.oneOf(0, gen.integer(1, 20), gen.integer(50, 300)), () ->
                    (int) (classes * StrictMath.pow(gen.unit(), skew))));
            double steps = gen.oneOf(2.0, 10.0, 0.0);
            return new Rows(classes, labels, scores(gen, classes, labels, steps), scores(gen, classes, labels, steps));
        }

        /** Scores that know something of the label, rounded to so many steps; 0: not rounded. */
        private static List<List<Double>> scores(Gen gen, int classes, List<Integer> labels, double steps) {
            double known = gen.unit();
            return labels.stream()
                    .map(label -> IntStream.range(0, classes)
                            .mapToObj(k -> (label == k ? known : 0) + gen.real(-1, 1))
                            .map(score -> steps == 0 ? score : StrictMath.rint(score * steps) / steps)
                            .toList())
                    .toList();
        }

        JsonNode ask() {
            return python.ask(Map.of("labels", labels, "scores", scores, "others", others));
        }

        List<String> names() {
            return IntStream.range(0, classes).mapToObj(k -> "c" + k).toList();
        }

        MetricChoice ofClass(Metric metric, int k) {
            return MetricChoice.ofClass(metric, k, ZeroDivision.UNDEFINED, names());
        }

        ScoreTally tally(int k) {
            ScoreTally tally = new ScoreTally(new ScoreMemory());
            for (int row = 0; row < labels.size(); row++) {
                tally.add(labels.get(row) == k, scores.get(row).get(k));
            }
            return tally;
        }

        ScoreRowTally tally() {
            ScoreRowTally tally = new ScoreRowTally(
                    LabelSets.ofOneClass(classes), IntStream.range(0, classes).toArray(), false);
            for (int row = 0; row < labels.size(); row++) {
                tally.add(labels.get(row), doubles(scores.get(row)));
            }
            return tally;
        }

        ScoreRowTally pairs(int k) {
            ScoreRowTally tally = new ScoreRowTally(LabelSets.ofOneClass(classes), new int[] {k}, true);
            for (int row = 0; row < labels.size(); row++) {
                double[] both = {scores.get(row).get(k), others.get(row).get(k)};
                tally.add(labels.get(row), both);
            }
            return tally;
        }
    }

    @Seeded(cases = 150)
    void areasEqualScikitLearns(Gen gen) {
        Rows rows = Rows.random(gen);
        JsonNode expected = rows.ask();
        ScoreRowTally together = rows.tally();
        for (Metric metric : AREAS) {
            JsonNode areas = expected.get(metric.name());
            for (int k = 0; k < rows.classes(); k++) {
                double wanted = areas.get("classes").get(k).doubleValue();
                MetricChoice choice = rows.ofClass(metric, k);
                assertThat(value(rows.tally(k).sample(choice, BOOTSTRAP))).isCloseTo(wanted, within(EXACT));
                assertThat(value(together.sample(choice, BOOTSTRAP))).isCloseTo(wanted, within(EXACT));
            }
            for (Average average : List.of(Average.MACRO, Average.WEIGHTED)) {
                MetricChoice choice = MetricChoice.averaged(metric, average, ZeroDivision.UNDEFINED, rows.names());
                assertThat(value(together.sample(choice, BOOTSTRAP)))
                        .isCloseTo(areas.get(average.spelling()).doubleValue(), within(EXACT));
            }
        }
    }

    @Seeded(cases = 100)
    void errorsAndIntervalsEqualDeLongs(Gen gen) {
        Rows rows = Rows.random(gen);
        JsonNode expected = rows.ask();
        RankedScores ranked = new RankedScores(new ScoreMemory());
        for (int row = 0; row < rows.labels().size(); row++) {
            ranked.add(rows.labels().get(row) == 0, rows.scores().get(row).get(0));
        }
        double error = expected.get("standard_error").doubleValue();
        assertThat(Area.ROC.standardError(ranked, Area.ROC.of(ranked))).isCloseTo(error, within(EXACT));

        // What shows no spread has another interval.
        if (error > 0) {
            Sample sample = rows.tally(0).sample(rows.ofClass(ScoreMetrics.ROC_AUC, 0), BOOTSTRAP);
            assertInterval(sample, Bound.Quantity.VALUE, expected.get("interval"), 0);
        }
    }

    @Seeded(cases = 100)
    void differencesOfTwoModelsEqualThoseOfThePairedDeLong(Gen gen) {
        Rows rows = Rows.random(gen);
        JsonNode expected = rows.ask().get("difference");
        Sample sample = rows.pairs(0).sample(rows.ofClass(ScoreMetrics.ROC_AUC, 0), "baseline", 0.95, BOOTSTRAP);

        assertThat(reading(sample, Bound.Quantity.DEGRADATION).value())
                .isCloseTo(expected.get(0).doubleValue(), within(EXACT));
        if (expected.get(2).doubleValue() - expected.get(1).doubleValue() > EXACT) {
            assertInterval(sample, Bound.Quantity.DEGRADATION, expected, 1);
        }
    }

    private static void assertInterval(Sample sample, Bound.Quantity quantity, JsonNode expected, int first) {
        Reading.Sampled sampled = (Reading.Sampled) reading(sample, quantity);
        Interval interval = sampled.estimate().interval(0.95).orElseThrow();
        assertThat(interval.low()).isCloseTo(expected.get(first).doubleValue(), within(EXACT));
        assertThat(interval.high()).isCloseTo(expected.get(first + 1).doubleValue(), within(EXACT));
    }

    private static double value(Sample sample) {
        return reading(sample, Bound.Quantity.VALUE).value();
    }

    private static Reading reading(Sample sample, Bound.Quantity quantity) {
        Reading reading = sample.readings().get(quantity);
        assertThat(reading).isInstanceOf(Reading.Sampled.class);
        return reading;
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
