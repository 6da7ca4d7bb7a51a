// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.report.Report;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports that succeed and are wrong: each is stopped, and the cause is named. */
class BrokenExportsTest {
    private ExportFolder folder;

    @BeforeEach
    void make(@TempDir Path path) throws Exception {
        folder = new ExportFolder(path);
    }

    @Test
    void theRightExportPasses() throws Exception {
        Report report = folder.exports(ExportFolder.right()).run();

        assertThat(ExportFolder.sentences(report))
                .startsWith("export_defects 0 holds max 0", "repeat_difference 0 holds max 0")
                .element(2)
                .asString()
                .matches("max_absolute_difference \\S+ holds max 0.0001");
        assertThat(report.verdict()).contains(Verdict.PASSED);
        assertThat(report.outputs()).extracting(output -> output.name()).containsExactly("model");
    }

    @Test
    void axesThatAreSwapped() throws Exception {
        Onnx swapped = ExportFolder.begin("N")
                .node("Transpose", "image", "turned", Onnx.integers("perm", 0, 2, 1))
                .node("Flatten", "turned", "flat", Onnx.integer("axis", 1))
                .node("MatMul", "flat,w", "logits")
                .output("logits", Onnx.FLOAT, "N,3");

        assertStopped(
                swapped,
                "it agrees with the source when axes 1 and 2 of input 'image' are swapped (axis 0 is the rows); export the model"
                        + " with the axes that it was trained with");
    }

    @Test
    void aNormalisationThatIsDoneTwice() throws Exception {
        Onnx twice = ExportFolder.begin("N")
                .floats("pixels", "1", 255)
                .node("Div", "image,pixels", "scaled")
                .node("Flatten", "scaled", "flat", Onnx.integer("axis", 1))
                .node("MatMul", "flat,w", "logits")
                .output("logits", Onnx.FLOAT, "N,3");

        assertStopped(twice, "it agrees with the source when input 'image' is multiplied by 255");
    }

    @Test
    void classesInAnotherOrder() throws Exception {
        Onnx permuted = ExportFolder.begin("N")
                .longs("order", "3", 2, 0, 1)
                .node("Flatten", "image", "flat", Onnx.integer("axis", 1))
                .node("MatMul", "flat,w", "all")
                .node("Gather", "all,order", "logits", Onnx.integer("axis", 1))
                .output("logits", Onnx.FLOAT, "N,3");

        assertStopped(
                permuted,
                "output 'logits' has the source's columns in another order (column 0 is the source's column 2, column 1 is the"
                        + " source's column 0, column 2 is the source's column 1)");
    }

    @Test
    void dropoutThatIsLeftOn() throws Exception {
        Onnx training = ExportFolder.begin("N")
                .node("RandomUniformLike", "image", "chance")
                .node("Mul", "image,chance", "dropped")
                .node("Flatten", "dropped", "flat", Onnx.integer("axis", 1))
                .node("MatMul", "flat,w", "logits")
                .output("logits", Onnx.FLOAT, "N,3");

        assertStopped(training, "its answers to the same rows change, as where dropout was left on");
    }

    @Test
    void batchNormalisationThatIsLeftInTrainingMode() throws Exception {
        Onnx training = ExportFolder.begin("N")
                .node("ReduceMean", "image", "mean", Onnx.integers("axes", 0), Onnx.integer("keepdims", 1))
                .node("Sub", "image,mean", "centred")
                .node("Flatten", "centred", "flat", Onnx.integer("axis", 1))
                .node("MatMul", "flat,w", "logits")
                .output("logits", Onnx.FLOAT, "N,3");

        assertStopped(
                training,
                "its answers depend on the rows beside a row, as where batch normalisation was left in training");
    }

    @Test
    void weightsThatAreCutOff() throws Exception {
        Onnx external = Onnx.model()
                .input("image", Onnx.FLOAT, "N,2,2")
                .external("w", Onnx.FLOAT, "4,3", "exported.onnx.data", 0L, 48L)
                .node("Flatten", "image", "flat", Onnx.integer("axis", 1))
                .node("MatMul", "flat,w", "logits")
                .output("logits", Onnx.FLOAT, "N,3");
        ByteBuffer bytes = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 10; i++) {
            bytes.putFloat(ExportFolder.WEIGHTS[i]);
        }
        Files.write(folder.path("exported.onnx.data"), bytes.array());
        ExportFolder.settle(folder.path("exported.onnx.data"));

        Report report = folder.exports(external).run();

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(ExportFolder.headline(report)).contains("initializer 'w'", "40");
        assertThat(report.outputs()).isEmpty();
    }

    @Test
    void aBatchThatIsFixed() throws Exception {
        Onnx fixed = ExportFolder.begin("8")
                .node("Flatten", "image", "flat", Onnx.integer("axis", 1))
                .node("MatMul", "flat,w", "logits")
                .output("logits", Onnx.FLOAT, "8,3");

        assertStopped(
                fixed, "it takes batches of 8 and no others; export it with an open first axis, or write batch: fixed");
        assertThat(folder.keys("data: holdout, batch: fixed".replace(", ", "\n    "))
                        .write()
                        .run("r2")
                        .verdict())
                .contains(Verdict.PASSED);
    }

    @Test
    void aBatchThatIsWrittenIntoAReshape() throws Exception {
        Onnx fixed = ExportFolder.begin("N")
                .longs("shape", "2", 32, 4)
                .node("Reshape", "image,shape", "flat")
                .node("MatMul", "flat,w", "logits")
                .output("logits", Onnx.FLOAT, "N,3");

        Report report = folder.exports(fixed).run();

        assertThat(report.verdict()).isNotEqualTo(java.util.Optional.of(Verdict.PASSED));
    }

    @Test
    void anOutputThatIsMissing() throws Exception {
        Onnx other = ExportFolder.begin("N")
                .node("Flatten", "image", "flat", Onnx.integer("axis", 1))
                .node("MatMul", "flat,w", "output_0")
                .output("output_0", Onnx.FLOAT, "N,3");

        assertStopped(other, "the model has no output 'logits'; its outputs are [output_0]");
    }

    @Test
    void anOutputThatIsNaN() throws Exception {
        Onnx broken = ExportFolder.begin("N")
                .node("Flatten", "image", "flat", Onnx.integer("axis", 1))
                .node("MatMul", "flat,w", "all")
                .node("Sqrt", "all", "logits")
                .output("logits", Onnx.FLOAT, "N,3");

        assertStopped(broken, "output 'logits' is NaN in row ");
    }

    /** Its export is stopped by a gate that names the cause. */
    private void assertStopped(Onnx exported, String cause) throws Exception {
        Report report = folder.exports(exported).run();

        assertThat(report.verdict()).contains(Verdict.FAILED);
        List<String> sentences = ExportFolder.sentences(report);
        assertThat(sentences).anySatisfy(sentence -> assertThat(sentence).contains(" is above max ", cause));
    }
}
