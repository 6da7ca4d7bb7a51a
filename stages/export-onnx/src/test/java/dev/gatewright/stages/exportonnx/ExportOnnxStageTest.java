// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.InvalidRequestException;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportOnnxStageTest {
    private static final String COLUMNS = "[\"p0\",\"p1\",\"p2\",\"p3\"]";

    @TempDir
    private Path path;

    private ExportFolder folder;

    @BeforeEach
    void make() throws Exception {
        folder = new ExportFolder(path);
    }

    @Test
    void namesOfFeaturesAndClassesAreWrittenIntoTheModel() throws Exception {
        ModelFile model = model(folder.exports(ExportFolder.right()).run());

        assertThat(model.description().metadata())
                .containsEntry("gatewright.classes", "[\"a\",\"b\",\"c\"]")
                .containsEntry("gatewright.features", COLUMNS);
    }

    @Test
    void whatIsLeftIsWhatWasJudgedAndNothingElse() throws Exception {
        Report report = folder.exports(ExportFolder.right()).run();

        Artifact artifact = report.outputs().get(0);
        assertThat(model(report).digest()).isEqualTo(artifact.sha256());
        assertThat(report.inputs()).extracting(Artifact::name).containsExactly("source", "holdout");
        try (var files = Files.list(path.resolve(artifact.path()).getParent())) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder("model.onnx", "report.json");
        }
    }

    @Test
    void aModelThatIsOnnxAlreadyPassesThroughAsItIs() throws Exception {
        Onnx model = ExportFolder.right();
        Report report = folder.passesThrough(model)
                .gates("[{metric: max_absolute_difference, max: 0}, {metric: agreement, min: 1},"
                        + " {metric: size_ratio, max: 1}]")
                .run();

        assertThat(report.verdict()).contains(Verdict.PASSED);
        assertThat(Files.readAllBytes(path.resolve(report.outputs().get(0).path())))
                .isEqualTo(Files.readAllBytes(folder.path("model.onnx")));
    }

    @Test
    void itsGatesCompareWithTheSourceOnTheSameRows() throws Exception {
        Onnx biased = ExportFolder.begin("N")
                .floats("b", "3", 0, 0, 0.5f)
                .node("Flatten", "image", "flat", Onnx.integer("axis", 1))
                .node("MatMul", "flat,w", "all")
                .node("Add", "all,b", "logits")
                .output("logits", Onnx.FLOAT, "N,3");

        Report report = folder.exports(biased)
                .gates("[{metric: agreement, min: 0.99}, {metric: accuracy, max-degradation: 0.01, confidence: 0.95},"
                        + " {metric: max_absolute_difference, output: logits, max: 0.6}, {metric: tolerance, max: 0.1},"
                        + " {metric: max_relative_difference, max: 1e9}]")
                .run();

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(ExportFolder.sentences(report))
                .anySatisfy(sentence -> assertThat(sentence)
                        .startsWith("agreement with source 0.")
                        .contains("is below"))
                .anySatisfy(sentence -> assertThat(sentence).contains(" against source 1, a degradation of ", "paired"))
                .anySatisfy(sentence -> assertThat(sentence)
                        .matches("max_absolute_difference\\[output=logits\\] 0\\.5\\S* holds max 0.6"))
                .anySatisfy(sentence ->
                        assertThat(sentence).startsWith("tolerance 0.").contains("is above max 0.1"));
        Json.Obj output =
                report.document().object("environment").objects("parity").get(0);
        assertThat(output.objects("worst")).hasSize(10);
        assertThat(output.items("pairs")).hasSize(3 * ExportFolder.ROWS);
    }

    @Test
    void theRowsThatAreAnsweredMostDifferentlyAreNamed() throws Exception {
        Onnx biased = ExportFolder.begin("N")
                .floats("b", "3", 0, 0, 0.5f)
                .node("Flatten", "image", "flat", Onnx.integer("axis", 1))
                .node("MatMul", "flat,w", "all")
                .node("Add", "all,b", "logits")
                .output("logits", Onnx.FLOAT, "N,3");

        Report report = folder.exports(biased).run();

        List<Json.Obj> rows = report.document().object("environment").objects("worstRows");
        assertThat(rows).hasSize(10).allSatisfy(row -> {
            assertThat(row.members().keySet()).containsExactly("row", "truth", "source", "exported", "difference");
            assertThat(row.number("difference").orElseThrow()).isPositive();
        });
        // Those first that go over to the class that the bias favours; the truth is what the source itself decides.
        assertThat(rows)
                .extracting(row -> row.object("source")
                        .text("label")
                        .equals(row.object("exported").text("label")))
                .containsExactly(false, false, false, false, false, true, true, true, true, true);
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.object("source").text("label")).isEqualTo(row.text("truth"));
            assertThat(row.object("exported").text("label")).contains("c");
        });
        for (List<Json.Obj> alike : List.of(rows.subList(0, 5), rows.subList(5, 10))) {
            assertThat(alike)
                    .isSortedAccordingTo(Comparator.comparingDouble(
                            (Json.Obj row) -> -row.number("difference").orElseThrow()));
        }
    }

    @Test
    void aModelThatAnswersAlikeHasNoWorstRows() throws Exception {
        Report report = folder.passesThrough(ExportFolder.right()).run();

        assertThat(report.document().object("environment").objects("worstRows")).isEmpty();
    }

    /** The form that goes on was judged by the rule that was written. */
    @Test
    void everyGateOfEvaluateMetricsJudgesTheExportedModelToo() throws Exception {
        Onnx other = ExportFolder.begin("N")
                .floats("b", "3", 0, 0, 9)
                .node("Flatten", "image", "flat", Onnx.integer("axis", 1))
                .node("MatMul", "flat,w", "all")
                .node("Add", "all,b", "logits")
                .output("logits", Onnx.FLOAT, "N,3");
        folder.exports(other)
                .evaluateMetrics("{data: holdout, gates: [{metric: accuracy, min: 0.9}]}")
                .gates("[]");
        assertThat(new dev.gatewright.stages.testkit.StageRun(new JudgingStage(), path)
                        .with(new ExportOnnxStage())
                        .run(written())
                        .verdict())
                .contains(Verdict.PASSED);

        Report report = folder.write().run("r1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(ExportFolder.sentences(report))
                .anySatisfy(sentence ->
                        assertThat(sentence).startsWith("accuracy 0.").contains("is below min 0.9"));
    }

    private String written() throws Exception {
        folder.write();
        return "r1";
    }

    @Test
    void classesThatTheSourceNamesInAnotherOrderAreADefect() throws Exception {
        folder.exports(ExportFolder.right()).write();
        Path script = folder.path("source.sh");
        Files.writeString(
                script,
                Files.readString(script).replace("\"versions\"", "\"classes\": [\"c\", \"a\", \"b\"], \"versions\""));

        Report report = new dev.gatewright.stages.testkit.StageRun(new ExportOnnxStage(), path).run("r1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(ExportFolder.sentences(report).get(0))
                .contains("the source names its classes [c, a, b], and the spec [a, b, c]");
        assertThat(model(report).description().metadata()).doesNotContainKey("gatewright.classes");
    }

    @Test
    void anOperatorSetThatWasNotMadeIsADefect() throws Exception {
        Report report = folder.exports(ExportFolder.right())
                .keys("data: holdout\n    opset: 20")
                .run();

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(ExportFolder.sentences(report).get(0)).contains("its operator set is ", "and the spec asks for 20");
    }

    @Test
    void aTypeThatTheSourceWasNotFedIsADefect() throws Exception {
        Report report = folder.exports(ExportFolder.right())
                .source("source: {kind: command, command: sh source.sh, types: {image: float64}}")
                .run();

        assertThat(ExportFolder.sentences(report).get(0))
                .contains("its input 'image' takes float, and the source was fed float64");
    }

    @Test
    void whatCannotBeAskedIsRefusedBeforeAnyWork() throws Exception {
        folder.gates("[{metric: max_absolute_difference, max: -1}, {metric: batch_difference, output: logits, max: 1},"
                + " {metric: tolerance, min: 1}]");
        assertThatThrownBy(() -> folder.found())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("max -1: no max_absolute_difference is negative")
                .hasMessageContaining("batch_difference is of the model as a whole; remove the key 'output'")
                .hasMessageContaining("a gate of export-onnx has no key 'min'; known: metric, output, max,");
        assertThat(folder.gates("[{metric: preprocessing_difference, max: 0}]").found())
                .containsExactly(
                        "preprocessing_difference compares with what the training would feed, and nothing says how it"
                                + " makes that => preprocess: train:tensors");
        assertThat(folder.gates("[]").keys("batch: open").found())
                .containsExactly(
                        "export-onnx judges what it makes, and neither a stage evaluate-metrics nor the key 'data' says"
                                + " on which rows => data: holdout");
    }

    @Test
    void aSourceHasNoSizeToCompareWith() throws Exception {
        String refused =
                " compares the sizes of two ONNX models, and the source model is none; write how large the ONNX form may be"
                        + " => {metric: size_bytes, max: 100000000}";

        folder.gates("[{metric: size_ratio, max: 1}, {metric: size_bytes, max-degradation: 5, against: source},"
                + " {metric: size_bytes, max: 1000000}]");

        assertThat(folder.found()).containsExactly("size_ratio" + refused, "size_bytes" + refused);
        assertThat(folder.passesThrough(ExportFolder.right()).found()).isEmpty();
    }

    private ModelFile model(Report report) {
        return ModelFile.open(path.resolve(report.outputs().get(0).path()), SafetyLimits.strict());
    }
}
