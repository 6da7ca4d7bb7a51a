// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.NumberMetrics;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of any framework, judged from a file. */
class PredictionsTest {
    @TempDir
    Path folder;

    @Test
    void classesAndScoresAreJudged() throws IOException, InterruptedException {
        Path file = file("""
                label,said,p_ant,p_bee,p_cat,writer
                ant,ant,0.5,0.25,0.25,anna
                bee,ant,0.5,0.25,0.25,anna
                cat,cat,0,0,1,ben
                """);
        Evaluation evaluation = Judging.predictions(file, "said", "p_*")
                .slices("writer")
                .gates(
                        Gates.min(Gates.ACCURACY, 0.6),
                        Gates.max(Gates.LOG_LOSS, 1),
                        Gates.onSlices(Gates.ACCURACY, "writer", 0.6))
                .judge();

        assertThat(Results.verdicts(evaluation)).containsExactly(Verdict.PASSED, Verdict.PASSED, Verdict.FAILED);
        assertThat(evaluation.gates().get(1).findings().get(0).value())
                .isCloseTo((StrictMath.log(2) + StrictMath.log(4)) / 3, Offset.offset(1e-12));
        assertThat(Results.sentence(evaluation, 2)).contains("worst: accuracy (writer=anna) 0.5");
        assertThat(evaluation.model()).isNull();
    }

    @Test
    void scoresAloneSayTheFirstOfTheMostProbableClasses() throws IOException, InterruptedException {
        Path file = file("""
                label,p_ant,p_bee,p_cat
                ant,0.4,0.4,0.2
                bee,0.3,0.3,0.4
                """);
        Evaluation evaluation = Judging.predictions(file, null, "p_*").judge();

        assertThat(evaluation.classes().rows(0, 0)).isEqualTo(1);
        assertThat(evaluation.classes().rows(1, 2)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5,0.6,0.2", "0.5,0.2,0.2", "1.5,-0.5,0", "-0.1,0.6,0.5"})
    void scoresThatAreNoProbabilitiesDecideNothing(String scores) throws IOException {
        Path file = file("label,p_ant,p_bee,p_cat\nant,1,0,0\nant," + scores + "\n");
        assertThatThrownBy(() -> Judging.predictions(file, null, "p_*").judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessageStartingWith(file + ", row 2: the scores do not hold probabilities: found ")
                .hasMessageContaining(", expected ");
    }

    @Test
    void aPredictionThatIsNoClassIsRefusedWithItsPlace() throws IOException {
        Path file = file("label,said\nant,ant\nant,wasp\n");
        assertThatThrownBy(() -> Judging.predictions(file, "said").judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessageContaining("row 2 (line 3), column 'said'");
    }

    @Test
    void columnsThatAreNotThereAreAllNamed() throws IOException {
        Path file = file("label,said\nant,ant\n");
        assertThatThrownBy(() -> Judging.predictions(file, "sayd", "q_*").judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessageContaining("sayd")
                .hasMessageContaining("q_*");
    }

    @Test
    void predictedNumbersAreJudged() throws IOException, InterruptedException {
        Path file = file("label,said\n1,1.5\n2,2\n3,2\n");
        MetricChoice mse = MetricChoice.of(NumberMetrics.MSE, List.of());
        Evaluation evaluation = Judging.predictions(file, "said")
                .regression()
                .gates(Gates.max(mse, 1.25 / 3), Gates.max(mse, 0.41))
                .judge();

        assertThat(Results.verdicts(evaluation)).containsExactly(Verdict.PASSED, Verdict.FAILED);
    }

    @Test
    void scoresAreNoPredictedNumbers() throws IOException {
        Path file = file("label,p\n1,0.5\n");
        assertThatThrownBy(
                        () -> Judging.predictions(file, null, "p").regression().judge())
                .isInstanceOf(EvaluationFailedException.class)
                .hasMessage("a regression is judged by predicted numbers; write prediction with their column");
    }

    @Test
    void nothingIsComparedAndNothingTimed() throws IOException, InterruptedException {
        Path file = file("label,said\nant,ant\n");
        Evaluation evaluation = Judging.predictions(file, "said")
                .gates(Gates.notWorse(Gates.ACCURACY, 1), Gates.max(Gates.LATENCY, 1e9), Gates.max(Gates.SIZE, 1e9))
                .judge();

        assertThat(Results.verdicts(evaluation))
                .containsExactly(Verdict.NOT_EVALUATED, Verdict.NOT_EVALUATED, Verdict.NOT_EVALUATED);
        assertThat(Results.sentence(evaluation, 0))
                .endsWith("predictions of one model cannot be compared with another's");
    }

    /** 4096 rows of these scores at once would take 656 MB. */
    @Test
    void manyClassesDoNotTakeMuchMemory() throws IOException, InterruptedException {
        int classes = 20_000;
        List<String> names = IntStream.range(0, classes).mapToObj(k -> "c" + k).toList();
        String header = names.stream().map(name -> "p_" + name).collect(Collectors.joining(","));
        String scores = "1" + ",0".repeat(classes - 1);
        Path file = file("label," + header + "\nc0," + scores + "\nc1," + scores + "\n");
        long before = Memory.direct();
        long[] most = {0};
        Evaluation evaluation = Judging.predictions(file, null, "p_*")
                .multiclass(names)
                .judge((rows, total) -> most[0] = Math.max(most[0], Memory.direct()));

        assertThat(evaluation.classes().classCounts().rowsCorrect()).isEqualTo(1);
        assertThat(most[0] - before).isLessThan(8 << 20);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("predictions.csv"), text);
    }
}
