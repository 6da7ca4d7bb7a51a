// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.SpecNode;
import dev.gatewright.stages.testkit.FakeStage;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormJudgeTest {
    private static final Place PLACE = new Place("gatewright.yaml", 1, 1);

    @TempDir
    private Path path;

    private FormFolder folder;

    @BeforeEach
    void makeFolder() throws Exception {
        folder = new FormFolder(path);
        folder.writeModel("model.onnx", 0);
        folder.writeModel("form.onnx", 0.1f);
        folder.writeModel("champion.onnx", 0);
    }

    @Test
    void judgesTheFormByItsOwnGatesAndByThoseOfEvaluateMetrics() throws Exception {
        folder.gates("[{metric: accuracy, min: 0.96}, {metric: accuracy, slice: writer, min: 0.5}]");

        FormJudgement judgement = judge("max-degradation", "0.02");

        assertThat(sentences(judgement.own()))
                .containsExactly("accuracy 0.95 against unquantised 1, a degradation of 0.05 (n=200, paired) is above"
                        + " max-degradation 0.02: would pass at 0.05");
        assertThat(sentences(judgement.ofEvaluateMetrics()).get(0))
                .isEqualTo("accuracy 0.95 (n=200) is below min 0.96: would pass at 0.95");
        assertThat(judgement.ofEvaluateMetrics().get(1).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judgement.gates()).hasSize(3);
    }

    @Test
    void comparesWithTheBaselineAndWithTheOriginalOnTheSameRows() throws Exception {
        String digest = ModelOfRun.open(path.resolve("champion.onnx")).digest();
        folder.head("baseline: {policy: pinned, path: champion.onnx, digest: " + digest + "}")
                .gates("[{metric: accuracy, max-degradation: 0.06}, {metric: accuracy, min: 0.9}]");

        FormJudgement judgement = judge("max-degradation", "0.06");

        assertThat(sentences(judgement.gates()))
                .containsExactly(
                        "accuracy 0.95 against unquantised 1, a degradation of 0.05 (n=200, paired) holds max-degradation 0.06",
                        "accuracy 0.95 against baseline 1, a degradation of 0.05 (n=200, paired) holds max-degradation 0.06",
                        "accuracy 0.95 (n=200) holds min 0.9");
        assertThat(judgement.inputs()).extracting(input -> input.name()).containsExactly("holdout", "baseline");
    }

    @Test
    void refusesRowsThatAreNotThoseOfEvaluateMetrics() throws Exception {
        folder.evaluate();
        folder.export();
        Files.writeString(path.resolve("holdout.csv"), "x0,x1,y,writer\n1,1,yes,a\n-1,1,no,b\n");

        Report report = folder.quantize(request -> {
            judge(request, "min", "0.1");
            return FakeStage.outcome(1);
        });

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(FormFolder.headline(report))
                .startsWith("NOT_EVALUATED: holdout.csv is not the file of evaluate-metrics any more: its digest was ");
    }

    @Test
    void refusesPredictionsInPlaceOfAModel() throws Exception {
        folder.evaluate();
        folder.export();
        List<String> said = new ArrayList<>();
        folder.quantize(request -> {
            EvaluationSection section = EvaluationSection.SHAPE.read(
                    mapping(
                            "predictions",
                            mapping("path", text("p.csv"), "label", text("y"), "prediction", text("p")),
                            "gates",
                            new SpecNode.Sequence(List.of(gate("min", "0.5")), PLACE)),
                    new Problems());
            Problems problems = new Problems();
            FormJudge.check(section, List.of(), "unquantised", false, request.spec(), problems);
            problems.errors().forEach(problem -> said.add(problem.message()));
            return FakeStage.outcome(1);
        });

        assertThat(said).singleElement().asString().startsWith("predictions are judged here");
    }

    private FormJudgement judge(String bound, String limit) throws Exception {
        List<FormJudgement> judged = new ArrayList<>();
        folder.evaluate();
        folder.export();
        Report report = folder.quantize(request -> {
            judged.add(judge(request, bound, limit));
            return FakeStage.outcome(1);
        });
        assertThat(judged).as(FormFolder.headline(report)).hasSize(1);
        return judged.get(0);
    }

    private FormJudgement judge(StageRequest request, String bound, String limit) throws InterruptedException {
        GateRequest own = GateRequest.SHAPE.read(gate(bound, limit), new Problems());
        EvaluationSection section = EvaluationSection.of(request.spec()).orElseThrow();
        return FormJudge.of(section, List.of(own), "unquantised", request)
                .judge(
                        ModelOfRun.open(path.resolve("form.onnx")),
                        ModelOfRun.of(request).file());
    }

    private static SpecNode.Mapping gate(String bound, String limit) {
        return mapping("metric", text("accuracy"), bound, text(limit));
    }

    private static SpecNode text(String text) {
        return new SpecNode.Scalar(text, true, PLACE);
    }

    private static SpecNode.Mapping mapping(Object... keysAndValues) {
        List<SpecNode.Entry> entries = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.add(new SpecNode.Entry((String) keysAndValues[i], PLACE, (SpecNode) keysAndValues[i + 1]));
        }
        return new SpecNode.Mapping(entries, PLACE);
    }

    private static List<String> sentences(List<GateResult> results) {
        return results.stream().map(GateResult::sentence).toList();
    }
}
