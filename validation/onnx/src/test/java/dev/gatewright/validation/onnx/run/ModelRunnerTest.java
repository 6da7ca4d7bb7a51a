// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.testkit.Requires;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows go in, answers come out: batches, slots, several inputs, outputs of every form. */
class ModelRunnerTest {
    @TempDir
    private Path folder;

    @Test
    void answersEveryRowWhateverTheLastBatchHolds() {
        for (int rows : List.of(1, 63, 64, 65, 128, 200)) {
            try (ModelRunner runner = ModelRunner.start(plan(doubling("N,2")).withSlots(2, 4), Workers.usual())) {
                Slot slot = runner.emptySlot();
                for (int i = 0; i < 2 * rows; i++) {
                    slot.input(0).putFloat(4 * i, i);
                }
                runner.submit(slot, rows);
                TensorView answers = runner.next().output(0);
                for (int i = 0; i < 2 * rows; i++) {
                    assertThat(answers.real(i)).isEqualTo(2.0 * i);
                }
                assertThatThrownBy(() -> answers.real(2 * rows)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThat(runner.outputs()).containsExactly(new TensorSpec("y", ElementType.FLOAT, 2, List.of()));
                assertThat(runner.batch()).isEqualTo(64);
            }
        }
    }

    @Test
    void theWorkerTellsTheMakerOfOnnxRuntimeNothing() throws Exception {
        Requires.that(Files.isDirectory(Path.of("/proc/self")), "needs Linux, which shows a process's environment");
        try (ModelRunner runner = ModelRunner.start(plan(doubling("N,2")), Workers.usual())) {
            assertThat(runner.pending()).isZero();
            for (ProcessHandle worker : Leftovers.processes()) {
                assertThat(Files.readString(Path.of("/proc/" + worker.pid() + "/environ"), StandardCharsets.ISO_8859_1))
                        .contains("ORT_DISABLE_TELEMETRY=1");
            }
            assertThat(Leftovers.processes()).isNotEmpty();
        }
    }

    @Test
    void fillsTheLastBatchOfAModelThatTakesNoOther() {
        for (int rows : List.of(1, 6, 7, 8, 20, 21)) {
            try (ModelRunner runner = ModelRunner.start(plan(doubling("7,2")).withSlots(2, 3), Workers.usual())) {
                assertThat(runner.batch()).isEqualTo(7);
                for (int block = 0; block < 3; block++) {
                    Slot slot = runner.emptySlot();
                    assertThat(slot.capacity()).isEqualTo(21);
                    for (int i = 0; i < 2 * rows; i++) {
                        slot.input(0).putFloat(4 * i, i + block);
                    }
                    runner.submit(slot, rows);
                    Slot answered = runner.next();
                    for (int i = 0; i < 2 * rows; i++) {
                        assertThat(answered.output(0).real(i)).isEqualTo(2.0 * (i + block));
                    }
                    runner.release(answered);
                }
            }
        }
    }

    @Test
    void givesBlocksBackInTheOrderOfTheirSubmission() {
        try (ModelRunner runner =
                ModelRunner.start(plan(doubling("N,2")).withSlots(3, 2).withThreads(3), Workers.usual())) {
            List<Double> found = new ArrayList<>();
            int submitted = 0;
            while (found.size() < 40) {
                while (submitted < 40 && runner.pending() < 3) {
                    Slot slot = runner.emptySlot();
                    slot.input(0).putFloat(0, submitted++);
                    runner.submit(slot, 1 + submitted % 128);
                }
                Slot slot = runner.next();
                found.add(slot.output(0).real(0));
                runner.release(slot);
            }
            for (int i = 0; i < 40; i++) {
                assertThat(found.get(i)).isEqualTo(2.0 * i);
            }
        }
    }

    @Test
    void takesRowShapesWhereTheModelLeavesThemOpen() {
        Path model = Onnx.model()
                .input("a", Onnx.FLOAT, "N,H,W")
                .input("b", Onnx.DOUBLE, "N,1")
                .node("Cast", "b", "c", Onnx.integer("to", Onnx.FLOAT))
                .node("ReduceSum", "a,axes", "s", Onnx.integer("keepdims", 0))
                .longs("axes", "2", 1, 2)
                .longs("one", "1", 1)
                .node("Squeeze", "c,one", "d")
                .node("Add", "s,d", "y")
                .output("y", Onnx.FLOAT, "N")
                .writeTo(folder.resolve("sums.onnx"));
        try (ModelRunner runner =
                ModelRunner.start(plan(model).withRowShape("a", 2, 3).withRowShape("b", 1), Workers.usual())) {
            Slot slot = runner.emptySlot();
            for (int i = 0; i < 12; i++) {
                slot.input(0).putFloat(4 * i, i);
            }
            slot.input(1).putDouble(0, 100).putDouble(8, 200);
            runner.submit(slot, 2);
            TensorView sums = runner.next().output(0);
            assertThat(sums.spec().rowSize()).isEqualTo(1);
            assertThat(sums.real(0)).isEqualTo(115);
            assertThat(sums.real(1)).isEqualTo(251);
        }
    }

    @Test
    void makesOneTensorOfASequenceOfMapsWithItsKeysInOrder() {
        Path model = Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .machineLearningNode(
                        "ZipMap", "x", "maps", Onnx.strings("classlabels_strings", List.of("b", "a", "\u00e9")))
                .outputOfMaps("maps", Onnx.STRING)
                .writeTo(folder.resolve("maps.onnx"));
        try (ModelRunner runner = ModelRunner.start(plan(model).withSlots(2, 2), Workers.usual())) {
            for (int block = 0; block < 2; block++) {
                Slot slot = runner.emptySlot();
                for (int i = 0; i < 300; i++) {
                    slot.input(0).putFloat(4 * i, i);
                }
                runner.submit(slot, 100);
                slot = runner.next();
                assertThat(runner.outputs().get(0).keys()).containsExactly("a", "b", "\u00e9");
                for (int row = 0; row < 100; row++) {
                    assertThat(slot.output(0).real(3 * row)).isEqualTo(3 * row + 1);
                    assertThat(slot.output(0).real(3 * row + 1)).isEqualTo(3 * row);
                    assertThat(slot.output(0).real(3 * row + 2)).isEqualTo(3 * row + 2);
                }
                runner.release(slot);
            }
        }
    }

    @Test
    void sortsKeysThatAreNumbersByTheirSize() {
        Path model = Onnx.model()
                .input("x", Onnx.FLOAT, "N,3")
                .machineLearningNode("ZipMap", "x", "maps", Onnx.integers("classlabels_int64s", 10, 9, -1))
                .outputOfMaps("maps", Onnx.INT64)
                .writeTo(folder.resolve("maps.onnx"));
        try (ModelRunner runner = ModelRunner.start(plan(model), Workers.usual())) {
            Slot slot = runner.emptySlot();
            slot.input(0).putFloat(0, 1).putFloat(4, 2).putFloat(8, 3);
            runner.submit(slot, 1);
            TensorView answers = runner.next().output(0);
            assertThat(answers.spec().keys()).containsExactly("-1", "9", "10");
            assertThat(answers.real(0)).isEqualTo(3);
            assertThat(answers.real(2)).isEqualTo(1);
        }
    }

    @Test
    void tellsWhatReallyRan() {
        float[][] weights = {{1, -1}, {0.5f, 2}};
        Path model = Onnx.softmaxClassifier(weights, new float[] {0, 1}).writeTo(folder.resolve("model.onnx"));
        try (ModelRunner runner = ModelRunner.start(plan(model).withThreads(2), Workers.usual())) {
            assertThatThrownBy(runner::device).isInstanceOf(IllegalStateException.class);
            Slot slot = runner.emptySlot();
            slot.input(0).putFloat(0, 1).putFloat(4, 2);
            runner.submit(slot, 1);
            runner.next();
            DeviceTruth device = runner.device();
            assertThat(device.runtimeVersion()).matches("1\\.\\d+\\.\\d+");
            assertThat(device.asked()).containsExactly("CPUExecutionProvider");
            assertThat(device.available()).contains("CPUExecutionProvider");
            // Gemm and Softmax; nothing here is left for the optimiser to take away.
            assertThat(device.nodes()).containsExactly(Map.entry("CPUExecutionProvider", 2));
            assertThat(device.fallback()).isNull();
            assertThat(device.threads()).isEqualTo(2);
            assertThat(device.tf32()).isFalse();
        }
    }

    @Test
    void timesCallsOnAFilledSlotWithoutDisturbingIt() {
        try (ModelRunner runner = ModelRunner.start(plan(doubling("N,2")), Workers.usual())) {
            Slot slot = runner.emptySlot();
            slot.input(0).putFloat(0, 21);
            for (int threads : List.of(1, 1, 2)) {
                long[] times = runner.measureLatency(slot, 1, 2, 50, threads);
                assertThat(times).hasSize(50);
                assertThat(Arrays.stream(times).allMatch(time -> time > 0)).isTrue();
            }
            runner.submit(slot, 1);
            assertThat(runner.next().output(0).real(0)).isEqualTo(42);
            assertThatThrownBy(() -> runner.measureLatency(slot, 1, 0, 1, 1)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void timesWholeBatchesOnlyWhereTheModelTakesNoOthers() {
        try (ModelRunner runner = ModelRunner.start(plan(doubling("4,2")), Workers.usual())) {
            Slot slot = runner.emptySlot();
            assertThat(runner.measureLatency(slot, 4, 0, 3, 1)).hasSize(3);
            assertThatThrownBy(() -> runner.measureLatency(slot, 1, 0, 3, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void runsOutputsThatAreInputsOrConstantsOfTheModel() {
        float[] constant = new float[128];
        for (int i = 0; i < 128; i++) {
            constant[i] = i;
        }
        Path model = Onnx.model()
                .input("x", Onnx.FLOAT, "64,2")
                .floats("c", "64,2", constant)
                .node("Identity", "x", "same")
                .node("Identity", "c", "fixed")
                .node("Identity", "same", "again")
                .output("same", Onnx.FLOAT, "64,2")
                .output("fixed", Onnx.FLOAT, "64,2")
                .output("again", Onnx.FLOAT, "64,2")
                .writeTo(folder.resolve("model.onnx"));
        try (ModelRunner runner = ModelRunner.start(plan(model).withSlots(1, 3), Workers.usual())) {
            for (int block = 0; block < 2; block++) {
                Slot slot = runner.emptySlot();
                for (int i = 0; i < 384; i++) {
                    slot.input(0).putFloat(4 * i, -i - block);
                }
                runner.submit(slot, 192);
                slot = runner.next();
                for (int i = 0; i < 384; i++) {
                    assertThat(slot.output(0).real(i)).isEqualTo(-i - block);
                    assertThat(slot.output(1).real(i)).isEqualTo(i % 128);
                    assertThat(slot.output(2).real(i)).isEqualTo(-i - block);
                }
                runner.release(slot);
            }
        }
    }

    @Test
    void needsNoUnpackedLibrary() {
        WorkerOptions options = WorkerOptions.of(List.of(Workers.classes(), Workers.onnxRuntime()));
        try (ModelRunner runner = ModelRunner.start(plan(doubling("N,2")), options)) {
            Slot slot = runner.emptySlot();
            slot.input(0).putFloat(0, 4);
            runner.submit(slot, 1);
            assertThat(runner.next().output(0).real(0)).isEqualTo(8);
        }
    }

    private RunPlan plan(Path model) {
        return RunPlan.of(model).withDevice(Device.CPU);
    }

    /** The model {@code y = x + x}. */
    private Path doubling(String dimensions) {
        return Onnx.model()
                .input("x", Onnx.FLOAT, dimensions)
                .node("Add", "x,x", "y")
                .output("y", Onnx.FLOAT, dimensions)
                .writeTo(folder.resolve("doubling.onnx"));
    }
}
