// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedModel;
import dev.gatewright.validation.evaluation.EvaluationRequest.RecordedOutput;
import dev.gatewright.validation.evaluation.EvaluationRequest.Reference;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Finding;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.metrics.statistics.Tango;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.numpy.Npz;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that answered somewhere else is judged, and compared with, as if it had answered here. */
class RecordedTest {
    private static final Gate NOT_WORSE = Gates.notWorse(Gates.ACCURACY, 0.02);
    private static final Gate ALONE = Gates.min(Gates.ACCURACY, 0.5);
    private static final int ROWS = 5000;

    @TempDir
    Path folder;

    private final LabelledRows rows = LabelledRows.random(new Gen(9), ROWS);
    private Path data;

    @BeforeEach
    void write() {
        data = rows.writeTo(folder.resolve("rows.csv"));
    }

    @Test
    void isJudgedAsTheModelThatAnswersTheSame() throws InterruptedException {
        Evaluation recorded = Judging.recorded(answers(0, ROWS), data)
                .slices("writer")
                .gates(ALONE)
                .judge();
        Evaluation here = Judging.model(Models.largest(folder, "N"), data)
                .slices("writer")
                .gates(ALONE)
                .judge();

        assertThat(Results.sentence(recorded, 0)).isEqualTo(Results.sentence(here, 0));
        assertThat(Results.value(recorded, "accuracy", "writer=ben"))
                .isEqualTo(Results.value(here, "accuracy", "writer=ben"));
        assertThat(recorded.model()).isNull();
    }

    @Test
    void aModelIsComparedWithWhatWasRecordedOfAnother() throws InterruptedException {
        Evaluation evaluation = Judging.model(Models.favouring(folder, 400), data)
                .against(source(answers(0, ROWS)))
                .gates(NOT_WORSE)
                .judge();

        assertTango(evaluation.gates().get(0).findings().get(0));
    }

    @Test
    void whatWasRecordedIsComparedWithAModel() throws InterruptedException {
        Evaluation evaluation = Judging.recorded(answers(400, ROWS), data)
                .against(Models.largest(folder, "7"), null)
                .gates(NOT_WORSE)
                .judge();

        assertTango(evaluation.gates().get(0).findings().get(0));
        assertThat(evaluation.reference().batch()).isEqualTo(7);
    }

    private void assertTango(Finding finding) {
        long onlySource = 0;
        long onlyCandidate = 0;
        for (LabelledRows.Row row : rows.rows()) {
            boolean candidate = row.largest(400) == row.label();
            boolean source = row.answer() == row.label();
            onlySource += source && !candidate ? 1 : 0;
            onlyCandidate += candidate && !source ? 1 : 0;
        }
        assertThat(Math.min(onlySource, onlyCandidate)).isPositive();
        assertThat(finding.interval())
                .isEqualTo(new Tango(onlySource, onlyCandidate, ROWS)
                        .interval(0.95)
                        .orElseThrow());
        assertThat(finding.comparison().value()).isEqualTo(rows.right() / (double) ROWS);
    }

    @Test
    void answersToFewerRowsAreNone() {
        assertThatThrownBy(() -> Judging.recorded(answers(0, ROWS - 1), data)
                        .gates(ALONE)
                        .judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessage(
                        "the model answered 4999 rows with output 'p', and the data have more; let it answer each row");
    }

    @Test
    void answersToMoreRowsAreNone() {
        assertThatThrownBy(() ->
                        Judging.recorded(answers(0, ROWS, 3), data).gates(ALONE).judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessageContaining("and the data have fewer");
    }

    @Test
    void aSourceThatAnsweredOtherRowsLeavesTheOtherGatesJudged() throws InterruptedException {
        for (Path other : List.of(answers(0, ROWS - 1), answers(0, ROWS, 4096))) {
            Evaluation evaluation = Judging.model(Models.favouring(folder, 400), data)
                    .against(source(other))
                    .gates(NOT_WORSE, ALONE)
                    .judge();

            assertThat(Results.verdicts(evaluation)).containsExactly(Verdict.NOT_EVALUATED, Verdict.PASSED);
        }
    }

    @Test
    void aRecordedNaNIsNoAnswer() {
        float[] values = probabilities(0, ROWS);
        values[3 * 17 + 1] = Float.NaN;

        assertThatThrownBy(
                        () -> Judging.recorded(write(values), data).gates(ALONE).judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessage("output 'p' of the model is NaN in row 18");
    }

    @Test
    void aSizeIsNotComparedWithWhatHasNone() throws InterruptedException {
        Gate smaller = new Gate(
                Gates.SIZE,
                List.of(new Bound(Bound.Kind.MAX_DEGRADATION, 1e9)),
                null,
                "source",
                null,
                0,
                OnFailure.BLOCK);

        Evaluation evaluation = Judging.model(Models.favouring(folder, 400), data)
                .against(source(answers(0, ROWS)))
                .gates(smaller)
                .judge();

        assertThat(Results.verdicts(evaluation)).containsExactly(Verdict.NOT_EVALUATED);
    }

    @Test
    void outputsThatAnswerNothingAreNamed() {
        Path wide = folder.resolve("wide.npy");
        EvaluationRequest.RecordedModel model =
                new RecordedModel(List.of(new RecordedOutput("embedding", wide)), null, false);
        write(wide, "(1, 7)", new float[7]);

        assertThatThrownBy(() -> Judging.recorded(model, data).gates(ALONE).judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessageContaining("'embedding' (float, 7 a row)");
    }

    private static Reference source(Path output) {
        return new Reference("source", Judging.recordedProbabilities(output), null);
    }

    /** What the largest number says of each row, as certain probabilities, and {@code more} rows of nothing. */
    private Path answers(int favour, int count, int more) {
        float[] values = java.util.Arrays.copyOf(probabilities(favour, count), 3 * (count + more));
        return write(values);
    }

    private Path answers(int favour, int count) {
        return answers(favour, count, 0);
    }

    private float[] probabilities(int favour, int count) {
        float[] values = new float[3 * count];
        for (int row = 0; row < count; row++) {
            values[3 * row + rows.rows().get(row).largest(favour)] = 1;
        }
        return values;
    }

    private Path write(float... values) {
        Path file = folder.resolve("p" + values.length + "-" + System.identityHashCode(values) + ".npy");
        write(file, "(" + values.length / 3 + ", 3)", values);
        return file;
    }

    private static void write(Path file, String shape, float... values) {
        try {
            Files.write(file, Npz.npy("<f4", shape, Npz.floats(values)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
