// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.metrics.catalogue.CountMetrics;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.NumberMetrics;
import dev.gatewright.validation.metrics.catalogue.RunMetrics;
import dev.gatewright.validation.metrics.catalogue.ScoreMetrics;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.onnx.Onnx;
import dev.gatewright.validation.testkit.onnx.Proto;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model's outputs mean, and what is refused because it could mean something else. */
class AnswersTest {
    private static final List<String> TWO = List.of("ant", "bee");

    @TempDir
    Path folder;

    private final LabelledRows rows = LabelledRows.random(new Gen(5), 400);
    private Path data;

    @BeforeEach
    void write() {
        data = rows.writeTo(folder.resolve("rows.csv"));
    }

    @Test
    void logitsSayTheSameAsTheirProbabilities() throws InterruptedException {
        Path model = logits().writeTo(folder.resolve("logits.onnx"));
        Evaluation ofLogits =
                Judging.logits(model, data).gates(Gates.max(Gates.LOG_LOSS, 1)).judge();
        Evaluation ofProbabilities = Judging.model(Models.largest(folder, "N"), data)
                .gates(Gates.max(Gates.LOG_LOSS, 1))
                .judge();

        assertThat(ofLogits.classes().toBytes())
                .isEqualTo(ofProbabilities.classes().toBytes());
        assertThat(ofLogits.gates().get(0).findings().get(0).value())
                .isCloseTo(ofProbabilities.gates().get(0).findings().get(0).value(), Offset.offset(1e-6));
    }

    @Test
    void logitsAreNotTakenForProbabilities() {
        Path model = logits().writeTo(folder.resolve("logits.onnx"));
        assertFails(() -> Judging.model(model, data)
                        .gates(Gates.max(Gates.LOG_LOSS, 1))
                        .judge())
                .hasMessageMatching(
                        "output 'scores' of the model does not hold probabilities: row \\d+ (holds|sums to) \\S+;"
                                + " if it holds logits, write model.scores-are: logits");
    }

    @Test
    void aSingleLogitIsNotDecidedAsAProbability() throws InterruptedException {
        Path model = single().output("z", Onnx.FLOAT, "N,1").writeTo(folder.resolve("single.onnx"));
        Path two = firstTwo();
        Judging asProbability = Judging.model(model, two).binary(1, "ant", "bee");
        assertFails(asProbability::judge).hasMessageContaining("write model.scores-are: logits");

        Evaluation evaluation =
                Judging.logits(model, two).binary(1, "ant", "bee").judge();
        long right = rows.rows().stream()
                .filter(row -> row.label() < 2)
                .filter(row -> (row.x().get(1) > row.x().get(0) ? 1 : 0) == row.label())
                .count();
        assertThat(evaluation.classes().classCounts().rowsCorrect()).isEqualTo(right);
    }

    @Test
    void aSingleScoreIsThePositiveClassesWhicheverThatIs() throws InterruptedException {
        Path model = single().node("Sigmoid", "z", "p")
                .output("p", Onnx.FLOAT, "N,1")
                .writeTo(folder.resolve("p.onnx"));
        Path two = firstTwo();
        Evaluation second = Judging.model(model, two).binary(1, "ant", "bee").judge();
        Evaluation first = Judging.model(model, two).binary(0, "ant", "bee").judge();

        assertThat(first.classes().rows(0, 0)).isEqualTo(second.classes().rows(0, 1));
        assertThat(first.classes().rows(1, 1)).isEqualTo(second.classes().rows(1, 0));
        assertThat(second.classes().classCounts().rowsCorrect())
                .isGreaterThan(first.classes().classCounts().rowsCorrect());
    }

    @Test
    void aTieIsTheFirstClass() throws InterruptedException {
        Path even = new LabelledRows(List.of(
                        new LabelledRows.Row(0, List.of(7, 7, 0), "anna"),
                        new LabelledRows.Row(1, List.of(0, 0, 0), "ben")))
                .writeTo(folder.resolve("even.csv"));
        Path model = single().node("Sigmoid", "z", "p")
                .output("p", Onnx.FLOAT, "N,1")
                .writeTo(folder.resolve("p.onnx"));
        for (int positive : new int[] {0, 1}) {
            Evaluation evaluation =
                    Judging.model(model, even).binary(positive, "ant", "bee").judge();
            assertThat(evaluation.classes().rows(0, 0)).isEqualTo(1);
            assertThat(evaluation.classes().rows(1, 0)).isEqualTo(1);
        }
    }

    @Test
    void aModelWithoutAnOutputForTheTaskIsRefused() {
        Path model = Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .floats("w", "3,2", 1, 0, 0, 1, 0, 0)
                .node("MatMul", "x,w", "two")
                .output("two", Onnx.FLOAT, "N,2")
                .writeTo(folder.resolve("two.onnx"));
        assertFails(() -> Judging.model(model, data).judge())
                .hasMessage("no output of the model answers a multiclass-classification: 'two' (float, 2 a row);"
                        + " expected floats, 3 a row, or one class a row");
    }

