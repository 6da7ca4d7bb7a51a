// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.onnx.run.ModelRunner;
import dev.gatewright.validation.onnx.run.RunPlan;
import dev.gatewright.validation.onnx.run.Slot;
import dev.gatewright.validation.onnx.run.WorkerOptions;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What calibration says of rows that no range can be had of. */
class CalibrationRowsTest {
    private static final int WIDTH = 100;
    private static final WorkerOptions WORKER =
            WorkerOptions.of(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .toList());

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"MINMAX, false", "PERCENTILE, false", "ABSOLUTE_PERCENTILE, false", "ENTROPY, true", "MSE, false"})
    void refusesWhatIsNoNumberWhereverItStands(CalibrationMethod method, boolean exact) throws Exception {
        ModelFile model = model();
        Path probe = folder.resolve("probe.onnx");
        new Calibrator(model, method, 99.9, exact).writeProbe(probe);
        try (ModelRunner runner = ModelRunner.start(RunPlan.of(probe).withoutOptimizer(), WORKER)) {
            for (float number : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                for (int place : new int[] {0, 1, 50, WIDTH - 1}) {
                    float[] row = new float[WIDTH];
                    row[WIDTH / 3] = 0.5f;
                    row[place] = number;
                    Calibrator calibrator = new Calibrator(model, method, 99.9, exact);
                    calibrator.writeProbe(folder.resolve("same.onnx"));
                    assertThatThrownBy(() -> take(runner, calibrator, row))
                            .as("%s at %d", number, place)
                            .isInstanceOf(UnquantizableModelException.class)
                            .hasMessageContaining("'x'")
                            .hasMessageContaining(Float.toString(number));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CalibrationMethod.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"MINMAX", "ABSOLUTE_PERCENTILE"})
    void asksForTwoPassesWhereOneRowIsFarLargerThanTheFirst(CalibrationMethod method) throws Exception {
        float[] small = new float[WIDTH];
        float[] large = new float[WIDTH];
        small[7] = 1e-6f;
        large[7] = 1;
        assertThatThrownBy(() -> calibrate(method, false, small, large))
                .isInstanceOf(UnquantizableModelException.class)
                .hasMessageContaining("'exact: true'");
        assertThat(calibrate(method, true, small, large).byName()).containsKeys("x", "y");
    }

    @Test
    void asksForOtherRowsWhereTwoPassesAreNotTaken() {
        float[] small = new float[WIDTH];
        float[] large = new float[WIDTH];
        small[7] = 1e-6f;
        large[7] = 1;
        assertThatThrownBy(() -> calibrate(CalibrationMethod.ABSOLUTE_PERCENTILE, true, small, large))
                .isInstanceOf(UnquantizableModelException.class)
                .hasMessageContaining("on the calibration rows 'x' reaches 1.0")
                .hasMessageContaining("mix the rows, or write 'calibration-method: percentile'");
    }

    private Ranges calibrate(CalibrationMethod method, boolean exact, float[]... rows) throws IOException {
        Calibrator calibrator = new Calibrator(model(), method, 99.9, exact);
        for (int pass = 0; pass < calibrator.passes(); pass++) {
            Path probe = folder.resolve("probe.onnx");
            calibrator.writeProbe(probe);
            try (ModelRunner runner = ModelRunner.start(RunPlan.of(probe).withoutOptimizer(), WORKER)) {
                for (float[] row : rows) {
                    take(runner, calibrator, row);
                }
            }
        }
        return calibrator.ranges();
    }

    private static void take(ModelRunner runner, Calibrator calibrator, float... row) {
        Slot slot = runner.emptySlot();
        slot.input(0).asFloatBuffer().put(row);
        runner.submit(slot, runner.batch());
        Slot answered = runner.next();
        try {
            calibrator.take(answered);
        } finally {
            runner.release(answered);
        }
    }

    private ModelFile model() {
        return ModelFile.open(
                Onnx.model()
                        .input("x", Onnx.FLOAT, "N," + WIDTH)
                        .floats("w", WIDTH + ",1", new float[WIDTH])
                        .node("MatMul", "x,w", "y")
                        .output("y", Onnx.FLOAT, "N,1")
                        .writeTo(folder.resolve("model.onnx")),
                SafetyLimits.strict());
    }
}
