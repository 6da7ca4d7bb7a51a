// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.metrics.catalogue.Average;
import dev.gatewright.validation.metrics.catalogue.CountMetrics;
import dev.gatewright.validation.metrics.catalogue.Metric;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.PairMetrics;
import dev.gatewright.validation.metrics.catalogue.ZeroDivision;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Finding;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.metrics.statistics.Tango;
import dev.gatewright.validation.metrics.statistics.Wilson;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A candidate against a pinned baseline: both answer the same rows in the same run. */
class ComparisonTest {
    private static final Gate NOT_WORSE = Gates.notWorse(Gates.ACCURACY, 0.02);
    private static final Gate ALONE = Gates.min(Gates.ACCURACY, 0.5);

    @TempDir
    Path folder;

    private final LabelledRows rows = LabelledRows.random(new Gen(3), 5000);
    private Path data;
    private Path model;

    @BeforeEach
    void write() {
        data = rows.writeTo(folder.resolve("rows.csv"));
        model = Models.favouring(folder, 400);
    }

    @Test
    void bothSidesAreScoredOnTheSameRows() throws InterruptedException {
        Evaluation evaluation = Judging.model(model, data)
                .against(Models.largest(folder, "N"), null)
                .gates(NOT_WORSE)
                .judge();

        long onlyBaseline = 0;
        long onlyCandidate = 0;
        for (LabelledRows.Row row : rows.rows()) {
            boolean candidate = row.largest(400) == row.label();
            boolean baseline = row.answer() == row.label();
            onlyBaseline += baseline && !candidate ? 1 : 0;
            onlyCandidate += candidate && !baseline ? 1 : 0;
        }
        assertThat(Math.min(onlyBaseline, onlyCandidate)).isPositive();
        Finding finding = evaluation.gates().get(0).findings().get(0);
        assertThat(finding.held()).isEqualTo((double) (onlyBaseline - onlyCandidate) / 5000);
        assertThat(finding.interval())
                .isEqualTo(new Tango(onlyBaseline, onlyCandidate, 5000)
                        .interval(0.95)
                        .orElseThrow());
        assertThat(finding.comparison().value()).isEqualTo(rows.right() / 5000.0);
        assertThat(evaluation.reference().digest())
                .isNotEqualTo(evaluation.model().digest());
    }

    @ParameterizedTest
    @CsvSource({"N, 7", "7, N", "1, 7", "16, 24", "5000, N", "1, 1000"})
    void modelsOfDifferentBatchesAnswerTheSameRows(String candidate, String baseline) throws InterruptedException {
        Path other = Models.favouring(baseline, 300).writeTo(folder.resolve("other.onnx"));
        Evaluation evaluation = Judging.model(Models.largest(folder, candidate), data)
                .against(other, null)
                .gates(NOT_WORSE)
                .judge();

        assertThat(evaluation.model().batch()).isEqualTo(candidate.equals("N") ? 64 : Integer.parseInt(candidate));
        assertThat(evaluation.reference().batch()).isEqualTo(baseline.equals("N") ? 64 : Integer.parseInt(baseline));
        Finding finding = evaluation.gates().get(0).findings().get(0);
        assertThat(finding.value()).isEqualTo(rows.right() / 5000.0);
        long right = rows.rows().stream()
                .filter(row -> row.largest(300) == row.label())
                .count();
        assertThat(finding.comparison().value()).isEqualTo(right / 5000.0);
    }

    @Test
    void modelsWhoseBatchesNeverEndTogetherAreNotCompared() throws InterruptedException {
        Evaluation evaluation = Judging.model(Models.largest(folder, "1021"), data)
                .against(Models.largest(folder, "1031"), null)
                .gates(NOT_WORSE, ALONE)
                .judge();

        assertOnlyTheComparisonFails(evaluation, "end together only every 1052651 rows");
    }

    @Test
    void aModelDiffersFromItselfByNothing() throws IOException, InterruptedException {
        Path copy = Files.copy(model, folder.resolve("copy.onnx"));
        Evaluation evaluation = Judging.model(model, data)
                .against(copy, null)
                .gates(Gates.notWorse(Gates.ACCURACY, 0), Gates.notWorse(Gates.LOG_LOSS, 0))
                .judge();

        assertThat(Results.verdicts(evaluation)).containsExactly(Verdict.PASSED, Verdict.PASSED);
        assertThat(Results.sentence(evaluation, 0)).contains("a degradation of 0 (95% CI 0–0, n=5000, paired)");
    }

    @Test
    void theSameFileReadInAnotherWayIsAnotherModel() throws InterruptedException {
        Evaluation evaluation = Judging.model(model, data)
                .against(new EvaluationRequest.Reference(
                        "baseline", new EvaluationRequest.OnnxModel(model, null, true), null))
                .gates(Gates.notWorse(Gates.LOG_LOSS, 0))
                .judge();

        Finding finding = evaluation.gates().get(0).findings().get(0);
        assertThat(finding.comparison().value())
                .as("probabilities taken for logits are blunt")
                .isGreaterThan(finding.value());
    }