    @Test
    void theSpecChoosesAmongOutputs() throws InterruptedException {
        Path model = Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .node("Softmax", "x", "right", Onnx.integer("axis", 1))
                .node("Neg", "x", "negative")
                .node("Softmax", "negative", "wrong", Onnx.integer("axis", 1))
                .output("wrong", Onnx.FLOAT, "N,3")
                .output("right", Onnx.FLOAT, "N,3")
                .writeTo(folder.resolve("outputs.onnx"));

        assertFails(() -> Judging.model(model, data).judge())
                .hasMessageContaining("write model.scores with the name of the one that is");
        assertFails(() -> Judging.scores(model, "x", data).judge())
                .hasMessageContaining("model.scores names 'x', but the model's outputs are 'wrong'");
        assertThat(Judging.scores(model, "right", data)
                        .judge()
                        .classes()
                        .classCounts()
                        .rowsCorrect())
                .isEqualTo(rows.right());
    }

    @Test
    void anIntegerThatIsNoClassIsRefused() {
        Path model = Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .longs("two", "1", 2)
                .node("ArgMax", "x", "largest", Onnx.integer("axis", 1), Onnx.integer("keepdims", 0))
                .node("Add", "largest,two", "said")
                .output("said", Onnx.INT64, "N")
                .writeTo(folder.resolve("said.onnx"));
        assertFails(() -> Judging.model(model, data).judge())
                .hasMessageMatching("output 'said' of the model is '[34]' in row \\d+, which is none of the classes"
                        + " \\[ant, bee, cat]");
    }

    @Test
    void probabilitiesAreMissingWhereAModelOnlySaysClasses() throws InterruptedException {
        Evaluation evaluation = Judging.model(classes(), data)
                .gates(Gates.min(Gates.ACCURACY, 0), Gates.max(Gates.LOG_LOSS, 9))
                .judge();

        assertThat(evaluation.classes().classCounts().rowsCorrect()).isEqualTo(rows.right());
        assertThat(Results.sentence(evaluation, 1))
                .isEqualTo(
                        "log_loss could not be judged: it needs probabilities, and only predicted classes are there");
    }

    @Test
    void aModelThatNamesOtherClassesOrFeaturesIsRefused() {
        Path otherClasses = Models.favouring("N", 0)
                .metadata("gatewright.classes", "[\"bee\", \"ant\", \"cat\"]")
                .writeTo(folder.resolve("classes-other.onnx"));
        Path otherFeatures = Models.favouring("N", 0)
                .metadata("gatewright.features", "[\"x1\", \"x0\", \"x2\"]")
                .writeTo(folder.resolve("features-other.onnx"));
        Path noNames = Models.favouring("N", 0)
                .metadata("gatewright.classes", "ant, bee, cat")
                .writeTo(folder.resolve("no-names.onnx"));

        assertFails(() -> Judging.model(otherClasses, data).judge())
                .hasMessage("the model names the classes [bee, ant, cat], and the spec [ant, bee, cat];"
                        + " write model.classes as the model has them");
        assertFails(() -> Judging.model(otherFeatures, data).judge())
                .hasMessageContaining("the model names the features [x1, x0, x2], and the spec [x0, x1, x2]");
        assertFails(() -> Judging.model(noNames, data).judge())
                .hasMessageContaining("gatewright.classes is no JSON array of texts");
    }

