// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluatemetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.stages.testkit.FakeStage;
import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class EvaluateMetricsStageTest {
    private static final String NOT_WORSE = "{metric: accuracy, max-degradation: 0.05, confidence: 0.95}";

    private EvaluationFolder folder;

    @BeforeEach
    void makeFolder(@TempDir Path path) throws IOException {
        folder = new EvaluationFolder(path).writeRows().writeModel("model.onnx", 0);
    }

    @Test
    void judgesAModel() throws Exception {
        Report report = folder.ofModel(
                        "{metric: accuracy, min: 0.9, confidence: 0.95}", "{metric: accuracy, min: 0.96}")
                .run("1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(EvaluationFolder.sentences(report).get(0))
                .startsWith("accuracy 0.95 (95% CI ")
                .endsWith(" holds min 0.9");
        assertThat(EvaluationFolder.sentences(report).get(1))
                .isEqualTo("accuracy 0.95 (n=400) is below min 0.96: would pass at 0.95");
        assertThat(report.inputs()).extracting(Artifact::name).containsExactly("model", "holdout");
        assertThat(report.inputs().get(0).sha256()).isEqualTo(EvaluationFolder.digest(folder.path("model.onnx")));
        Json.Obj facts = report.document().object("facts");
        assertThat(facts.number("rows")).contains(400.0);
        assertThat(facts.object("features").items("x")).containsExactly(Json.of("x0"), Json.of("x1"));
        assertThat(facts.object("slices").object("writer").number("b")).contains(100.0);
        assertThat(report.document().object("environment").object("device").text("demanded"))
                .contains("auto");
    }

    @Test
    void judgesPredictionsByClassAndByScore() throws Exception {
        Report report = folder.ofPredictions(
                        "prediction: said, scores: \"p_*\"", EvaluationFolder.ACCURACY, "{metric: log_loss, max: 0.1}")
                .run("1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(EvaluationFolder.sentences(report).get(0)).isEqualTo("accuracy 0.95 (n=400) holds min 0.9");
        assertThat(EvaluationFolder.sentences(report).get(1)).contains("is above max 0.1: would pass at ");
        assertThat(report.inputs()).extracting(Artifact::name).containsExactly("predictions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{metric: log_loss, max: 0.5}|log_loss needs probabilities, and the predictions name no columns with scores"
                        + " => scores: \"p_*\"",
                "{metric: accuracy, positive: \"yes\", threshold: 0.3, min: 0.5}|needs probabilities, and the predictions",
                "{metric: latency_p95_ms, max: 1}|latency_p95_ms is measured on a model, and here predictions are judged",
                "{metric: size_bytes, max: 1}|size_bytes is measured on a model, and here predictions are judged",
            })
    void refusesGatesThatPredictionsCannotAnswer(String gate, String said) throws Exception {
        assertThat(EvaluationFolder.found(folder.ofPredictions("prediction: said", gate)))
                .singleElement()
                .asString()
                .contains(said);
    }

    @Test
    void stopsAModelThatIsWorseInOneSlice() throws Exception {
        Report report = folder.ofModel(EvaluationFolder.ACCURACY, "{metric: accuracy, slice: writer, min: 0.9}")
                .run("1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(EvaluationFolder.sentences(report).get(1))
                .contains(
                        "accuracy by writer: 1 PASSED, 1 FAILED; worst: accuracy (writer=b) 0.8 (n=100) is below min 0.9");
    }

    @Test
    void comparesWithThePinnedBaselineOnTheSameRows() throws Exception {
        folder.writeModel("champion.onnx", 0.5F).head(pinned(EvaluationFolder.digest(folder.path("champion.onnx"))));

        Report report = folder.ofModel(NOT_WORSE).run("1");

        assertThat(report.verdict()).contains(Verdict.PASSED);
        assertThat(EvaluationFolder.sentences(report).get(0))
                .startsWith("accuracy 0.95 against baseline 0.725, a degradation of -0.225 (95% CI ")
                .endsWith("n=400, paired) holds max-degradation 0.05");
        assertThat(report.inputs()).extracting(Artifact::name).containsExactly("model", "baseline", "holdout");
    }

    @Test
    void failsAModelThatIsWorseThanThePinnedBaseline() throws Exception {
        folder.writeModel("champion.onnx", 0)
                .writeModel("model.onnx", 0.5F)
                .head(pinned(EvaluationFolder.digest(folder.path("champion.onnx"))));

        assertThat(folder.ofModel(NOT_WORSE).run("1").verdict()).contains(Verdict.FAILED);
    }

    @Test
    void isNotEvaluatedWithoutThePinnedBaseline() throws Exception {
        folder.head(pinned("0".repeat(64)));

        Report missing = folder.ofModel(NOT_WORSE, EvaluationFolder.ACCURACY).run("1");
        assertThat(missing.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(EvaluationFolder.sentences(missing).get(0))
                .contains("could not be judged: baseline cannot be had: ");
        assertThat(EvaluationFolder.sentences(missing).get(1)).isEqualTo("accuracy 0.95 (n=400) holds min 0.9");

        folder.writeModel("champion.onnx", 0);
        Report other = folder.ofModel(NOT_WORSE, EvaluationFolder.ACCURACY).run("1");
        assertThat(other.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(EvaluationFolder.sentences(other).get(0))
                .contains(EvaluationFolder.digest(folder.path("champion.onnx")))
                .contains("0".repeat(64));
    }

    @Test
    void comparesWithTheTeacherAndWithTheBaselineOnTheSameRows() throws Exception {
        folder.writeModel("champion.onnx", 0.5F).writeModel("teacher.onnx", 0);
        folder.head(pinned(EvaluationFolder.digest(folder.path("champion.onnx")))
                + "\n"
                + taught(EvaluationFolder.digest(folder.path("teacher.onnx"))));

        Report report = folder.ofModel(
                        "{metric: agreement, min: 1, against: teacher}",
                        "{metric: accuracy, min-improvement: 0.2, against: baseline}",
                        "{metric: accuracy, max-degradation: 0, against: teacher}")
                .run("1");

        assertThat(report.verdict()).contains(Verdict.PASSED);
        assertThat(EvaluationFolder.sentences(report))
                .containsExactly(
                        "agreement with teacher 1 (n=400) holds min 1",
                        "accuracy 0.95 against baseline 0.725, an improvement of 0.225 (n=400, paired) holds"
                                + " min-improvement 0.2",
                        "accuracy 0.95 against teacher 0.95, a degradation of 0 (n=400, paired) holds max-degradation"
                                + " 0");
        assertThat(report.inputs())
                .extracting(Artifact::name)
                .containsExactly("model", "baseline", "holdout", "teacher");
    }

    @Test
    void failsAStudentThatSaysSomethingElseThanItsTeacher() throws Exception {
        folder.writeModel("teacher.onnx", 0.5F).head(taught(EvaluationFolder.digest(folder.path("teacher.onnx"))));

        Report report = folder.ofModel("{metric: agreement, min: 0.9, against: teacher}")
                .run("1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
    }

    @Test
    void isNotEvaluatedWithoutTheTeacher() throws Exception {
        folder.head(taught("0".repeat(64)));

        Report report = folder.ofModel("{metric: agreement, min: 0.9, against: teacher}", EvaluationFolder.ACCURACY)
                .run("1");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(EvaluationFolder.sentences(report).get(0)).contains("could not be judged: teacher cannot be had: ");
        assertThat(EvaluationFolder.sentences(report).get(1)).isEqualTo("accuracy 0.95 (n=400) holds min 0.9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"last-promoted", "target-branch"})
    void refusesPoliciesThatNeedPromotions(String policy) throws Exception {
        StageRun run = folder.head("baseline: {policy: " + policy + "}").ofModel(EvaluationFolder.ACCURACY);

        assertThatThrownBy(run::spec)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(
                        "policy " + policy + " needs promotions, which this version does not keep; use pinned or none")
                .hasMessageContaining("write: baseline: {policy: pinned, ");
    }

    @Test
    void refusesToCompareWithNothing() throws Exception {
        assertThat(EvaluationFolder.found(folder.ofModel(NOT_WORSE)))
                .containsExactly("max-degradation 0.05 compares, but there is nothing to compare with =>"
                        + " baseline: {policy: pinned, path: champion/model.onnx, digest: …}");
    }

    @Test
    void isNotEvaluatedWithoutTheDeviceThatIsDemanded() throws Exception {
        Report report =
                folder.head("device: cuda").ofModel(EvaluationFolder.ACCURACY).run("1");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(EvaluationFolder.headline(report)).containsIgnoringCase("cuda");
    }

    @Test
    void judgesLatencyByTheRuleAlone() throws Exception {
        Report one = folder.ofModel("{metric: latency_p95_ms, max: 60000}").run("1");
        Report other = folder.ofModel("{metric: latency_p95_ms, max: 60000}").run("2");

        assertThat(one.verdict()).contains(Verdict.PASSED);
        assertThat(one.judgementDigest()).isEqualTo(other.judgementDigest());
        assertThat(one.document()
                        .object("environment")
                        .object("latency")
                        .number("calls")
                        .orElseThrow())
                .isPositive();
    }

    @Test
    void isNotEvaluatedWhereTheWorkerIsKilled() throws Exception {
        StageRun run = folder.ofModel(EvaluationFolder.ACCURACY);
        List<Report> reports = new CopyOnWriteArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                reports.add(run.run("1"));
            } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
        while (thread.isAlive() && ProcessHandle.current().children().findAny().isEmpty()) {
            Thread.sleep(1);
        }
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        thread.join();

        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
            assertThat(report.document().object("cause").text("sentence")).isPresent();
        });
    }

    @Test
    void isNotEvaluatedWhereTheProgramIsNotWhole() throws Exception {
        StageRun run = folder.ofModel(EvaluationFolder.ACCURACY)
                .with(Installation.on(folder.path("no-such.jar").toString()));

        assertThat(run.run("1").verdict()).contains(Verdict.NOT_EVALUATED);
    }

    @Test
    void judgesOnlyWhatTheStageBeforeLeft() throws Exception {
        folder.head("stages:\n  train-gate: {}");
        StageRun run = folder.ofModel(EvaluationFolder.ACCURACY).with(trainGate());
        StageRun training = new StageRun(trainGate(), folder.path("")).with(new EvaluateMetricsStage());
        assertThat(training.run("1").verdict()).contains(Verdict.PASSED);
        assertThat(run.run("1").verdict()).contains(Verdict.PASSED);

        folder.writeModel("model.onnx", 0.01F);
        Report other = run.run("1");
        assertThat(other.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(EvaluationFolder.headline(other)).contains("model.onnx is not the file of train-gate any more");

        Files.delete(folder.path("model.onnx"));
        assertThat(run.run("1").verdict()).contains(Verdict.NOT_EVALUATED);
    }

    @Test
    void judgesOnlyTheRowsThatTheStageBeforeSaw() throws Exception {
        folder.head("stages:\n  train-gate: {}");
        StageRun run = folder.ofModel(EvaluationFolder.ACCURACY).with(trainGate());
        new StageRun(trainGate(), folder.path(""))
                .with(new EvaluateMetricsStage())
                .run("1");
        Files.writeString(
                folder.path("holdout.csv"), Files.readString(folder.path("holdout.csv")) + "0.5,1,yes,a,yes,0,1\n");

        Report report = run.run("1");

        assertThat(EvaluationFolder.headline(report)).contains("holdout.csv is not the file of train-gate any more");
    }

    /** A training that reads the rows and leaves the model. */
    private FakeStage trainGate() {
        return new FakeStage(StageName.TRAIN_GATE, request -> {
            StageOutcome outcome = FakeStage.outcome(1);
            Path here = request.spec().folder();
            try {
                return new StageOutcome(
                        outcome.gates(),
                        List.of(),
                        List.of(Artifact.of("holdout", here.resolve("holdout.csv"), here)),
                        List.of(Artifact.of("model", here.resolve("model.onnx"), here)),
                        outcome.facts(),
                        outcome.environment());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String pinned(String digest) {
        return "baseline: {policy: pinned, path: champion.onnx, digest: \"" + digest + "\"}";
    }

    private static String taught(String digest) {
        return "teacher: {path: teacher.onnx, digest: \"" + digest + "\"}";
    }
}
