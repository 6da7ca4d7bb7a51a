// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.tally;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.metrics.LabelSets;
import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.Catalogue;
import dev.gatewright.validation.metrics.catalogue.CountMetrics;
import dev.gatewright.validation.metrics.catalogue.Kernel;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.ScoreMetrics;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.statistics.Bootstrap;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.PythonReference;
import dev.gatewright.validation.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random data sets, with ties, absent classes, one class only and weights up to a million, against scikit-learn itself. */
@Tag("python")
class ScikitLearnTest {
    private static final List<Metric> QUOTIENTS = List.of(CountMetrics.PRECISION, CountMetrics.RECALL, CountMetrics.F1);
    private static final double EPSILON_OF_DOUBLE = Math.ulp(1.0);

    private static PythonReference scikitLearn;

    @BeforeAll
    static void start() {
        scikitLearn = PythonReference.start(ScikitLearnTest.class, "scikit_learn.py");
    }

    @AfterAll
    static void end() {
        if (scikitLearn != null) {
            scikitLearn.close();
        }
    }

    private record Rows(int classes, List<Integer> labels, List<Integer> predictions, List<Long> weights) {
        static Rows random(Gen gen) {
            int classes = gen.integer(2, 8);
            int used = gen.integer(1, classes);
            int count = gen.oneOf(1, 2, gen.integer(3, 12), gen.integer(20, 300));
            double quality = gen.unit();
            List<Integer> labels = gen.listOf(count, () -> gen.integer(0, used - 1));
            List<Integer> predictions = new ArrayList<>();
            labels.forEach(
                    label -> predictions.add(gen.chance(quality) ? label : (Integer) gen.integer(0, classes - 1)));
            boolean heavy = gen.chance(0.3);
            return new Rows(
                    classes, labels, predictions, gen.listOf(count, () -> heavy ? gen.integer(1, 1_000_000) : 1L));
        }

        ClassTally tally() {
            ClassTally tally = new ClassTally(LabelSets.ofOneClass(classes));
            for (int i = 0; i < labels.size(); i++) {
                tally.add(labels.get(i), predictions.get(i), weights.get(i));
            }
            return tally;
        }

        List<String> names() {
            return IntStream.range(0, classes).mapToObj(k -> "c" + k).toList();
        }
    }

    @Seeded(cases = 700)
    void metricsOfCountsEqualScikitLearns(Gen gen) {
        Rows rows = Rows.random(gen);
        double beta = gen.oneOf(0.5, 2.0, gen.real(0.1, 5));
        JsonNode expected = scikitLearn.ask(Map.of(
                "classes", rows.classes(),
                "labels", rows.labels(),
                "predictions", rows.predictions(),
                "weights", rows.weights(),
                "beta", beta));
        ClassTally tally = rows.tally();
        for (int label = 0; label < rows.classes(); label++) {
            for (int prediction = 0; prediction < rows.classes(); prediction++) {
                assertThat((double) tally.rows(label, prediction))
                        .isEqualTo(expected.at("/confusion/" + label + "/" + prediction)
                                .asDouble());
            }
        }
        assertClose(value(tally, MetricChoice.of(CountMetrics.ACCURACY, rows.names())), expected.get("accuracy"));
        assertOthersEqual(rows, tally, beta, expected);
        for (ZeroDivision zero : List.of(ZeroDivision.ZERO, ZeroDivision.ONE, ZeroDivision.SKIP)) {
            for (Average average : List.of(Average.MICRO, Average.MACRO, Average.WEIGHTED)) {
                JsonNode values = expected.get(average.spelling() + "/" + zero.spelling());
                for (int m = 0; m < QUOTIENTS.size(); m++) {
                    MetricChoice choice = MetricChoice.averaged(QUOTIENTS.get(m), average, zero, rows.names());
                    if (average == Average.WEIGHTED && !anyWeightIsDefined(tally, QUOTIENTS.get(m), zero, rows)) {
                        // Here scikit-learn forgets the weights and averages the classes that no row is labelled with.
                        assertThat(value(tally, choice)).isNaN();
                    } else {
                        assertClose(value(tally, choice), values.get(m));
                    }
                }
            }
            JsonNode perClass = expected.get("None/" + zero.spelling());
            for (int m = 0; m < QUOTIENTS.size(); m++) {
                for (int k = 0; k < rows.classes(); k++) {
                    MetricChoice choice = MetricChoice.ofClass(QUOTIENTS.get(m), k, zero, rows.names());
                    assertClose(value(tally, choice), perClass.get(m).get(k));
                }
            }
        }
    }

    private static void assertOthersEqual(Rows rows, ClassTally tally, double beta, JsonNode expected) {
        // scikit-learn leaves a class without labelled rows out, and so is asked for what skipping it gives.
        MetricChoice balanced = new MetricChoice(
                CountMetrics.BALANCED_ACCURACY, null, -1, null, -1, Double.NaN, ZeroDivision.SKIP, rows.names());
        assertClose(value(tally, balanced), expected.get("balanced_accuracy"));
        assertClose(value(tally, MetricChoice.of(CountMetrics.COHEN_KAPPA, rows.names())), expected.get("cohen_kappa"));
        double mcc = value(tally, MetricChoice.of(CountMetrics.MCC, rows.names()));
        // What is undefined, scikit-learn calls 0.
        assertClose(Double.isNaN(mcc) ? 0 : mcc, expected.get("mcc"));
        for (Average average : List.of(Average.MICRO, Average.MACRO, Average.WEIGHTED)) {
            MetricChoice choice = MetricChoice.averaged(CountMetrics.F_BETA, average, ZeroDivision.ZERO, rows.names())
                    .with(beta);
            assertClose(value(tally, choice), expected.get("f_beta").get(average.spelling()));
        }
        for (int k = 0; k < rows.classes(); k++) {
            MetricChoice choice =
                    MetricChoice.ofClass(CountMetrics.SPECIFICITY, k, ZeroDivision.UNDEFINED, rows.names());
            assertClose(value(tally, choice), expected.get("specificity").get(k));
        }
    }