    @Test
    void featuresThatDoNotFeedTheInputsAreRefused() {
        Path model = Models.largest(folder, "N");
        assertFails(() -> Judging.model(model, data, Map.of("y", List.of("x*"))).judge())
                .hasMessage("the features feed [y], but the model's inputs are [x]; write features with exactly those"
                        + " names");
        assertFails(() -> Judging.model(model, data, Map.of("x", List.of("x0", "x1")))
                        .judge())
                .hasMessageContaining("input 'x'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"N,70000,70000", "N,2147483648", "N,0"})
    void rowsThatNoDataCanHaveAreRefused(String shape) {
        Path model = Onnx.model()
                .input("x", Onnx.FLOAT, shape)
                .longs("axes", "1", 1)
                .node("ReduceSum", "x,axes", "y", Onnx.integer("keepdims", 0))
                .output("y", Onnx.FLOAT, "N")
                .writeTo(folder.resolve("wide.onnx"));
        assertFails(() -> Judging.model(model, data).regression().label("x2").judge())
                .hasMessageContaining("'x'");
    }

    @Test
    void timesAreTakenWhereAGateAsksForThem() throws InterruptedException {
        Evaluation evaluation = Judging.model(Models.largest(folder, "N"), data)
                .gates(Gates.max(Gates.LATENCY, 60_000))
                .judge();

        assertThat(evaluation.latency().rows()).isEqualTo(1);
        assertThat(evaluation.latency().calls()).isBetween(50, 1000);
        assertThat(evaluation.gates().get(0).findings().get(0).n())
                .isEqualTo(evaluation.latency().calls());
        assertThat(Judging.model(Models.largest(folder, "7"), data)
                        .gates(Gates.max(Gates.LATENCY, 60_000))
                        .judge()
                        .latency()
                        .rows())
                .isEqualTo(7);
    }

    @Test
    void throughputIsTimedOnWholeBatchesAndMemoryIsThatOfTheModelsProcess() throws InterruptedException {
        MetricChoice throughput = MetricChoice.of(RunMetrics.THROUGHPUT, List.of());
        MetricChoice memory = MetricChoice.of(RunMetrics.PEAK_MEMORY_MB, List.of());
        Evaluation evaluation = Judging.model(Models.largest(folder, "N"), data)
                .gates(Gates.min(throughput, 1), Gates.max(memory, 100_000))
                .judge();

        assertThat(evaluation.latency()).isNull();
        assertThat(evaluation.throughput().rows()).isEqualTo(evaluation.model().batch());
        assertThat(evaluation.gates().get(0).findings().get(0).value()).isGreaterThan(1000);
        // A Java with ONNX Runtime in it is larger than 30 MB, and nothing here needs gigabytes.
        assertThat(evaluation.gates().get(1).findings().get(0).value()).isBetween(30.0, 3000.0);
    }

    @Test
    void theLabelHasToBeAmongTheMostProbableClasses() throws InterruptedException {
        MetricChoice topTwo = MetricChoice.of(CountMetrics.TOP_K_ACCURACY, LabelledRows.CLASSES)
                .with(2);
        Evaluation evaluation = Judging.model(Models.largest(folder, "N"), data)
                .gates(Gates.min(topTwo, 0.1))
                .judge();

        long among = rows.rows().stream()
                .filter(row -> row.x().stream()
                                .filter(other -> other > row.x().get(row.label()))
                                .count()
                        < 2)
                .count();
        assertThat(evaluation.gates().get(0).findings().get(0).value()).isCloseTo(among / 400.0, Offset.offset(0.02));
    }

    @Test
    void theHingeLossIsOfLogitsAndNeverOfProbabilities() throws InterruptedException {
        MetricChoice hinge = MetricChoice.of(ScoreMetrics.HINGE_LOSS, LabelledRows.CLASSES);
        Path model = logits().writeTo(folder.resolve("logits.onnx"));
        assertThat(Judging.logits(model, data)
                        .gates(Gates.max(hinge, 100))
                        .judge()
                        .gates()
                        .get(0)
                        .verdict())
                .isEqualTo(Verdict.PASSED);
        assertThat(Judging.model(Models.largest(folder, "N"), data)
                        .gates(Gates.max(hinge, 100))
                        .judge()
                        .gates()
                        .get(0)
                        .sentence())
                .contains("it needs decision values");
    }

    @Test
    void aRegressionIsJudgedByItsNumber() throws InterruptedException {
        Path model = Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .floats("w", "3,1", 1, 2, 0)
                .node("MatMul", "x,w", "y")
                .output("y", Onnx.FLOAT, "N,1")
                .writeTo(folder.resolve("y.onnx"));
        MetricChoice mse = MetricChoice.of(NumberMetrics.MSE, List.of());
        Evaluation evaluation = Judging.model(model, data)
                .regression()
                .label("x2")
                .slices("writer")
                .gates(Gates.max(mse, 0.1))
                .judge();

        double expected = rows.rows().stream()
                .mapToDouble(row -> {
                    double error =
                            (row.x().get(0) + 2 * row.x().get(1) - row.x().get(2)) / 1000.0;
                    return error * error;
                })
                .average()
                .orElseThrow();
        assertThat(evaluation.gates().get(0).findings().get(0).value()).isCloseTo(expected, Offset.offset(1e-5));
        assertThat(evaluation.classes()).isNull();
        assertThat(Results.value(evaluation, "rmse", "writer=anna")).isPositive();
    }

    private Path firstTwo() {
        return new LabelledRows(rows.rows().stream()
                        .filter(row -> row.label() < TWO.size())
                        .toList())
                .writeTo(folder.resolve("two.csv"));
    }

    private static Onnx logits() {
        return Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .node("Identity", "x", "scores")
                .output("scores", Onnx.FLOAT, "N,3");
    }

    /** How far the second number is above the first. */
    private static Onnx single() {
        return Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .floats("w", "3,1", -1, 1, 0)
                .node("MatMul", "x,w", "z");
    }

    private Path classes() {
        Proto[] options = {Onnx.integer("axis", 1), Onnx.integer("keepdims", 0)};
        return Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .node("ArgMax", "x", "said", options)
                .output("said", Onnx.INT64, "N")
                .writeTo(folder.resolve("classes.onnx"));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(ThrowingCallable judging) {
        return assertThatThrownBy(judging).isInstanceOf(EvaluationFailedException.class);
    }
}
