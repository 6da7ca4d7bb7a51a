// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every source of a training's numbers is held to, through the whole stage. */
@Timeout(120)
abstract class MetricsSourceContract {
    private static final String LOSS = "metric: val_loss, max: 0.35";

    /** The folder of the test. */
    protected TrainingFolder folder;

    /** What stands at the key {@code metrics}. */
    protected abstract String metrics();

    /**
     * The lines of a script that leave these values of {@code val_loss}, and the same and one more of {@code val_accuracy};
     * they may use what this puts into {@code folder}.
     */
    protected abstract String logs(TrainingFolder folder, List<Double> values) throws Exception;

    @BeforeEach
    void makeFolder(@TempDir Path path) throws IOException {
        folder = new TrainingFolder(path).metrics(metrics());
    }

    @Test
    void judgesTheLastAndTheBestValueOfEachName() throws Exception {
        Report report = folder.train(
                logs(folder, List.of(0.5, 0.125, 0.25)),
                LOSS,
                "metric: val_loss, value: best, max: 0.1",
                "metric: val_accuracy, min: 0.9");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(TrainingFolder.sentences(report))
                .containsExactly(
                        "val_loss 0.25 holds max 0.35",
                        "val_loss[best] 0.125 is above max 0.1: would pass at 0.125",
                        "val_accuracy 1 holds min 0.9");
        assertThat(TrainingFolder.environment(report).object("numbers").items("val_loss"))
                .containsExactly(new Json.Num(0.5), new Json.Num(0.125), new Json.Num(0.25));
    }

    @Test
    void namesTheNumbersThatAreThere() throws Exception {
        Report report = folder.train(logs(folder, List.of(0.25)), "metric: val_los, max: 0.35");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(TrainingFolder.sentences(report).get(0))
                .contains("has no number 'val_los', but ")
                .contains("val_accuracy, val_loss")
                .endsWith("; did you mean 'val_loss'?");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void isNotEvaluatedAfterAnEpochThatDiverged(double value) throws Exception {
        Report report = folder.train(logs(folder, List.of(0.5, value, 0.25)), LOSS);

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(TrainingFolder.sentences(report))
                .containsExactly("val_loss could not be judged: val_loss was " + value + " (value 2 of 3)");
    }

    @Test
    void endsTheTrainingOnceItDiverged() throws Exception {
        Report report = folder.train(logs(folder, List.of(0.5, Double.NaN)) + "\nsleep 300", LOSS);

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(TrainingFolder.environment(report).text("endedEarly")).contains("val_loss was NaN (value 2 of 2)");
    }

    @Test
    void isNotEvaluatedWhereTheTrainingLeavesNothing() throws Exception {
        assertThat(folder.train("exit 0", LOSS).verdict()).contains(Verdict.NOT_EVALUATED);
    }

    @Test
    void takesNothingThatAnEarlierTrainingLeft() throws Exception {
        Report first = folder.train(logs(folder, List.of(0.25)), LOSS);
        Report second = folder.metrics(metrics()).train("exit 0", LOSS);

        assertThat(first.verdict()).contains(Verdict.PASSED);
        assertThat(second.verdict()).contains(Verdict.NOT_EVALUATED);
    }

    @Test
    void isNotEvaluatedWhereTheCommandFailsAfterAll() throws Exception {
        Report report = folder.train(logs(folder, List.of(0.25)) + "\nexit 3", LOSS);

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(TrainingFolder.sentences(report).get(0)).contains("ended with exit code 3");
    }
}
