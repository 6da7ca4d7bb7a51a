// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.onnx.run.worker.Failure;
import dev.gatewright.validation.onnx.run.worker.ServedModel;
import dev.gatewright.validation.onnx.run.worker.ServedTensor;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.Seeded;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model in this process: what is served is what was judged. */
class ServedModelTest {
    @TempDir
    private Path folder;

    @Seeded(cases = 3)
    void answersTheSameBatchWithTheSameBitsAsTheWorker(Gen gen) throws Failure {
        int rows = gen.integer(1, 64);
        int features = gen.integer(3, 40);
        Path model = classifier(gen, features).writeTo(folder.resolve("m" + rows + "-" + features + ".onnx"));
        ByteBuffer fed = direct(rows * features * Float.BYTES);
        try (ModelRunner runner = ModelRunner.start(RunPlan.of(model), Workers.usual());
                ServedModel served = ServedModel.load(model, Device.CPU)) {
            Slot slot = runner.emptySlot();
            for (int i = 0; i < rows * features; i++) {
                float value = (float) gen.real(-3, 3);
                slot.input(0).putFloat(Float.BYTES * i, value);
                fed.putFloat(Float.BYTES * i, value);
            }
            runner.submit(slot, rows);
            TensorView judged = runner.next().output(0);
            ServedTensor answer =
                    served.run(List.of(floats("x", fed, rows, features))).get(0);

            assertThat(answer.shape()).containsExactly((long) rows, 5L);
            for (int i = 0; i < answer.elements(); i++) {
                assertThat(answer.numbers().getFloat(Float.BYTES * i)).isEqualTo((float) judged.real(i));
            }
        }
    }

    @Test
    void answersWithTextsAndWithTheKeysOfMaps() throws Failure {
        Path model = Onnx.model()
                .input("x", Onnx.FLOAT, "N,2")
                .input("t", Onnx.STRING, "N")
                .machineLearningNode("ZipMap", "x", "maps", Onnx.strings("classlabels_strings", List.of("b", "a")))
                .node("Identity", "t", "u")
                .outputOfMaps("maps", Onnx.STRING)
                .output("u", Onnx.STRING, "N")
                .writeTo(folder.resolve("maps.onnx"));
        ByteBuffer fed =
                direct(16).putFloat(1).putFloat(2).putFloat(3).putFloat(4).flip();
        try (ServedModel served = ServedModel.load(model, Device.CPU)) {
            List<ServedTensor> answers = served.run(
                    List.of(ServedTensor.ofTexts("t", List.of(2L), List.of("é", "")), floats("x", fed, 2, 2)));

            assertThat(answers.get(0).keys()).containsExactly("a", "b");
            assertThat(answers.get(0).shape()).containsExactly(2L, 2L);
            assertThat(answers.get(0).numbers().getFloat(0)).isEqualTo(2);
            assertThat(answers.get(1).texts()).containsExactly("é", "");
        }
    }

    @Test
    void saysWhyAModelIsNotLoadedOrDoesNotRun() throws Exception {
        Path broken = Files.write(folder.resolve("broken.onnx"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> ServedModel.load(broken, Device.CPU))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("ONNX Runtime does not load the model")
                .hasMessageContaining("Next:");

        Path model = Onnx.model()
                .input("x", Onnx.FLOAT, "N,2")
                .node("Identity", "x", "y")
                .output("y", Onnx.FLOAT, "N,2")
                .writeTo(folder.resolve("pairs.onnx"));
        try (ServedModel served = ServedModel.load(model, Device.CPU)) {
            assertThat(served.inputs())
                    .containsExactly(new ServedModel.Declared("x", ElementType.FLOAT, List.of(-1L, 2L)));
            assertThatThrownBy(() -> served.run(List.of(floats("x", direct(12), 1, 3))))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("ONNX Runtime failed on a batch");
        }
    }

    private static Onnx classifier(Gen gen, int features) {
        float[][] weights = new float[features][5];
        for (float[] row : weights) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) gen.real(-1, 1);
            }
        }
        return Onnx.softmaxClassifier(weights, new float[] {0.1f, 0, 0.2f, 0, -0.1f});
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private static ServedTensor floats(String name, ByteBuffer memory, long rows, long size) {
        return ServedTensor.ofNumbers(name, ElementType.FLOAT, List.of(rows, size), memory);
    }
}
