// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.numpy.Npz;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A source that answers with its three numbers as they are, and models that differ from it. */
class DiagnosisTest {
    private static final int ROWS = 40;

    @TempDir
    private Path folder;

    private LabelledRows rows;
    private Path data;

    @BeforeEach
    void writeRows() {
        rows = LabelledRows.random(new Gen(20261130), ROWS);
        data = rows.writeTo(folder.resolve("rows.csv"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 2 | 1 | column 1 is the source's column 2, column 2 is the source's column 1
            1 | 0 | 2 | column 0 is the source's column 1, column 1 is the source's column 0
            1 | 2 | 0 | column 0 is the source's column 1, column 1 is the source's column 2, column 2 is the source's column 0
            2 | 0 | 1 | column 0 is the source's column 2, column 1 is the source's column 0, column 2 is the source's column 1
            2 | 1 | 0 | column 0 is the source's column 2, column 2 is the source's column 0
            """)
    void anyPermutationOfTheClassesIsNamed(long first, long second, long third, String named) throws Exception {
        Onnx model = begin().longs("order", "3", first, second, third)
                .node("Gather", "x,order", "scores", Onnx.integer("axis", 1));

        assertThat(of(model))
                .contains("output 'scores' has the source's columns in another order (" + named
                        + "); export the classes in the order of the source");
    }

    @Test
    void aScaleIsNamedByWhatUndoesIt() throws Exception {
        assertThat(of(begin().floats("s", "1", 255).node("Mul", "x,s", "scores")))
                .hasValueSatisfying(cause ->
                        assertThat(cause).startsWith("it agrees with the source when input 'x' is divided by 255: "));
    }

    @Test
    void nothingIsNamedWhereNothingKnownExplainsIt() throws Exception {
        assertThat(of(begin().floats("s", "3", 1, 1, 2).node("Mul", "x,s", "scores")))
                .isEmpty();
    }

    @Test
    void nothingIsNamedWhereColumnsCannotBeToldApart() throws Exception {
        assertThat(of(begin().longs("order", "3", 1, 1, 2)
                        .node("Gather", "x,order", "scores", Onnx.integer("axis", 1))))
                .isEmpty();
    }

    @Test
    void nothingIsNamedWhereBothAgree() throws Exception {
        assertThat(of(begin().node("Identity", "x", "scores"))).isEmpty();
    }

    @Test
    void trainingRowsThatAreNotThereExplainNothing() throws Exception {
        Path model = write(begin().floats("s", "3", 1, 1, 2).node("Mul", "x,s", "scores"));
        Judging judging = Judging.logits(model, data).trainedOn(folder.resolve("gone.csv"));

        assertThat(Diagnosis.of(judging.request(), source())).isEmpty();
    }

    private static Onnx begin() {
        return Onnx.model().input("x", Onnx.FLOAT, "N,3");
    }

    private Path write(Onnx model) {
        return model.output("scores", Onnx.FLOAT, "N,3").writeTo(folder.resolve("model.onnx"));
    }

    private Optional<String> of(Onnx model) throws Exception {
        return Diagnosis.of(Judging.logits(write(model), data).request(), source());
    }

    private EvaluationRequest.RecordedModel source() throws IOException {
        float[] answers = new float[ROWS * 3];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = rows.rows().get(i / 3).x().get(i % 3) / 1000f;
        }
        Path file = Files.write(folder.resolve("scores.npy"), Npz.npy("<f4", "(" + ROWS + ", 3)", Npz.floats(answers)));
        return new EvaluationRequest.RecordedModel(
                List.of(new EvaluationRequest.RecordedOutput("scores", file)), null, true);
    }
}
