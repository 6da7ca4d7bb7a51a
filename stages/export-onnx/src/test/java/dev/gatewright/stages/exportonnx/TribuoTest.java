// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A framework that is no Python at all: a model of Tribuo, by {@code command:}. */
class TribuoTest {
    private static final int TRAINING = 300;
    private static final int HOLDOUT = 100;
    private static final int LARGEST = 64;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void train() throws Exception {
        float[] rows = new float[(TRAINING + HOLDOUT) * TribuoSource.COLUMNS.size()];
        List<String> labels = new ArrayList<>();
        StringBuilder csv = new StringBuilder(String.join(",", TribuoSource.COLUMNS)).append(",y\n");
        for (int row = 0; row < TRAINING + HOLDOUT; row++) {
            float[] of = new float[TribuoSource.COLUMNS.size()];
            for (int column = 0; column < of.length; column++) {
                of[column] = (row * 31 + column * 17 + row * column * 7) % (LARGEST + 1) / (float) LARGEST;
                rows[row * of.length + column] = of[column];
            }
            // Each class has a direction of its own, so that no two columns of the answers are alike.
            float ant = 2 * of[0] - of[1];
            float bee = of[2] + 0.25f;
            float cat = of[3] + of[1] - 0.5f * of[0];
            labels.add(ant > bee && ant > cat ? "ant" : bee > cat ? "bee" : "cat");
            if (row >= TRAINING) {
                for (float value : of) {
                    csv.append(value).append(',');
                }
                csv.append(labels.get(row)).append('\n');
            }
        }
        Files.writeString(folder.resolve("holdout.csv"), csv);
        TribuoSource.train(rows, labels.subList(0, TRAINING), folder.resolve("model.tribuo"));
    }

    @Test
    void isJudgedOnItsOwnAnswersAndExported() throws Exception {
        Report own = write("right").with(new ExportOnnxStage()).run("right");
        Report exported = new StageRun(new ExportOnnxStage(), folder)
                .with(new JudgingStage())
                .run("right");

        assertThat(own.verdict()).contains(Verdict.PASSED);
        assertThat(ExportFolder.sentences(exported))
                .anySatisfy(sentence -> assertThat(sentence)
                        .startsWith("max_absolute_difference ")
                        .contains(" holds max "))
                .contains("agreement with source 1 (n=100) holds min 1");
        assertThat(exported.verdict()).contains(Verdict.PASSED);
        // The exported model was judged by the gate of evaluate-metrics too, and is exactly as good.
        assertThat(accuracy(exported)).isEqualTo(accuracy(own)).isNotEmpty();
        assertThat(exported.document()
                        .object("facts")
                        .object("source")
                        .object("versions")
                        .text("tribuo"))
                .contains("4.3.2");
    }

    @Test
    void classesInTheOrderInWhichTribuoNumbersThemAreStopped() throws Exception {
        write("unordered").with(new ExportOnnxStage()).run("unordered");

        Report exported = new StageRun(new ExportOnnxStage(), folder)
                .with(new JudgingStage())
                .run("unordered");

        assertThat(exported.verdict()).contains(Verdict.FAILED);
        assertThat(ExportFolder.sentences(exported))
                .anySatisfy(sentence -> assertThat(sentence)
                        .contains(
                                "max_absolute_difference ",
                                "output 'probabilities' has the source's columns in another order"));
    }

    private static List<String> accuracy(Report report) {
        return ExportFolder.sentences(report).stream()
                .filter(sentence -> sentence.startsWith("accuracy "))
                .toList();
    }

    private static StageRun write(String export) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(folder.resolve("gatewright.yaml"), """
                gatewright: 1
                model:
                  name: m
                  task: multiclass-classification
                  classes: [ant, bee, cat]
                  source:
                    kind: command
                    command: '"%s" -cp "%s" %s model.tribuo %s'
                    path: model.tribuo
                data:
                  holdout: {path: holdout.csv, label: y, features: {x: [weight, age, length, girth]}}
                stages:
                  evaluate-metrics: {data: holdout, gates: [{metric: accuracy, min: 0.8}]}
                  export-onnx: {gates: [{metric: max_absolute_difference, max: 1e-5}, {metric: agreement, min: 1}]}
                """.formatted(
                        java, System.getProperty("java.class.path"), TribuoSource.class.getName(), export));
        return new StageRun(new JudgingStage(), folder);
    }
}
