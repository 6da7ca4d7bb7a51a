// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.PythonReference;
import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models of each framework that the framework's own exporter exported: rightly, and in the ways in which that goes wrong there.
 * What is wrong is stopped, and the cause is named.
 */
@Tag("python")
@Tag("slow")
class FrameworkExportsTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void export() throws IOException {
        try (PythonReference python = PythonReference.start(FrameworkExportsTest.class, "broken_exports.py")) {
            for (String framework :
                    List.of("torch", "keras", "scikit_learn", "xgboost", "lightgbm", "transformers", "minilm")) {
                Path of = Files.createDirectory(folder.resolve(framework));
                python.ask(Map.of("framework", framework, "folder", of.toString()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch", "keras", "scikit_learn", "xgboost", "lightgbm", "transformers"})
    void theRightExportPasses(String framework) throws Exception {
        Report report = run(framework, "right");

        assertThat(ExportFolder.sentences(report)).noneMatch(sentence -> sentence.contains(" above "));
        assertThat(report.verdict()).as(ExportFolder.headline(report)).contains(Verdict.PASSED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            torch        | training mode                        | its answers to the same rows change, as where dropout was left on
            torch        | batch normalisation in training mode | its answers depend on the rows beside a row, as where batch normalisation was left
            keras        | channels first                       | it agrees with the source when input 'x' is turned from channels last (NHWC) to channels first (NCHW); export
            scikit_learn | scaler left out                      | it agrees with the source when each column of input 'x' is brought to mean 0 and deviation 1, as of the training rows: the
            scikit_learn | scaled twice                         | it agrees with the source when each column of input 'x' is taken back from mean 0 and deviation 1, as of the training rows: the
            xgboost      | classes in another order             | output 'probabilities' has the source's columns in another order (column 0 is the source's column 2, column 1
            xgboost      | trees left out                       | it has 12 trees, and the source 18; export all of them
            lightgbm     | classes in another order             | output 'probabilities' has the source's columns in another order (column 0 is the source's column 2, column 1
            lightgbm     | trees left out                       | it has 12 trees, and the source 18; export all of them
            transformers | rounded weights                      | its weights are rounded to 8 significant bits, as those of bfloat16, and the source's have 24; export them as they are
            """)
    void aBrokenExportIsStoppedWithItsCause(String framework, String export, String cause) throws Exception {
        Report report = run(framework, export);

        assertThat(report.verdict()).as(ExportFolder.headline(report)).contains(Verdict.FAILED);
        assertThat(ExportFolder.sentences(report))
                .anySatisfy(sentence -> assertThat(sentence).contains(" is above max ", cause));
        assertThat(report.document().object("environment").objects("worstRows")).isNotEmpty();
    }

    /** 22 million weights that were trained, through the program's own script: predict and export answer alike. */
    @Test
    void aTransformerWithRealWeightsIsJudgedAndExported() throws Exception {
        Path of = folder.resolve("minilm");
        Files.writeString(of.resolve("gatewright.yaml"), """
                gatewright: 1
                model:
                  name: minilm
                  task: multiclass-classification
                  classes: [ant, bee, cat]
                  scores-are: logits
                  source:
                    kind: hugging-face
                    path: model
                    python: %s
                    types: {input_ids: int64, attention_mask: int64}
                data:
                  holdout: {path: holdout.csv, label: y, features: {input_ids: "t*", attention_mask: "m*"}}
                stages:
                  evaluate-metrics: {data: holdout, gates: [{metric: accuracy, min: 0.9}, {metric: log_loss, max: 0.5}]}
                  export-onnx: {gates: [{metric: max_absolute_difference, max: 1e-4}, {metric: agreement, min: 1}]}
                """.formatted(Requires.python()));

        Report predicted =
                new StageRun(new JudgingStage(), of).with(new ExportOnnxStage()).run("r1");
        Report exported =
                new StageRun(new ExportOnnxStage(), of).with(new JudgingStage()).run("r1");

        assertThat(predicted.verdict()).contains(Verdict.PASSED);
        assertThat(exported.verdict()).contains(Verdict.PASSED);
        assertThat(ExportFolder.sentences(exported))
                .contains("agreement with source 1 (n=36) holds min 1")
                .containsAll(ExportFolder.sentences(predicted));
        assertThat(exported.document().object("environment").object("model").number("parameters"))
                .hasValueSatisfying(count -> assertThat(count).isGreaterThan(22_000_000));
    }

    private static Report run(String framework, String export) throws Exception {
        Path of = folder.resolve(framework);
        boolean scales = Files.exists(of.resolve("training.csv"));
        Files.writeString(of.resolve("source.sh"), """
                at=$(dirname "$GATEWRIGHT_REQUEST")/answer
                cp -r outputs "$at"
                cp '%s.onnx' "$at/model.onnx"
                cp answer.json "$at"
                """.formatted(export));
        Files.writeString(of.resolve("gatewright.yaml"), """
                gatewright: 1
                model:
                  name: m
                  task: multiclass-classification
                  classes: [ant, bee, cat]
                  %s
                  source: {kind: command, command: sh source.sh, path: answer.json%s}
                data:
                  holdout: {path: holdout.csv, label: y, features: {x: "x*"}%s}
                %s
                stages:
                  export-onnx: {data: holdout, gates: [{metric: max_absolute_difference, max: 0.0005}]}
                """.formatted(
                        framework.startsWith("t") ? "scores-are: logits" : "",
                        framework.equals("transformers") ? ", types: {x: int64}" : "",
                        scales ? ", training: training" : "",
                        scales ? "  training: {path: training.csv, label: y, features: {x: \"x*\"}}" : ""));
        return new StageRun(new ExportOnnxStage(), of).run(export.replace(' ', '-'));
    }
}
