// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstAnswersTest {
    private static final int ROWS = 150;

    @TempDir
    private Path folder;

    private Path data;

    /** Numbers whose sign is the label, except in every tenth row. */
    @BeforeEach
    void writeRows() throws IOException {
        StringBuilder csv = new StringBuilder("x0,label,target\n");
        for (int i = 0; i < ROWS; i++) {
            double x = (i % 2 == 0 ? 1 : -1) * (1 + i) / 64.0;
            boolean right = i % 10 != 0;
            csv.append(x)
                    .append(x > 0 == right ? ",bee," : ",ant,")
                    .append(x + 0.5)
                    .append('\n');
        }
        data = Files.writeString(folder.resolve("rows.csv"), csv);
    }

    @ParameterizedTest
    @CsvSource({"1, 150", "8, 150", "64, 150", "8, 20", "64, 20"})
    void areThoseOfTheFirstRowsInBatchesOfAnySize(int batch, int rows) throws InterruptedException {
        FirstAnswers answers = FirstAnswers.of(classifier("m.onnx", 0).request(), rows, batch);

        assertThat(answers.rows()).isEqualTo(rows);
        assertThat(answers.score()).isEqualTo((rows - (rows + 9) / 10) / (double) rows);
        assertThat(answers.changedIn(FirstAnswers.of(classifier("m.onnx", 0).request(), rows, 3)))
                .isZero();
    }

    @Test
    void tellHowManyRowsAnotherModelAnswersOtherwise() throws InterruptedException {
        FirstAnswers all = FirstAnswers.of(classifier("m.onnx", 0).request(), ROWS, 64);
        FirstAnswers other = FirstAnswers.of(classifier("other.onnx", 1.01f).request(), ROWS, 64);

        // From 1/64 to 64/64, each second row is positive.
        assertThat(all.changedIn(other)).isEqualTo(32);
        assertThat(all.signalToNoise(all)).isInfinite().isPositive();
        assertThatThrownBy(() ->
                        all.changedIn(FirstAnswers.of(classifier("m.onnx", 0).request(), 10, 64)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areANumberInARegression() throws InterruptedException {
        FirstAnswers clean = FirstAnswers.of(regression("m.onnx", 1).request(), ROWS, 64);
        FirstAnswers noisy = FirstAnswers.of(regression("noisy.onnx", 1.1f).request(), ROWS, 64);

        assertThat(clean.score()).isCloseTo(0.5, Offset.offset(1e-6));
        assertThat(clean.changedIn(noisy)).isEqualTo(ROWS);
        // A tenth of the signal is 20 decibels below it.
        assertThat(clean.signalToNoise(noisy)).isCloseTo(20, Offset.offset(1e-4));
    }

    @Test
    void areRefusedWhereTheModelAnswersNoNumber() throws InterruptedException {
        assertThatThrownBy(
                        () -> FirstAnswers.of(regression("nan.onnx", Float.NaN).request(), ROWS, 64))
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void keepTheBatchOfAModelThatTakesNoOther() throws InterruptedException {
        Path file = Onnx.model()
                .input("x", Onnx.FLOAT, "7,1")
                .floats("w", "1,1", 1)
                .node("MatMul", "x,w", "y")
                .output("y", Onnx.FLOAT, "7,1")
                .writeTo(folder.resolve("fixed.onnx"));

        assertThat(FirstAnswers.of(
                                Judging.model(file, data)
                                        .regression()
                                        .label("target")
                                        .request(),
                                20,
                                1)
                        .rows())
                .isEqualTo(20);
    }

    private Judging classifier(String name, float limit) {
        Path file = Onnx.softmaxClassifier(new float[][] {{-10, 10}}, new float[] {10 * limit, -10 * limit})
                .writeTo(folder.resolve(name));
        return Judging.model(file, data).multiclass(List.of("ant", "bee"));
    }

    private Judging regression(String name, float factor) {
        Path file = Onnx.model()
                .input("x", Onnx.FLOAT, "N,1")
                .floats("w", "1,1", factor)
                .node("MatMul", "x,w", "y")
                .output("y", Onnx.FLOAT, "N,1")
                .writeTo(folder.resolve(name));
        return Judging.model(file, data).regression().label("target");
    }
}
