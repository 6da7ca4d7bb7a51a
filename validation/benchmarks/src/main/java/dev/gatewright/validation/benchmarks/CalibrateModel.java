// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.onnx.run.Device;
import dev.gatewright.validation.onnx.run.ModelRunner;
import dev.gatewright.validation.onnx.run.RunPlan;
import dev.gatewright.validation.onnx.run.Slot;
import dev.gatewright.validation.onnx.run.WorkerOptions;
import dev.gatewright.validation.quantization.CalibrationMethod;
import dev.gatewright.validation.quantization.Calibrator;
import dev.gatewright.validation.quantization.Quantizer;
import dev.gatewright.validation.quantization.StaticInt8;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** Calibrates a model on random rows and quantises it statically, or only runs it on as many, as a process of its own. */
public final class CalibrateModel {
    private static final double PERCENTILE = 99.999;

    private CalibrateModel() {}

    /** Takes the model, the number of rows, what to do ({@code forward}, {@code histograms}, {@code exact}), and a file to write. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path model = Path.of(arguments[0]);
        int rows = Integer.parseInt(arguments[1]);
        Path into = Path.of(arguments[3]);
        if (arguments[2].equals("forward")) {
            run(model, rows, slot -> {});
            return;
        }
        ModelFile file = ModelFile.open(model, SafetyLimits.strict());
        Calibrator calibrator =
                new Calibrator(file, CalibrationMethod.PERCENTILE, PERCENTILE, arguments[2].equals("exact"));
        for (int pass = 0; pass < calibrator.passes(); pass++) {
            calibrator.writeProbe(into);
            run(into, rows, calibrator::take);
        }
        Quantizer.quantize(file, new StaticInt8(false, false, false, calibrator.ranges()), Set.of(), into);
    }

    /** Runs the model on one row at a time, while the row before is looked at. */
    private static void run(Path model, int rows, Consumer<Slot> look) {
        Random random = new Random(7);
        WorkerOptions options = WorkerOptions.of(
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .toList());
        RunPlan plan = new RunPlan(model, Device.CPU, 1, 2, 1, Map.of(), false);
        try (ModelRunner runner = ModelRunner.start(plan, options)) {
            for (int row = 0; row < rows + 1; row++) {
                if (row < rows) {
                    Slot slot = runner.emptySlot();
                    ByteBuffer memory = slot.input(0);
                    for (int i = 0; i < memory.capacity() / slot.capacity(); i += Float.BYTES) {
                        memory.putFloat(i, (float) random.nextGaussian());
                    }
                    runner.submit(slot, 1);
                }
                if (row > 0) {
                    Slot answered = runner.next();
                    look.accept(answered);
                    runner.release(answered);
                }
            }
        }
    }
}
