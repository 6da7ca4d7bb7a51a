// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteadinessTest {
    private static final int ROWS = 40;

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void writeRows() {
        data = LabelledRows.random(new Gen(20261130), ROWS).writeTo(folder.resolve("rows.csv"));
    }

    @Test
    void aModelThatAnswersAlikeIsSteady() throws Exception {
        assertThat(of(begin("N").node("Softmax", "x", "scores")))
                .isEqualTo(new Steadiness(ROWS, 0, 0, 0, java.util.List.of()));
    }

    @Test
    void chanceShowsInRepeats() throws Exception {
        Steadiness steadiness =
                of(begin("N").node("RandomUniformLike", "x", "chance").node("Mul", "x,chance", "scores"));

        assertThat(steadiness.repeats()).isPositive();
        assertThat(steadiness.failures()).isEmpty();
    }

    @Test
    void whatDependsOnTheOtherRowsShowsInBatchesAlone() throws Exception {
        Steadiness steadiness = of(begin("N")
                .node("ReduceMean", "x", "mean", Onnx.integers("axes", 0), Onnx.integer("keepdims", 1))
                .node("Sub", "x,mean", "scores"));

        assertThat(steadiness.repeats()).isZero();
        assertThat(steadiness.batches()).isGreaterThan(0.1);
    }

    @Test
    void aNaNThatStaysIsTheSameAnswer() throws Exception {
        assertThat(of(begin("N")
                                .floats("low", "3", 9, 9, 9)
                                .node("Sub", "x,low", "less")
                                .node("Sqrt", "less", "scores"))
                        .repeats())
                .isZero();
    }

    @Test
    void aBatchThatIsFixedIsTheOnlyOneThatIsAsked() throws Exception {
        assertThat(of(begin("8").node("Softmax", "x", "scores"), "8"))
                .isEqualTo(new Steadiness(8, 0, 0, 8, java.util.List.of()));
    }

    @Test
    void aModelThatFailsInAnotherBatchIsNamedWithIt() throws Exception {
        Steadiness steadiness = of(begin("N")
                .longs("shape", "2", ROWS, 3)
                .node("Reshape", "x,shape", "same")
                .node("Softmax", "same", "scores"));

        assertThat(steadiness.failures()).singleElement().asString().startsWith("it does not run with 1 row: ");
    }

    private static Onnx begin(String batch) {
        return Onnx.model().input("x", Onnx.FLOAT, batch + ",3");
    }

    private Steadiness of(Onnx model) throws InterruptedException {
        return of(model, "N");
    }

    private Steadiness of(Onnx model, String batch) throws InterruptedException {
        Path file = model.output("scores", Onnx.FLOAT, batch + ",3").writeTo(folder.resolve("model.onnx"));
        return Steadiness.of(Judging.logits(file, data).request());
    }
}
