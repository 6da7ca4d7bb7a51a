// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.metrics.LabelSets;
import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.ClassCounts;
import dev.gatewright.validation.metrics.catalogue.CountMetrics;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.ScoreMetrics;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.Bound.Quantity;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.metrics.statistics.BootstrapEstimate;
import dev.gatewright.validation.metrics.statistics.Interval;
import dev.gatewright.validation.metrics.statistics.NormalEstimate;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.PythonReference;
import dev.gatewright.validation.testkit.Seeded;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random rows of any number of classes, with classes and rows that have none, against scikit-learn. */
@Tag("python")
class MultilabelReferenceTest {
    private static final double EXACT = 1e-12;
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1, "sets");
    private static final List<Metric> QUOTIENTS = List.of(CountMetrics.PRECISION, CountMetrics.RECALL, CountMetrics.F1);
    private static final List<Metric> AREAS = List.of(ScoreMetrics.ROC_AUC, ScoreMetrics.AVERAGE_PRECISION);

    private static PythonReference python;

    @BeforeAll
    static void start() {
        python = PythonReference.start(MultilabelReferenceTest.class, "multilabel.py");
    }

    @AfterAll
    static void end() {
        if (python != null) {
            python.close();
        }
    }

    private record Rows(
            int classes, List<List<Integer>> labels, List<List<Integer>> predictions, List<List<Double>> scores) {
        static Rows random(Gen gen, int classes, int count) {
            double share = gen.oneOf(0.05, 0.3, 0.6);
            double quality = gen.unit();
            List<List<Integer>> labels = gen.listOf(count, () -> ones(gen, classes, share));
            List<List<Integer>> predictions = labels.stream()
                    .map(row -> row.stream()
                            .map(one -> gen.chance(quality) ? one : (Integer) (gen.chance(share) ? 1 : 0))
                            .toList())
                    .toList();
            List<List<Double>> scores = labels.stream()
                    .map(row -> row.stream()
                            .map(one -> quality * one + gen.oneOf(gen.unit(), 0.5))
                            .toList())
                    .toList();
            return new Rows(classes, labels, predictions, scores);
        }

        private static List<Integer> ones(Gen gen, int classes, double share) {
            return gen.listOf(classes, () -> gen.chance(share) ? 1 : 0);
        }

        List<String> names() {
            return IntStream.range(0, classes).mapToObj(k -> "c" + k).toList();
        }

        ClassTally tally() {
            LabelSets sets = LabelSets.ofAnyClasses(classes);
            ClassTally tally = new ClassTally(sets);
            for (int row = 0; row < labels.size(); row++) {
                tally.add(number(sets, labels.get(row)), number(sets, predictions.get(row)), 1);
            }
            return tally;
        }

        PairedClassTally pairs(List<List<Integer>> others) {
            LabelSets sets = LabelSets.ofAnyClasses(classes);
            PairedClassTally tally = new PairedClassTally(sets);
            for (int row = 0; row < labels.size(); row++) {
                tally.add(
                        number(sets, labels.get(row)),
                        number(sets, predictions.get(row)),
                        number(sets, others.get(row)),
                        1);
            }
            return tally;
        }

        ScoreRowTally ranked() {
            LabelSets sets = LabelSets.ofAnyClasses(classes);
            ScoreRowTally tally =
                    new ScoreRowTally(sets, IntStream.range(0, classes).toArray(), false);
            for (int row = 0; row < labels.size(); row++) {
                double[] ofRow = scores.get(row).stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray();
                tally.add(number(sets, labels.get(row)), ofRow);
            }
            return tally;
        }

        private static int number(LabelSets sets, List<Integer> ones) {
            BitSet set = new BitSet();
            for (int k = 0; k < ones.size(); k++) {
                set.set(k, ones.get(k) == 1);
            }
            return sets.number(set);
        }

        boolean rankEachClass() {
            return IntStream.range(0, classes)
                    .allMatch(k ->
                            labels.stream().map(row -> row.get(k)).distinct().count() == 2);
        }
    }

    @Seeded(cases = 300)
    void metricsEqualScikitLearns(Gen gen) {
        Rows rows = Rows.random(gen, gen.integer(2, 9), gen.oneOf(1, 2, gen.integer(3, 12), gen.integer(20, 200)));
        double beta = gen.oneOf(0.5, 2.0, gen.real(0.1, 5));
        JsonNode expected = python.ask(Map.of(
                "labels", rows.labels(), "predictions", rows.predictions(), "scores", rows.scores(), "beta", beta));
        ClassTally tally = rows.tally();
        assertCountsEqual(tally.classCounts(), expected);
        assertClose(
                value(tally, MetricChoice.of(CountMetrics.SUBSET_ACCURACY, rows.names())),
                expected.get("subset_accuracy"));
        assertClose(
                value(tally, MetricChoice.of(CountMetrics.HAMMING_LOSS, rows.names())), expected.get("hamming_loss"));
        for (ZeroDivision zero : List.of(ZeroDivision.ZERO, ZeroDivision.ONE, ZeroDivision.SKIP)) {
            assertQuotientsEqual(rows, tally, zero, expected);
        }
        for (Average average : List.of(Average.MICRO, Average.MACRO, Average.SAMPLES)) {
            MetricChoice choice = MetricChoice.averaged(CountMetrics.F_BETA, average, ZeroDivision.ZERO, rows.names())
                    .with(beta);
            assertClose(value(tally, choice), expected.get("f_beta").get(average.spelling()));
        }
        if (rows.rankEachClass()) {
            assertAreasEqual(rows, expected.get("areas"));
        }
    }

    private static void assertCountsEqual(ClassCounts counts, JsonNode expected) {
        for (int k = 0; k < counts.classes(); k++) {
            assertThat(counts.labelled(k))
                    .isEqualTo(expected.get("labelled").get(k).asLong());
            assertThat(counts.predicted(k))
                    .isEqualTo(expected.get("predicted").get(k).asLong());
            assertThat(counts.correct(k))
                    .isEqualTo(expected.get("correct").get(k).asLong());
        }
    }

    private static void assertQuotientsEqual(Rows rows, ClassTally tally, ZeroDivision zero, JsonNode expected) {
        boolean anyLabel = IntStream.range(0, rows.classes())
                .anyMatch(k -> tally.classCounts().labelled(k) > 0);
        for (int m = 0; m < QUOTIENTS.size(); m++) {
            for (Average average : List.of(Average.MICRO, Average.MACRO, Average.WEIGHTED, Average.SAMPLES)) {
                MetricChoice choice = MetricChoice.averaged(QUOTIENTS.get(m), average, zero, rows.names());
                // Where no class has a weight, scikit-learn forgets the weights.
                boolean isWeighted = average == Average.WEIGHTED;
                if (!isWeighted || (anyLabel && zero != ZeroDivision.SKIP)) {
                    assertClose(
                            value(tally, choice),
                            expected.get(average.spelling() + "/" + zero.spelling())
                                    .get(m));
                }
            }
            for (int k = 0; k < rows.classes(); k++) {
                MetricChoice choice = MetricChoice.ofClass(QUOTIENTS.get(m), k, zero, rows.names());
                assertClose(
                        value(tally, choice),
                        expected.get("None/" + zero.spelling()).get(m).get(k));
            }
        }
    }

    private static void assertAreasEqual(Rows rows, JsonNode expected) {
        ScoreRowTally ranked = rows.ranked();
        for (Average average : List.of(Average.MACRO, Average.WEIGHTED)) {
            for (int m = 0; m < AREAS.size(); m++) {
                MetricChoice choice =
                        MetricChoice.averaged(AREAS.get(m), average, ZeroDivision.UNDEFINED, rows.names());
                assertThat(value(ranked.sample(choice, BOOTSTRAP)))
                        .isCloseTo(expected.get(average.spelling()).get(m).doubleValue(), within(EXACT));
            }
        }
    }

    /** Rows are what is drawn, with all their classes: classes of one row are not independent. */
    @Test
    void intervalsAreAsWideAsResampledRowsSpread() {
        assertSpread(Rows.random(new Gen(7), 5, 400), 500, BootstrapEstimate.METHOD, 0.12);
    }

    /** Where most rows have sets of their own, the jackknife tells how wide an interval is. */
    @Test
    void intervalsOfManyDifferentRowsAreAsWideAsResampledRowsSpread() {
        assertSpread(Rows.random(new Gen(4), 16, 8000), 150, NormalEstimate.METHOD, 0.2);
    }

    private static void assertSpread(Rows rows, int replicates, String method, double tolerance) {
        List<List<Integer>> others = rows.labels().stream()
                .map(row -> row.stream().map(one -> one == 1 ? 0 : 1).toList())
                .toList();
        List<List<Integer>> mixed = IntStream.range(0, others.size())
                .mapToObj(row -> row % 3 == 0 ? others.get(row) : rows.labels().get(row))
                .toList();
        JsonNode spreads = python.ask(Map.of(
                "labels",
                rows.labels(),
                "predictions",
                rows.predictions(),
                "others",
                mixed,
                "scores",
                rows.scores(),
                "replicates",
                replicates));
        MetricChoice micro = MetricChoice.averaged(CountMetrics.F1, Average.MICRO, ZeroDivision.ZERO, rows.names());
        MetricChoice samples = micro.averaged(Average.SAMPLES);
        List<MetricChoice> choices = List.of(
                micro,
                micro.averaged(Average.MACRO),
                samples,
                MetricChoice.of(CountMetrics.HAMMING_LOSS, rows.names()));
        for (int m = 0; m < choices.size(); m++) {
            Sample sample = rows.tally().sample(choices.get(m), BOOTSTRAP);
            assertWidth(sample, Quantity.VALUE, spreads.get(m), method, tolerance);
        }
        PairedClassTally pairs = rows.pairs(mixed);
        for (MetricChoice choice : List.of(micro, samples)) {
            Sample sample = pairs.sample(choice, "other", 0.95, BOOTSTRAP);
            JsonNode spread = spreads.get(choice.equals(micro) ? 4 : 5);
            assertWidth(sample, Quantity.DEGRADATION, spread, method, tolerance);
        }
        MetricChoice area =
                MetricChoice.averaged(ScoreMetrics.ROC_AUC, Average.WEIGHTED, ZeroDivision.UNDEFINED, rows.names());
        assertWidth(rows.ranked().sample(area, BOOTSTRAP), Quantity.VALUE, spreads.get(6), "DeLong, logit", tolerance);
    }

    private static void assertWidth(
            Sample sample, Quantity quantity, JsonNode spread, String method, double tolerance) {
        Reading.Sampled reading = (Reading.Sampled) sample.readings().get(quantity);
        Interval interval = reading.estimate().interval(0.95).orElseThrow();
        assertThat(interval.method()).isEqualTo(method);
        assertThat((interval.high() - interval.low()) / 2 / 1.96)
                .isCloseTo(spread.doubleValue(), within(tolerance * spread.doubleValue()));
    }

    private static double value(ClassTally tally, MetricChoice choice) {
        return value(tally.sample(choice, BOOTSTRAP));
    }

    private static double value(Sample sample) {
        return sample.readings().get(Quantity.VALUE).value();
    }

    private static void assertClose(double value, JsonNode expected) {
        if (expected.isNull() || Double.isNaN(expected.asDouble(Double.NaN))) {
            assertThat(value).isNaN();
        } else {
            assertThat(value).isCloseTo(expected.doubleValue(), within(EXACT));
        }
    }
}
