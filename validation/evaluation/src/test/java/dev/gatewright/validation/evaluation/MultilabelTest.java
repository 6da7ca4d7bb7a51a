// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.CountMetrics;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.ScoreMetrics;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of any number of classes: what is labelled, what is predicted, and what is refused. */
class MultilabelTest {
    private static final List<String> CLASSES = LabelledRows.CLASSES;
    private static final MetricChoice SUBSET = MetricChoice.of(CountMetrics.SUBSET_ACCURACY, CLASSES);
    private static final MetricChoice HAMMING = MetricChoice.of(CountMetrics.HAMMING_LOSS, CLASSES);
    private static final MetricChoice MICRO_F1 =
            MetricChoice.averaged(CountMetrics.F1, Average.MICRO, ZeroDivision.UNDEFINED, CLASSES);
    private static final MetricChoice AREA =
            MetricChoice.averaged(ScoreMetrics.ROC_AUC, Average.MACRO, ZeroDivision.UNDEFINED, CLASSES);

    @TempDir
    Path folder;

    /** A row's numbers are the logits of its classes. */
    private record Row(List<Boolean> label, List<Double> logits, String writer) {
        boolean isRight(double least) {
            return IntStream.range(0, 3).allMatch(k -> label.get(k) == (logits.get(k) >= least));
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private Path data;

    @BeforeEach
    void write() throws IOException {
        Gen gen = new Gen(11);
        StringBuilder text = new StringBuilder("is_ant,is_bee,is_cat,x0,x1,x2,writer\n");
        for (int i = 0; i < 300; i++) {
            List<Boolean> label = gen.listOf(3, () -> gen.chance(0.4));
            List<Double> logits = label.stream()
                    .map(one -> StrictMath.rint((gen.real(-2, 2) + (one ? 1 : -1)) * 64) / 64)
                    .toList();
            rows.add(new Row(label, logits, gen.oneOf("anna", "ben")));
            label.forEach(one -> text.append(one ? "1," : "0,"));
            logits.forEach(logit -> text.append(logit).append(','));
            text.append(rows.get(i).writer()).append('\n');
        }
        data = Files.writeString(folder.resolve("rows.csv"), text);
    }

    @Test
    void eachClassIsPredictedThatIsAtLeastAsProbableAsNot() throws InterruptedException {
        Evaluation evaluation = Judging.model(sigmoid(), data)
                .multilabel(CLASSES, "is_*")
                .gates(
                        Gates.min(SUBSET, 0.1),
                        Gates.max(HAMMING, 0.5),
                        Gates.min(MICRO_F1, 0.5),
                        Gates.min(AREA, 0.5),
                        Gates.onSlices(SUBSET, "writer", 0.1))
                .slices("writer")
                .judge();

        assertThat(evaluation.classes().classCounts().rowsCorrect()).isEqualTo(right(0));
        assertThat(Results.verdicts(evaluation)).containsOnly(Verdict.PASSED);
        assertThat(evaluation.gates().get(1).findings().get(0).value())
                .isCloseTo(wrongAnswers() / 900.0, Offset.offset(1e-12));
        assertThat(evaluation.measured().get(0).metric()).isEqualTo(SUBSET);
    }

    @Test
    void logitsSayTheSameAsTheirProbabilities() throws InterruptedException {
        Path identity = model().node("Identity", "x", "z")
                .output("z", Onnx.FLOAT, "N,3")
                .writeTo(folder.resolve("logits.onnx"));
        Evaluation ofLogits = Judging.logits(identity, data)
                .multilabel(CLASSES, "is_*")
                .gates(Gates.min(AREA, 0.5))
                .judge();
        Evaluation ofProbabilities = Judging.model(sigmoid(), data)
                .multilabel(CLASSES, "is_*")
                .gates(Gates.min(AREA, 0.5))
                .judge();

        assertThat(ofLogits.classes().toBytes())
                .isEqualTo(ofProbabilities.classes().toBytes());
        assertThat(ofLogits.gates().get(0).findings().get(0).value())
                .isCloseTo(ofProbabilities.gates().get(0).findings().get(0).value(), Offset.offset(1e-3));
    }

    @Test
    void aThresholdIsThatOfEachClass() throws InterruptedException {
        double threshold = 1 / (1 + StrictMath.exp(-1));
        MetricChoice later = new MetricChoice(
                CountMetrics.SUBSET_ACCURACY, null, -1, threshold, -1, Double.NaN, ZeroDivision.UNDEFINED, CLASSES);
        Evaluation evaluation = Judging.model(sigmoid(), data)
                .multilabel(CLASSES, "is_*")
                .gates(Gates.min(later, 0.01))
                .judge();

        assertThat(right(1)).isNotEqualTo(right(0));
        assertThat(evaluation.gates().get(0).findings().get(0).value())
                .isCloseTo(right(1) / 300.0, Offset.offset(0.01));
    }

    @ParameterizedTest
    @ValueSource(ints = {Onnx.INT64, Onnx.BOOL, Onnx.UINT8})
    void whatTheModelDecidesItselfIsItsPrediction(int type) throws InterruptedException {
        Path model = model().floats("one", "", 1)
                .node("GreaterOrEqual", "x,one", "above")
                .node("Cast", "above", "said", Onnx.integer("to", type))
                .node("Sigmoid", "x", "p")
                .output("said", type, "N,3")
                .output("p", Onnx.FLOAT, "N,3")
                .writeTo(folder.resolve("said.onnx"));
        Evaluation evaluation =
                Judging.model(model, data).multilabel(CLASSES, "is_*").judge();

        assertThat(evaluation.classes().classCounts().rowsCorrect()).isEqualTo(right(1));
    }

    @Test
    void aPredictionThatIsNeitherZeroNorOneIsRefused() {
        Path model = model().node("Cast", "x", "said", Onnx.integer("to", Onnx.INT64))
                .output("said", Onnx.INT64, "N,3")
                .writeTo(folder.resolve("counts.onnx"));

        assertThatThrownBy(() ->
                        Judging.model(model, data).multilabel(CLASSES, "is_*").judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessageMatching(
                        "output 'said' of the model is -?\\d+ in row \\d+ for class '(ant|bee|cat)'; expected 0 or 1");
    }

    @Test
    void aModelThatIsBetterOnTheSameRowsIsSeenToBe() throws InterruptedException {
        Path worse = model().floats("shift", "3", 2, 0, 2)
                .node("Add", "x,shift", "z")
                .node("Sigmoid", "z", "p")
                .output("p", Onnx.FLOAT, "N,3")
                .writeTo(folder.resolve("worse.onnx"));
        Judging better =
                Judging.model(sigmoid(), data).multilabel(CLASSES, "is_*").against(worse, null);
        Judging same =
                Judging.model(sigmoid(), data).multilabel(CLASSES, "is_*").against(sigmoid(), null);

        assertThat(Results.verdicts(better.gates(Gates.notWorse(HAMMING, 0.01), Gates.notWorse(SUBSET, 0.01))
                        .judge()))
                .containsOnly(Verdict.PASSED);
        assertThat(Results.verdicts(same.gates(Gates.notWorse(MICRO_F1, 0), Gates.notWorse(AREA, 0))
                        .judge()))
                .containsOnly(Verdict.PASSED);
    }

    @Test
    void predictionsOfAFileAreJudgedAlone() throws IOException, InterruptedException {
        Path file = predictions("1,0,0,0.9,0.8,0.1", "0,1,1,0.2,0.6,0.9", "0,0,0,0.1,0.2,0.7");
        Evaluation ofClasses =
                Judging.predictions(file, "is_*").multilabel(CLASSES, "is_*").judge();
        Evaluation ofScores = Judging.predictions(file, null, "p_*")
                .multilabel(CLASSES, "is_*")
                .gates(Gates.min(AREA, 0.9))
                .judge();

        assertThat(ofClasses.classes().classCounts().rowsCorrect()).isEqualTo(3);
        assertThat(ofScores.classes().classCounts().rowsCorrect()).isEqualTo(1);
        assertThat(ofScores.gates().get(0).findings().get(0).value())
                .isCloseTo((1 + 0.5 + 1) / 3, Offset.offset(1e-12));
    }

    @Test
    void aLabelThatIsNeitherZeroNorOneIsRefused() throws IOException {
        Path file = predictions("1,0,0,0.9,0.8,0.1", "0,2,1,0.2,0.6,0.9");

        assertThatThrownBy(() -> Judging.predictions(file, null, "p_*")
                        .multilabel(CLASSES, "is_*")
                        .judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessageContainingAll("is_bee", "2", "true, false, 1 or 0");
    }

    @Test
    void columnsThatAreCalledLikeTheClassesStandInTheirOrder() throws IOException {
        Path file = predictions("1,0,0,0.9,0.8,0.1", "0,1,1,0.2,0.6,0.9");

        assertThatThrownBy(() -> Judging.predictions(file, null, "p_*")
                        .multilabel(List.of("bee", "ant", "cat"), "is_*")
                        .judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessage(
                        "the columns [is_ant, is_bee, is_cat] are called like the classes [bee, ant, cat], but stand in"
                                + " another order; name them in the order of model.classes");
        assertThat(ClassColumns.wrongOrder(List.of("ant", "bee"), List.of("bee", "ant")))
                .isPresent();
        assertThat(ClassColumns.wrongOrder(List.of("p_a", "p_b_a"), List.of("a", "b_a")))
                .isEmpty();
        assertThat(ClassColumns.wrongOrder(List.of("p_b_a", "p_a"), List.of("a", "b_a")))
                .isPresent();
        assertThat(ClassColumns.wrongOrder(List.of("x1", "x0"), List.of("ant", "bee")))
                .isEmpty();
    }

    @Test
    void oneColumnForEachClassIsNeeded() throws IOException {
        Path file = predictions("1,0,0,0.9,0.8,0.1");

        assertThatThrownBy(() -> Judging.predictions(file, null, "p_*")
                        .multilabel(CLASSES, "is_ant", "is_bee")
                        .judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessageContaining("2")
                .hasMessageContaining("3");
    }

    private Path predictions(String... lines) throws IOException {
        return Files.writeString(
                folder.resolve("predictions.csv"),
                "is_ant,is_bee,is_cat,p_ant,p_bee,p_cat\n" + String.join("\n", lines) + "\n");
    }

    private long right(double least) {
        return rows.stream().filter(row -> row.isRight(least)).count();
    }

    private long wrongAnswers() {
        return rows.stream()
                .mapToLong(row -> IntStream.range(0, 3)
                        .filter(k -> row.label().get(k) != (row.logits().get(k) >= 0))
                        .count())
                .sum();
    }

    private static Onnx model() {
        return Onnx.model().input("x", Onnx.FLOAT, "N,3");
    }

    private Path sigmoid() {
        return model().node("Sigmoid", "x", "p").output("p", Onnx.FLOAT, "N,3").writeTo(folder.resolve("sigmoid.onnx"));
    }
}