    @Test
    void aBaselineOfAnotherDigestIsNotComparedWith() throws InterruptedException {
        Evaluation evaluation = Judging.model(model, data)
                .against(Models.largest(folder, "N"), "0".repeat(64))
                .gates(NOT_WORSE, ALONE)
                .judge();

        assertOnlyTheComparisonFails(evaluation, "and the spec pins 000");
    }

    @Test
    void aBaselineThatIsNotThereLeavesTheOtherGatesJudged() throws InterruptedException {
        Evaluation evaluation = Judging.model(model, data)
                .against(folder.resolve("none.onnx"), null)
                .gates(NOT_WORSE, ALONE)
                .judge();

        assertOnlyTheComparisonFails(evaluation, "none.onnx");
    }

    @Test
    void aBaselineThatNamesItsClassesInAnotherOrderIsNotComparedWith() throws InterruptedException {
        Path other = Models.favouring("N", 0)
                .metadata("gatewright.classes", "[\"cat\", \"bee\", \"ant\"]")
                .writeTo(folder.resolve("other.onnx"));
        Evaluation evaluation = Judging.model(model, data)
                .against(other, null)
                .gates(NOT_WORSE, ALONE)
                .judge();

        assertOnlyTheComparisonFails(evaluation, "[cat, bee, ant]");
    }

    @Test
    void aBaselineThatNamesItsFeaturesInAnotherOrderIsNotComparedWith() throws InterruptedException {
        Path other = Models.favouring("N", 0)
                .metadata("gatewright.features", "[\"x2\", \"x1\", \"x0\"]")
                .writeTo(folder.resolve("other.onnx"));
        Evaluation evaluation = Judging.model(model, data)
                .against(other, null)
                .gates(NOT_WORSE, ALONE)
                .judge();

        assertOnlyTheComparisonFails(evaluation, "[x2, x1, x0]");
    }

    @Test
    void aBaselineThatAnswersNaNLeavesTheOtherGatesJudged() throws InterruptedException {
        Evaluation evaluation = Judging.model(model, data)
                .against(Models.notANumberBelow(folder, -1), null)
                .gates(NOT_WORSE, ALONE)
                .judge();

        assertOnlyTheComparisonFails(evaluation, "output 'scores' of baseline is NaN in row ");
    }

