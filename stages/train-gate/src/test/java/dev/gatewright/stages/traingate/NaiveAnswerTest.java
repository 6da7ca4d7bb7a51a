// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.report.Report;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NaiveAnswerTest {
    private static final String WRITE = "echo '{\"acc\": 0.875, \"rmse\": 1.5}' > build/metrics.json";

    private TrainingFolder folder;

    @BeforeEach
    void makeFolder(@TempDir Path path) {
        folder = new TrainingFolder(path);
    }

    @Test
    void judgesTheGainOverTheMostFrequentClass() throws Exception {
        classes("a\nb\nb\nb\n");

        Report report = folder.train(WRITE, "metric: acc, minus: {naive: accuracy, data: holdout}, min: 0.125");

        assertThat(report.verdict()).contains(Verdict.PASSED);
        assertThat(TrainingFolder.sentences(report))
                .containsExactly("acc - naive accuracy on holdout 0.125 holds min 0.125");
    }

    @Test
    void failsWhereTheTrainingLearnedNothing() throws Exception {
        classes("a\n" + "b\n".repeat(7));

        Report report = folder.train(WRITE, "metric: acc, minus: {naive: accuracy, data: holdout}, min: 0.05");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(TrainingFolder.sentences(report))
                .containsExactly("acc - naive accuracy on holdout 0 is below min 0.05: would pass at 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\nc\\n|naive accuracy on holdout could not be told: ",
                "''|has no rows",
            })
    void trainsNothingWithoutTheLabels(String labels, String sentence) throws Exception {
        classes(labels.replace("\\n", "\n"));

        Report report = folder.train(
                "touch trained; " + WRITE, "metric: acc, minus: {naive: accuracy, data: holdout}, min: 0.1");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(report.document().text("headline").orElseThrow()).contains(sentence);
        assertThat(folder.path("trained")).doesNotExist();
    }

    @Test
    void refusesWhatCannotBeTold() throws Exception {
        Files.writeString(folder.path("y.csv"), "y\n1\n");
        folder.head(
                        "data: {holdout: {path: y.csv, label: y, features: {x: y}}, made: {path: m.csv, label: y, features: {x: y}}}\n")
                .keys("outputs: [m.csv]");

        assertThat(folder.problems(
                        "metric: rmse, max: 1, minus: {naive: rmse, data: holdot}",
                        "metric: rmse, max: 1, minus: {naive: accuracy, data: holdout}",
                        "metric: rmse, max: 1, minus: {naive: rmse, data: made}"))
                .filteredOn(problem -> !problem.startsWith("warning: "))
                .satisfiesExactly(
                        problem ->
                                assertThat(problem).contains("there is no data set 'holdot'; did you mean 'holdout'?"),
                        problem -> assertThat(problem).contains("accuracy is no metric of a regression"),
                        problem -> assertThat(problem).contains("the training writes the data set made itself"));
    }

    private void classes(String labels) throws Exception {
        Files.writeString(folder.path("y.csv"), "y\n" + labels);
        folder.classes("a", "b").head("data: {holdout: {path: y.csv, label: y, features: {x: y}}}\n");
    }
}
