// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.testkit.FakeStage;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelOfRunTest {
    @TempDir
    private Path path;

    @Test
    void isThatOfTheSpecWhereNoStageHasWrittenOne() throws Exception {
        FormFolder folder = new FormFolder(path);
        folder.writeModel("model.onnx", 0);
        folder.evaluate();
        folder.export();

        ModelOfRun model = take(folder);

        assertThat(model.file().path()).isEqualTo(path.resolve("model.onnx").toRealPath());
        assertThat(model.writtenBy()).isNull();
    }

    @Test
    void isThatOfTheNearestStageThatWroteOne() throws Exception {
        FormFolder folder = new FormFolder(path).exporting(request -> leaving(request, 0.01f));
        folder.writeModel("model.onnx", 0);
        folder.evaluate();
        folder.export();

        ModelOfRun model = take(folder);

        assertThat(model.file().path().getParent()).hasFileName("export-onnx");
        assertThat(model.writtenBy()).isEqualTo(StageName.EXPORT_ONNX);
    }

    @Test
    void isRefusedWhereItIsNotTheOneThatWasJudged() throws Exception {
        FormFolder folder = new FormFolder(path);
        String judged = ModelOfRun.open(folder.writeModel("model.onnx", 0)).digest();
        folder.evaluate();
        folder.export();
        String other = ModelOfRun.open(folder.writeModel("model.onnx", 0.01f)).digest();

        Report report = folder.quantize(request -> leaving(ModelOfRun.of(request)));

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(FormFolder.headline(report))
                .isEqualTo("NOT_EVALUATED: model.onnx is not the file of evaluate-metrics any more: its digest was "
                        + judged + " and is " + other);
    }

    @Test
    void isRefusedWhereItIsNotTheOneThatWasWritten() throws Exception {
        FormFolder folder = new FormFolder(path).exporting(request -> leaving(request, 0.01f));
        folder.writeModel("model.onnx", 0);
        folder.evaluate();
        Artifact written = folder.export().outputs().get(0);
        String other = ModelOfRun.open(folder.writeModel(written.path(), 0.02f)).digest();

        Report report = folder.quantize(request -> leaving(ModelOfRun.of(request)));

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(FormFolder.headline(report))
                .contains("is not the file of export-onnx any more")
                .contains(written.sha256())
                .contains(other);
    }

    @Test
    void isRefusedWhereItsExternalDataIsNotWhatWasWritten() throws Exception {
        FormFolder folder = new FormFolder(path).exporting(request -> {
            Path main = Onnx.model()
                    .input("x", Onnx.FLOAT, "N,2")
                    .external("w", Onnx.FLOAT, "2,2", "weights.bin", 0L, 16L)
                    .node("MatMul", "x,w", "scores")
                    .output("scores", Onnx.FLOAT, "N,2")
                    .writeTo(request.folder().resolve("model.onnx"));
            write(main.resolveSibling("weights.bin"), new byte[16]);
            return withOutput(ModelOfRun.artifact(ModelOfRun.open(main), request.spec()));
        });
        folder.writeModel("model.onnx", 0);
        folder.evaluate();
        Path main = path.resolve(folder.export().outputs().get(0).path());
        assertThat(take(folder).writtenBy()).isEqualTo(StageName.EXPORT_ONNX);
        write(main.resolveSibling("weights.bin"), new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});

        Report report = folder.quantize(request -> leaving(ModelOfRun.of(request)));

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(FormFolder.headline(report)).contains("is not the file of export-onnx any more");
    }

    @Test
    void isNoneWhereTheFileIsGone() throws Exception {
        FormFolder folder = new FormFolder(path);
        Path file = folder.writeModel("model.onnx", 0);
        folder.evaluate();
        folder.export();
        Files.delete(file);

        Report report = folder.quantize(request -> leaving(ModelOfRun.of(request)));

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
    }

    private static ModelOfRun take(FormFolder folder) throws Exception {
        List<ModelOfRun> taken = new ArrayList<>();
        folder.quantize(request -> {
            taken.add(ModelOfRun.of(request));
            return FakeStage.outcome(1);
        });
        assertThat(taken).hasSize(1);
        return taken.get(0);
    }

    /** Writes a model into the stage's folder, as an exporter does. */
    private static StageOutcome leaving(StageRequest request, float limit) throws InterruptedException {
        Path file = Onnx.softmaxClassifier(new float[][] {{-10, 10}, {0, 0}}, new float[] {10 * limit, -10 * limit})
                .writeTo(request.folder().resolve("model.onnx"));
        return withOutput(ModelOfRun.artifact(ModelOfRun.open(file), request.spec()));
    }

    private static StageOutcome leaving(ModelOfRun model) {
        assertThat(model).isNotNull();
        return FakeStage.outcome(1);
    }

    private static StageOutcome withOutput(Artifact model) {
        StageOutcome passed = FakeStage.outcome(1);
        return new StageOutcome(
                passed.gates(), List.of(), List.of(), List.of(model), passed.facts(), passed.environment());
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