    @Seeded(cases = 300)
    void metricsOfScoresEqualScikitLearns(Gen gen) {
        int classes = gen.integer(2, 6);
        int count = gen.integer(1, 200);
        double sharpness = gen.oneOf(0.1, 1.0, 10.0, 400.0);
        List<Integer> labels = gen.listOf(count, () -> gen.integer(0, classes - 1));
        List<List<Double>> scores = gen.listOf(count, () -> softmax(gen, classes, sharpness));
        JsonNode expected = scikitLearn.ask(Map.of("labels", labels, "scores", scores));
        for (Metric metric : List.of(
                ScoreMetrics.LOG_LOSS,
                ScoreMetrics.BRIER_SCORE,
                ScoreMetrics.EXPECTED_CALIBRATION_ERROR,
                ScoreMetrics.HINGE_LOSS)) {
            RowValues values = new RowValues();
            for (int i = 0; i < count; i++) {
                double[] row =
                        scores.get(i).stream().mapToDouble(Double::doubleValue).toArray();
                values.add(RowValues.of(metric, row, labels.get(i), EPSILON_OF_DOUBLE));
            }
            assertClose(values.means(MetricChoice.of(metric, List.of())).value(), expected.get(metric.name()));
        }
    }

    /** More rows than are resampled are summed up in another way. */
    @Test
    void theCalibrationErrorOfManyRowsEqualsItsDefinition() {
        Gen gen = new Gen(1);
        int count = Bootstrap.NORMAL_FROM_ROWS;
        List<Integer> labels = gen.listOf(count, () -> gen.integer(0, 2));
        List<List<Double>> scores = gen.listOf(count, () -> softmax(gen, 3, 2));
        RowValues values = new RowValues();
        for (int i = 0; i < count; i++) {
            double[] row =
                    scores.get(i).stream().mapToDouble(Double::doubleValue).toArray();
            values.add(RowValues.of(ScoreMetrics.EXPECTED_CALIBRATION_ERROR, row, labels.get(i), EPSILON_OF_DOUBLE));
        }
        JsonNode expected = scikitLearn.ask(Map.of("labels", labels, "scores", scores));
        assertClose(
                values.means(MetricChoice.of(ScoreMetrics.EXPECTED_CALIBRATION_ERROR, List.of()))
                        .value(),
                expected.get("expected_calibration_error"));
    }

    @Seeded(cases = 300)
    void metricsOfNumbersEqualScikitLearns(Gen gen) {
        int count = gen.integer(2, 300);
        double scale = StrictMath.pow(10, gen.integer(-5, 5));
        double offset = gen.oneOf(0.0, 100 * scale);
        double quantile = gen.real(0.01, 0.99);
        List<Double> targets = gen.listOf(count, () -> offset + gen.real(-scale, scale));
        List<Double> predictions = gen.listOf(count, () -> offset + gen.real(-scale, scale));
        JsonNode expected =
                scikitLearn.ask(Map.of("targets", targets, "predictions", predictions, "quantile", quantile));
        NumberTally tally = new NumberTally(false);
        for (int i = 0; i < count; i++) {
            tally.add(targets.get(i), predictions.get(i), Double.NaN);
        }
        Bootstrap bootstrap = new Bootstrap(1, "numbers");
        for (Metric metric : Catalogue.ALL) {
            if (metric.isOfNumbers()) {
                MetricChoice choice = MetricChoice.of(metric, List.of()).with(quantile);
                assertClose(
                        tally.sample(choice, bootstrap)
                                .readings()
                                .get(Bound.Quantity.VALUE)
                                .value(),
                        expected.get(metric.name()));
            }
        }
    }

    /** Whether a class that has labelled rows has a value. */
    private static boolean anyWeightIsDefined(ClassTally tally, Metric metric, ZeroDivision zero, Rows rows) {
        return IntStream.range(0, rows.classes())
                .filter(k -> tally.classCounts().labelled(k) > 0)
                .anyMatch(k -> !Double.isNaN(value(tally, MetricChoice.ofClass(metric, k, zero, rows.names()))));
    }

    private static List<Double> softmax(Gen gen, int classes, double sharpness) {
        List<Double> weights = gen.listOf(classes, () -> StrictMath.exp(sharpness * gen.real(-1, 1)));
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        return weights.stream().map(weight -> weight / sum).toList();
    }

    private static double value(ClassTally tally, MetricChoice choice) {
        return ((Kernel.Counts) choice.metric().kernel()).value().of(tally.classCounts(), choice);
    }

    /** To 1e-12, relative or absolute; undefined where scikit-learn's is. */
    private static void assertClose(double actual, JsonNode expected) {
        if (expected.isNull() || Double.isNaN(expected.asDouble())) {
            assertThat(actual).isNaN();
        } else {
            double wanted = expected.asDouble();
            assertThat(actual).isCloseTo(wanted, Offset.offset(1e-12 * Math.max(1, Math.abs(wanted))));
        }
    }
}