    @Test
    void aCandidateThatAnswersNaNIsNotExcusedByItsBaseline() {
        assertThatThrownBy(() -> Judging.model(Models.notANumberBelow(folder, -1), data)
                        .against(model, null)
                        .gates(NOT_WORSE, ALONE)
                        .judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessageContaining("output 'scores' of the model is NaN in row ");
    }

    @Test
    void withoutABaselineAComparisonIsNotEvaluated() throws InterruptedException {
        Evaluation evaluation =
                Judging.model(model, data).gates(NOT_WORSE, ALONE).judge();

        assertOnlyTheComparisonFails(evaluation, "there is no baseline to compare with");
    }

    /** At a threshold of its own, a baseline without probabilities would be compared at another one. */
    @Test
    void aThresholdIsNotComparedWithABaselineThatOnlyPredictsClasses() throws InterruptedException {
        Path binaryModel = Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .floats("w", "3,2", 1, 0, 0, 1, 0, 0)
                .node("MatMul", "x,w", "two")
                .node("Softmax", "two", "scores", Onnx.integer("axis", 1))
                .output("scores", Onnx.FLOAT, "N,2")
                .writeTo(folder.resolve("binary.onnx"));
        Path classesOnly = Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .floats("w", "3,2", 1, 0, 0, 1, 0, 0)
                .node("MatMul", "x,w", "two")
                .node("ArgMax", "two", "said", Onnx.integer("axis", 1), Onnx.integer("keepdims", 0))
                .output("said", Onnx.INT64, "N")
                .writeTo(folder.resolve("classes.onnx"));
        Path binaryRows = new LabelledRows(
                        rows.rows().stream().filter(row -> row.label() < 2).toList())
                .writeTo(folder.resolve("binary.csv"));
        List<String> classes = List.of("ant", "bee");
        MetricChoice f1 = new MetricChoice(
                CountMetrics.F1, Average.BINARY, 1, 0.9, 1, Double.NaN, ZeroDivision.UNDEFINED, classes);
        Gate comparing = Gates.notWorse(f1, 0.01);

        Evaluation evaluation = Judging.model(binaryModel, binaryRows)
                .binary(1, "ant", "bee")
                .against(classesOnly, null)
                .gates(comparing, Gates.notWorse(MetricChoice.of(CountMetrics.ACCURACY, classes), 0.01))
                .judge();

        assertThat(Results.verdicts(evaluation)).containsExactly(Verdict.NOT_EVALUATED, Verdict.PASSED);
        assertThat(Results.sentence(evaluation, 0))
                .isEqualTo("f1[positive=bee, threshold=0.9] could not be judged: it needs probabilities, and baseline"
                        + " only predicts classes");
    }

    @Test
    void sizesAreComparedToo() throws InterruptedException {
        Path larger =
                Models.favouring("N", 0).metadata("note", "x".repeat(1000)).writeTo(folder.resolve("larger.onnx"));
        Gate smaller = new Gate(
                Gates.SIZE,
                List.of(new Bound(Bound.Kind.MIN_IMPROVEMENT, 900), new Bound(Bound.Kind.MAX_DEGRADATION_PERCENT, -50)),
                null,
                "baseline",
                null,
                0,
                OnFailure.BLOCK);

        assertThat(Results.verdicts(Judging.model(model, data)
                        .against(larger, null)
                        .gates(smaller)
                        .judge()))
                .containsExactly(Verdict.PASSED);
        assertThat(Results.verdicts(Judging.model(larger, data)
                        .against(model, null)
                        .gates(smaller)
                        .judge()))
                .containsExactly(Verdict.FAILED);
    }

    @Test
    void agreementIsTheShareOfRowsThatBothAnswerAlikeRightOrWrong() throws InterruptedException {
        long alike = rows.rows().stream()
                .filter(row -> row.largest(400) == row.answer())
                .count();
        assertThat(alike).isBetween(1L, 4999L);
        Gate gate = withBaseline(PairMetrics.AGREEMENT, Bound.Kind.MIN, 0.99, 0.95);

        Evaluation evaluation = Judging.model(model, data)
                .against(Models.largest(folder, "N"), null)
                .gates(gate)
                .judge();

        Finding finding = evaluation.gates().get(0).findings().get(0);
        assertThat(finding.value()).isEqualTo(alike / 5000.0);
        assertThat(finding.interval())
                .isEqualTo(new Wilson(alike, 5000).interval(0.95).orElseThrow());
        assertThat(Results.sentence(evaluation, 0))
                .startsWith("agreement with baseline " + alike / 5000.0 + " (95% CI ");
        assertThat(Results.sentence(
                        Judging.model(model, data)
                                .against(model, null)
                                .gates(gate)
                                .judge(),
                        0))
                .startsWith("agreement with baseline 1 (95% CI ");
    }

    @Test
    void sizesAreARatioToo() throws InterruptedException {
        Path larger =
                Models.favouring("N", 0).metadata("note", "x".repeat(1000)).writeTo(folder.resolve("larger.onnx"));

        Evaluation evaluation = Judging.model(model, data)
                .against(larger, null)
                .gates(withBaseline(PairMetrics.SIZE_RATIO, Bound.Kind.MAX, 0.5, null))
                .judge();

        assertThat(evaluation.gates().get(0).findings().get(0).value())
                .isEqualTo((double) evaluation.model().description().bytes()
                        / evaluation.reference().description().bytes());
    }

    @Test
    void comparesThoughNoGateDoesWhereItIsAskedTo() throws InterruptedException {
        Evaluation evaluation = Judging.model(model, data)
                .against(model, null)
                .gates(Gates.min(Gates.ACCURACY, 0.1))
                .also(MetricChoice.of(PairMetrics.AGREEMENT, List.of()), Gates.LATENCY)
                .judge();

        assertThat(evaluation.measured())
                .filteredOn(measured -> measured.metric().isOfTwoModels())
                .singleElement()
                .extracting(measured -> measured.reading().value())
                .isEqualTo(1.0);
        assertThat(evaluation.measured())
                .filteredOn(measured -> measured.metric().equals(Gates.LATENCY))
                .singleElement()
                .extracting(measured -> measured.reading().value() > 0)
                .isEqualTo(true);
    }

    /** Where the other model cannot be had, nothing agrees with it. */
    @Test
    void agreesWithNothingWhereThereIsNoOtherModel() throws InterruptedException {
        Evaluation evaluation = Judging.model(model, data)
                .against(folder.resolve("nowhere.onnx"), null)
                .gates(
                        withBaseline(PairMetrics.AGREEMENT, Bound.Kind.MIN, 0.5, null),
                        withBaseline(PairMetrics.SIZE_RATIO, Bound.Kind.MAX, 2, null))
                .judge();

        assertThat(Results.verdicts(evaluation)).containsOnly(Verdict.NOT_EVALUATED);
    }

    private static Gate withBaseline(Metric metric, Bound.Kind kind, double limit, Double confidence) {
        return new Gate(
                MetricChoice.of(metric, List.of()),
                List.of(new Bound(kind, limit)),
                confidence,
                "baseline",
                null,
                0,
                OnFailure.BLOCK);
    }

    private static void assertOnlyTheComparisonFails(Evaluation evaluation, String why) {
        assertThat(Results.verdicts(evaluation)).containsExactly(Verdict.NOT_EVALUATED, Verdict.PASSED);
        assertThat(Results.sentence(evaluation, 0)).contains("could not be judged: ", why);
        assertThat(evaluation.reference()).isNull();
    }
}
