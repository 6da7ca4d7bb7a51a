// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.OperatorCount;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizeStageTest {
    @TempDir
    private Path path;

    private QuantizeFolder folder;

    @BeforeEach
    void makeFolder() throws Exception {
        folder = new QuantizeFolder(path);
    }

    @Test
    void takesTheFirstRungThatPassesAndLeavesItsForm() throws Exception {
        Report report = folder.writeModel().ladder("[int8-dynamic, fp16]").run("1");

        assertThat(report.verdict()).contains(Verdict.PASSED);
        assertThat(QuantizeFolder.sentences(report))
                .startsWith(
                        "quantised_nodes 2 holds min 1",
                        "interface_changes 0 holds max 0",
                        "answered_rows 320 holds min 1",
                        "original_changes 0 holds max 0")
                .anySatisfy(sentence -> assertThat(sentence)
                        .startsWith("accuracy ")
                        .contains(" against unquantised 1, a degradation of "));
        Artifact model = report.outputs().get(0);
        ModelFile form = ModelFile.open(path.resolve(model.path()), SafetyLimits.strict());
        assertThat(form.digest()).isEqualTo(model.sha256());
        assertThat(form.description().operators())
                .extracting(OperatorCount::name)
                .contains("MatMulInteger");
        assertThat(rungs(report))
                .extracting(rung -> rung.text("verdict").orElse("not tried"))
                .containsExactly("PASSED", "not tried");
        assertThat(sentences(report, 1)).isEqualTo("int8-dynamic passed before it");
        assertThat(files()).containsExactlyInAnyOrder("model.onnx", "report.json");
    }

    @Test
    void keepsWeightsBesideAModelThatHasThemThere() throws Exception {
        Report report =
                folder.writeModelWithExternalWeights().ladder("int8-dynamic").run("1");

        assertThat(report.verdict()).as(headline(report)).contains(Verdict.PASSED);
        Artifact model = report.outputs().get(0);
        ModelFile form = ModelFile.open(path.resolve(model.path()), SafetyLimits.strict());
        assertThat(form.digest()).isEqualTo(model.sha256());
        assertThat(form.description().bytes())
                .isEqualTo(model.bytes())
                .isLessThan(report.inputs().get(0).bytes());
        assertThat(files()).contains("model.onnx", "report.json").doesNotContain("forms");
    }

    @Test
    void goesOnToTheNextRungWhereOneFails() throws Exception {
        Report report = folder.writeModel(300)
                .keys("data: holdout, trials: 0")
                .ladder("[int8-dynamic, fp16]")
                .run("1");

        assertThat(report.verdict()).contains(Verdict.PASSED);
        assertThat(rungs(report))
                .extracting(rung -> rung.text("verdict").orElseThrow())
                .containsExactly("FAILED", "PASSED");
        assertThat(sentences(report, 0)).startsWith("accuracy 0.").contains(" is above max-degradation 0.05");
        assertThat(rungs(report).get(1).object("metrics").number("size_ratio").orElseThrow())
                .isLessThan(0.9);
        assertThat(files()).containsExactlyInAnyOrder("model.onnx", "report.json");
    }

    /** The verdict is that of all rungs together; what is shown is the one that came closest. */
    @Test
    void showsTheClosestRungWhereNonePasses() throws Exception {
        Report report = folder.writeModel(300)
                .keys("data: holdout, trials: 0")
                .gates("[{metric: accuracy, max-degradation: 0.05}, {metric: agreement, min: 0.9},"
                        + " {metric: size_ratio, max: 0.1}]")
                .ladder("[int8-dynamic, fp16]")
                .run("1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(report.outputs()).isEmpty();
        assertThat(QuantizeFolder.sentences(report))
                .filteredOn(sentence -> sentence.contains("would pass at"))
                .singleElement()
                .asString()
                .startsWith("size_ratio with unquantised 0.");
        assertThat(rungs(report))
                .extracting(rung -> rung.get("shown").orElseThrow())
                .containsExactly(new Json.Bool(false), new Json.Bool(true));
        assertThat(files()).containsExactly("report.json");
    }

    @Test
    void leavesTheNodeOutThatSpoilsTheAnswers() throws Exception {
        Report report = folder.writeModel(300).ladder("int8-dynamic").run("1");

        assertThat(report.verdict()).contains(Verdict.PASSED);
        Json.Obj rung = rungs(report).get(0);
        assertThat(rung.items("excluded")).containsExactly(Json.of("h1"));
        Json.Obj blame = rung.object("blame");
        assertThat(blame.objects("nodes"))
                .extracting(node -> node.text("node").orElseThrow())
                .containsExactly("h1", "logits");
        assertThat(blame.objects("nodes").get(0).number("signalToNoise").orElseThrow())
                .isLessThan(10);
        assertThat(blame.objects("nodes").get(1).number("signalToNoise").orElseThrow())
                .isGreaterThan(25);
        assertThat(blame.objects("steps"))
                .extracting(step -> step.text("verdict").orElseThrow())
                .containsExactly("FAILED", "PASSED");
        assertThat(blame.number("trials")).contains(3.0);
        ModelFile form = ModelFile.open(path.resolve(report.outputs().get(0).path()), SafetyLimits.strict());
        assertThat(form.description().operators())
                .extracting(OperatorCount::name)
                .contains("MatMul", "MatMulInteger");
    }

    @Test
    void makesNoMoreFormsThanItHasTrials() throws Exception {
        Report report = folder.writeModel(300)
                .keys("data: holdout, trials: 2")
                .ladder("int8-dynamic")
                .run("1");

        Json.Obj blame = rungs(report).get(0).object("blame");
        assertThat(blame.number("trials")).contains(2.0);
        assertThat(blame.objects("nodes"))
                .extracting(node -> node.text("node").orElseThrow())
                .containsExactly("h1");
        assertThat(blame.items("unmeasured")).containsExactly(Json.of("logits"));
        assertThat(report.verdict()).contains(Verdict.PASSED);
    }

    /** A form that is too large does not become smaller where nodes are left as they are. */
    @Test
    void blamesNoNodeForWhatIsNoAnswer() throws Exception {
        Report report = folder.writeModel(300)
                .gates("[{metric: accuracy, max-degradation: 0.05}, {metric: size_ratio, max: 0.1}]")
                .ladder("int8-dynamic")
                .run("1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(rungs(report).get(0).get("blame")).isEmpty();
    }

    @Test
    void quantisesNothingThatIsExcluded() throws Exception {
        Report report = folder.writeModel()
                .keys("data: holdout, exclude: [logits]")
                .ladder("int8-dynamic")
                .run("1");

        assertThat(QuantizeFolder.sentences(report)).startsWith("quantised_nodes 1 holds min 1");
    }

    @Test
    void refusesToExcludeWhatIsNoNode() throws Exception {
        Report report = folder.writeModel()
                .keys("data: holdout, exclude: [logit]")
                .ladder("int8-dynamic")
                .run("1");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(headline(report))
                .isEqualTo("NOT_EVALUATED: quantize.exclude names 'logit', which is no node that would be quantised;"
                        + " did you mean 'logits'?");
    }

    @Test
    void failsAModelWithNothingToQuantise() throws Exception {
        Report report = folder.writeModelWithoutWeights()
                .gates("[]")
                .ladder("int8-dynamic")
                .run("1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(report.outputs()).isEmpty();
        assertThat(QuantizeFolder.sentences(report))
                .containsExactly("quantised_nodes 0 is below min 1: would pass at 0");
        assertThat(sentences(report, 0))
                .isEqualTo(
                        "there is nothing to quantise: the model has no node that int8-dynamic makes smaller; write when:"
                                + " quantisable to let such models pass through");
    }

    @Test
    void letsAModelWithNothingToQuantisePassThroughWhereTheSpecSaysSo() throws Exception {
        Report report = folder.writeModelWithoutWeights()
                .gates("[]")
                .keys("data: holdout, when: quantisable")
                .ladder("int8-dynamic")
                .run("1");

        assertThat(report.verdict()).contains(Verdict.PASSED);
        assertThat(report.outputs().get(0).path()).isEqualTo("model.onnx");
        assertThat(report.outputs().get(0).sha256())
                .isEqualTo(report.inputs().get(0).sha256());
        assertThat(report.document().object("facts").text("skipped").orElseThrow())
                .startsWith("there is nothing to quantise");
        assertThat(QuantizeFolder.sentences(report)).containsExactly("quantisable_nodes 0 holds max 0");
    }

    @Test
    void quantisesAModelThatCanBeThoughTheOthersMayPassThrough() throws Exception {
        Report report = folder.writeModel()
                .keys("data: holdout, when: quantisable")
                .ladder("int8-dynamic")
                .run("1");

        assertThat(report.verdict()).contains(Verdict.PASSED);
        assertThat(report.outputs().get(0).path()).endsWith("quantize/model.onnx");
    }

    @Test
    void isNotEvaluatedWhereTheModelGivesNoNumbers() throws Exception {
        Report report =
                folder.writeModel(Float.NaN).ladder("[int8-dynamic, fp16]").run("1");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(headline(report)).contains("NaN");
    }

    /** What a try left that was killed in the middle is neither judged nor kept. */
    @Test
    void removesWhatAnEarlierTryLeft() throws Exception {
        Path left = Files.createDirectories(path.resolve(".gatewright/runs/1/quantize/forms/7-int8"));
        Files.writeString(left.resolve("model.onnx"), "half a model");
        Files.writeString(left.resolveSibling("../model.onnx.data").normalize(), "of an earlier try");

        Report report = folder.writeModel()
                .gates("[{metric: accuracy, min: 0.9999}]")
                .keys("data: holdout, trials: 0")
                .ladder("int8-dynamic")
                .run("1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(files()).containsExactly("report.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int8-static",
                "{mode: int8-static, calibration-method: percentile, percentile: 99.9, exact: true}",
                "{mode: int8-static, calibration-method: entropy, per-channel: true}",
                "{mode: int8-static, calibration-method: mse, symmetric: true}",
            })
    void calibratesOnRowsOfTheirOwn(String mode) throws Exception {
        Report report = folder.writeModel()
                .keys("data: holdout, calibration: {data: calibration, samples: 100}")
                .gates("[{metric: accuracy, max-degradation: 0.1}, {metric: agreement, min: 0.8}]")
                .ladder(mode)
                .run("1");

        assertThat(report.verdict()).as(headline(report)).contains(Verdict.PASSED);
        assertThat(report.inputs()).extracting(Artifact::name).containsExactly("model", "holdout", "calibration");
        Json.Obj calibration =
                report.document().object("facts").object("ladder").object("calibration");
        assertThat(calibration.number("rows")).contains(100.0);
        ModelFile form = ModelFile.open(path.resolve(report.outputs().get(0).path()), SafetyLimits.strict());
        assertThat(form.description().operators())
                .extracting(OperatorCount::name)
                .contains("QuantizeLinear", "DequantizeLinear");
    }

    @Test
    void isNotEvaluatedWhereTheCalibrationHasNoNumbers() throws Exception {
        Path rows = path.resolve("calibration.csv");
        String text = Files.readString(rows);
        Files.writeString(rows, text.substring(0, text.indexOf('\n') + 1));

        Report report = folder.writeModel()
                .keys("data: holdout, calibration: {data: calibration}")
                .ladder("[int8-static, fp16]")
                .run("1");

        assertThat(rungs(report))
                .extracting(rung -> rung.text("verdict").orElseThrow())
                .containsExactly("NOT_EVALUATED", "PASSED");
        assertThat(sentences(report, 0))
                .startsWith("quantised_nodes could not be judged: ")
                .contains("calibration");
    }

    @Test
    void saysHowAnswersDependOnTheBatch() throws Exception {
        Report report = folder.writeModel().ladder("int8-dynamic").run("1");

        Json.Obj batches = report.document().object("facts").object("batches");
        assertThat(batches.number("rows")).contains(256.0);
        assertThat(batches.number("changedInBatchesOf1").orElseThrow()).isBetween(0.0, 10.0);
        assertThat(batches.number("changedInBatchesOf8").orElseThrow()).isBetween(0.0, 10.0);
    }

    private static List<Json.Obj> rungs(Report report) {
        return report.document().object("facts").object("ladder").objects("rungs");
    }

    private static String sentences(Report report, int rung) {
        return report.document()
                .object("environment")
                .object("ladder")
                .objects("rungs")
                .get(rung)
                .text("sentence")
                .orElseThrow();
    }

    private static String headline(Report report) {
        return report.document().text("headline").orElseThrow();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(path.resolve(".gatewright/runs/1/quantize"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
