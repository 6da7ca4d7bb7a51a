// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.onnx.run.ElementType;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first rows, with what a model is fed and what it answers to each of them. */
class AnsweredRowsTest {
    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void writeRows() throws Exception {
        data = Files.writeString(
                folder.resolve("rows.csv"), "x0,x1,label,target\n1.5,0,bee,2\n-1.5,0.25,ant,-3\n0.5,1,bee,7\n");
    }

    @Test
    void haveTheTruthTheInputsAndAllOutputs() throws Exception {
        AnsweredRows answered = AnsweredRows.of(
                Judging.model(
                                Onnx.softmaxClassifier(new float[][] {{-1, 1}, {0, 0}}, new float[] {0, 0})
                                        .writeTo(folder.resolve("m.onnx")),
                                data)
                        .multiclass(List.of("ant", "bee"))
                        .request(),
                2);

        assertThat(answered.inputs()).containsExactly(new AnsweredRows.Tensor("x", ElementType.FLOAT, List.of(2)));
        assertThat(answered.columns().get("x")).containsExactly("x0", "x1");
        assertThat(answered.outputs()).hasSize(1);
        assertThat(answered.outputs().get(0).shape()).containsExactly(2);
        assertThat(answered.rows()).hasSize(2);
        AnsweredRows.Row second = answered.rows().get(1);
        assertThat(second.truth()).isEqualTo(new AnsweredRows.Truth.OfClass("ant"));
        assertThat((double[]) second.inputs().get(0)).containsExactly(-1.5, 0.25);
        double[] scores = (double[]) second.outputs().get(0);
        assertThat(scores[0]).isEqualTo((double) (float) scores[0]).isGreaterThan(0.9);
        assertThat(answered.digest()).matches("[0-9a-f]{64}");
        assertThat(answered.read().rows()).isEqualTo(2);
        assertThat(answered.read().sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void areAskedInTheBatchOfAModelThatTakesNoOther() throws Exception {
        Path file = Onnx.model()
                .input("x", Onnx.FLOAT, "2,2")
                .floats("w", "2,1", 1, 10)
                .node("MatMul", "x,w", "y")
                .output("y", Onnx.FLOAT, "2,1")
                .writeTo(folder.resolve("fixed.onnx"));

        AnsweredRows answered = AnsweredRows.of(
                Judging.model(file, data).regression().label("target").request(), 100);

        assertThat(answered.rows())
                .extracting(row -> ((double[]) row.outputs().get(0))[0])
                .containsExactly(1.5, 1.0, 10.5);
        assertThat(answered.rows().get(2).truth()).isEqualTo(new AnsweredRows.Truth.OfNumber(7));
        assertThat(answered.outputs().get(0).shape()).containsExactly(1);
    }
}
