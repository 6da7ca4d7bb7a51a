// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluatemetrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.report.Report;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Before there is an ONNX model, the answers of its source are judged. */
class SourceStageTest {
    private static final String ACCURACY = "{metric: accuracy, min: 0.9}";

    private SourceFolder folder;

    @BeforeEach
    void make(@TempDir Path path) throws Exception {
        folder = new SourceFolder(path);
    }

    @Test
    void judgesWhatTheSourceAnswers() throws Exception {
        Report report = folder.judge("", "", ACCURACY).run("r1");

        assertThat(EvaluationFolder.sentences(report)).containsExactly("accuracy 0.95 (n=400) holds min 0.9");
        assertThat(report.document().object("judgement").toString()).isNotEmpty();
        assertThat(report.inputs()).extracting(input -> input.name()).containsExactly("source", "holdout");
        assertThat(report.document().toString()).contains("weights.bin", "pickles");
    }

    @Test
    void comparesItWithTheChampion() throws Exception {
        new EvaluationFolder(folder.path("")).writeModel("champion.onnx", 0.2f);
        String baseline = "baseline: {policy: pinned, path: champion.onnx, digest: "
                + EvaluationFolder.digest(folder.path("champion.onnx")) + "}";

        Report report = folder.judge("", baseline, "{metric: accuracy, min-improvement: 0.05}")
                .run("r1");

        assertThat(report.verdict()).contains(Verdict.PASSED);
        assertThat(EvaluationFolder.sentences(report).get(0)).contains("against baseline", "an improvement of");
    }

    @Test
    void leavesNothingButItsReport() throws Exception {
        Report report = folder.judge("", "", ACCURACY).run("r1");

        assertThat(report.verdict()).contains(Verdict.PASSED);
        try (var files = Files.walk(folder.path(".gatewright"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .doesNotContain("tensors", "answer", "request.json");
        }
    }

    @Test
    void aSourceThatFailsIsNotEvaluatedAndItsOutputIsKept() throws Exception {
        Report report = folder.judge("echo no such layer; exit 3", "", ACCURACY).run("r1");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(EvaluationFolder.headline(report))
                .contains("the command ended with exit code 3; it said last: no such layer");
    }

    @Test
    void aSourceThatChangesItsWeightsIsNotEvaluated() throws Exception {
        Report report = folder.judge("echo more >> weights.bin", "", ACCURACY).run("r1");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(EvaluationFolder.headline(report)).contains("weights.bin", "changed while it was asked");
    }

    @Test
    void rowsThatChangeAfterTheyWereAnsweredAreNotJudged() throws Exception {
        float[] oneMore = new float[2 * (EvaluationFolder.ROWS + 1)];
        for (int i = 0; i < oneMore.length; i += 2) {
            oneMore[i] = 1;
        }
        folder.write("more.npy", oneMore);
        String change = "echo 0.5,1,yes,a,yes,0,1 >> holdout.csv; mv more.npy answers.npy";

        Report report = folder.judge(change, "", ACCURACY).run("r1");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(EvaluationFolder.headline(report))
                .contains("holdout.csv changed after the source model had answered it");
    }

    @Test
    void whatIsMeasuredOnAModelThatRunsHereIsRefused() throws Exception {
        assertThat(EvaluationFolder.found(folder.judge("", "", "{metric: latency_p95_ms, max: 20}")))
                .containsExactly(
                        "latency_p95_ms is measured on an ONNX model, and here the source model is judged; put the gate"
                                + " into export-onnx, which judges its ONNX form => export-onnx: {gates: [{metric: latency_p95_ms, …}]}");
    }

    @Test
    void whatIsMeasuredOnFilesOfTwoModelsIsRefused() throws Exception {
        new EvaluationFolder(folder.path("")).writeModel("champion.onnx", 0.2f);
        String baseline = "baseline: {policy: pinned, path: champion.onnx, digest: "
                + EvaluationFolder.digest(folder.path("champion.onnx")) + "}";

        assertThat(EvaluationFolder.found(folder.judge("", baseline, "{metric: size_ratio, max: 2}")))
                .containsExactly(
                        "size_ratio is measured on an ONNX model, and here the source model is judged; put the gate into"
                                + " export-onnx, which judges its ONNX form => export-onnx: {gates: [{metric: size_ratio, against:"
                                + " baseline, …}]}");
    }
}
