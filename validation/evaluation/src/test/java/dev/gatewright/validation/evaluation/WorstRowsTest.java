// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.numpy.Npz;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorstRowsTest {
    @TempDir
    private Path folder;

    /** Row 2 decides for another class, row 3 answers NaN, rows 1 and 4 differ by little and by nothing. */
    @Test
    void thoseThatAnswerNothingComeFirstThenThoseOfAnotherClass() throws Exception {
        String csv = """
                x0,x1,x2,label
                0.6,0.3,0.1,ant
                0.5,0.4,0.1,bee
                0.2,0.7,0.1,bee
                0.1,0.1,0.8,cat
                """;
        float[] answers = {0.7f, 0.2f, 0.1f, 0.4f, 0.5f, 0.1f, 0.2f, 0.7f, 0.1f, 0.1f, 0.1f, 0.8f};
        Onnx model = Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .longs("second", "1", 1)
                .floats("high", "1", 0.65f)
                .floats("none", "1", Float.NaN)
                .node("Gather", "x,second", "bee", Onnx.integer("axis", 1))
                .node("Greater", "bee,high", "isHigh")
                .node("Where", "isHigh,none,x", "scores")
                .output("scores", Onnx.FLOAT, "N,3");

        List<RowDifference> rows =
                of(Judging.model(model.writeTo(folder.resolve("m.onnx")), write(csv)), "(4, 3)", answers);

        assertThat(rows).extracting(RowDifference::row).containsExactly(3L, 2L, 1L);
        assertThat(rows).extracting(RowDifference::truth).containsExactly("bee", "bee", "ant");
        assertThat(rows.get(0).exported()).isNull();
        assertThat(rows.get(0).difference()).isInfinite();
        assertThat(rows.get(1).source()).isEqualTo(new RowDifference.Answer("bee", 0.5));
        assertThat(rows.get(1).exported()).isEqualTo(new RowDifference.Answer("ant", 0.5));
        assertThat(rows.get(1).difference()).isEqualTo(0.5f - 0.4f);
    }

    @Test
    void numbersAreRankedByHowFarTheyAreApart() throws Exception {
        StringBuilder csv = new StringBuilder("x0,label\n");
        float[] answers = new float[20];
        for (int row = 0; row < answers.length; row++) {
            csv.append(row).append(',').append(row + 0.5).append('\n');
            // The seventh is farthest apart, then the eighth, and so on; the first six are the same.
            answers[row] = row < 6 ? row : 32;
        }
        Onnx model = Onnx.model()
                .input("x", Onnx.FLOAT, "N,1")
                .node("Identity", "x", "scores")
                .output("scores", Onnx.FLOAT, "N,1");

        List<RowDifference> rows = of(
                Judging.model(model.writeTo(folder.resolve("m.onnx")), write(csv.toString()))
                        .regression(),
                "(20, 1)",
                answers);

        assertThat(rows).extracting(RowDifference::row).containsExactly(7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L);
        assertThat(rows.get(0))
                .isEqualTo(new RowDifference(
                        7, "6.5", new RowDifference.Answer(null, 32), new RowDifference.Answer(null, 6), 26));
    }

    @Test
    void outputsThatDoNotAnswerTheTaskHaveNone() throws Exception {
        String csv = "x0,x1,x2,label\n0.6,0.3,0.1,ant\n";
        Onnx model = Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .node("Concat", "x,x", "scores", Onnx.integer("axis", 1))
                .output("scores", Onnx.FLOAT, "N,6");

        assertThat(of(
                        Judging.model(model.writeTo(folder.resolve("m.onnx")), write(csv)),
                        "(1, 6)",
                        0.7f,
                        0.2f,
                        0.1f,
                        0,
                        0,
                        0))
                .isEmpty();
    }

    private Path write(String csv) throws Exception {
        return Files.writeString(folder.resolve("rows.csv"), csv);
    }

    private List<RowDifference> of(Judging judging, String shape, float... answers) throws Exception {
        Path file = Files.write(folder.resolve("scores.npy"), Npz.npy("<f4", shape, Npz.floats(answers)));
        EvaluationRequest.RecordedModel source = new EvaluationRequest.RecordedModel(
                List.of(new EvaluationRequest.RecordedOutput("scores", file)), null, false);
        return Parity.of(judging.request(), source, (rows, total) -> {}).worstRows();
    }
}
