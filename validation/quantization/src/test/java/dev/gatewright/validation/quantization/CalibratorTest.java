// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.onnx.run.ModelRunner;
import dev.gatewright.validation.onnx.run.RunPlan;
import dev.gatewright.validation.onnx.run.Slot;
import dev.gatewright.validation.onnx.run.WorkerOptions;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.PythonReference;
import dev.gatewright.validation.testkit.Seeded;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Ranges are those of ONNX Runtime's own calibrators on the same rows. */
@Tag("python")
class CalibratorTest {
    @SuppressWarnings("NullAway.Init") // JUnit starts it before any test
    private static PythonReference python;

    private static final WorkerOptions WORKER = WorkerOptions.of(
                    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                            .map(Path::of)
                            .toList())
            .withStartLimit(Duration.ofSeconds(60))
            .withCallLimit(Duration.ofSeconds(60));

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        python = PythonReference.start(CalibratorTest.class, "graphs.py");
    }

    @AfterAll
    static void end() {
        // Null where there is no Python and the tests were skipped.
        if (python != null) {
            python.close();
        }
    }

    @Seeded(cases = 15)
    void findsTheLeastAndTheLargest(Gen gen) throws Exception {
        compare(gen, CalibrationMethod.MINMAX, "MinMax", gen.chance(0.5));
    }

    @Seeded(cases = 15)
    void findsPercentiles(Gen gen) throws Exception {
        compare(gen, CalibrationMethod.PERCENTILE, "Percentile", gen.chance(0.5));
    }

    @Seeded(cases = 15)
    void findsPercentilesOfAbsoluteValues(Gen gen) throws Exception {
        compare(gen, CalibrationMethod.ABSOLUTE_PERCENTILE, "Percentile", false);
    }

    @Seeded(cases = 15)
    void findsTheLeastEntropy(Gen gen) throws Exception {
        compare(gen, CalibrationMethod.ENTROPY, "Entropy", gen.chance(0.5));
    }

    private void compare(Gen gen, CalibrationMethod method, String theirs, boolean exact) throws Exception {
        double percentile = gen.oneOf(99.999, 99.9, 90.0);
        JsonNode answer = python.ask(Map.of(
                "ask",
                "calibrate",
                "seed",
                gen.integer(0, 1_000_000_000),
                "folder",
                folder.toString(),
                "method",
                theirs,
                "percentile",
                percentile,
                "atOnce",
                exact,
                "symmetric",
                method == CalibrationMethod.ABSOLUTE_PERCENTILE));
        ModelFile model = ModelFile.open(folder.resolve("model.onnx"), SafetyLimits.strict());
        Calibrator calibrator = new Calibrator(model, method, percentile, exact);
        if (calibrator.values().isEmpty()) {
            assertThat(answer.get("ranges")).isEmpty();
            return;
        }
        for (int pass = 0; pass < calibrator.passes(); pass++) {
            Path probe = folder.resolve("probe.onnx");
            calibrator.writeProbe(probe);
            run(probe, answer.get("rows"), calibrator);
        }
        Map<String, List<Float>> found = new TreeMap<>();
        calibrator.ranges().byName().forEach((name, range) -> found.put(name, List.of(range.min(), range.max())));
        Map<String, List<Float>> wanted = new TreeMap<>();
        answer.get("ranges")
                .properties()
                .forEach(range -> wanted.put(
                        range.getKey(),
                        List.of(
                                range.getValue().get(0).floatValue(),
                                range.getValue().get(1).floatValue())));
        assertThat(found).isEqualTo(wanted);
    }

    private static void run(Path probe, JsonNode rows, Calibrator calibrator) {
        try (ModelRunner runner = ModelRunner.start(RunPlan.of(probe).withoutOptimizer(), WORKER)) {
            for (JsonNode row : rows) {
                Slot slot = runner.emptySlot();
                for (int input = 0; input < row.size(); input++) {
                    ByteBuffer memory = slot.input(input);
                    memory.clear();
                    for (JsonNode number : row.get(input)) {
                        if (number.isIntegralNumber()) {
                            memory.putLong(number.longValue());
                        } else {
                            memory.putFloat(number.floatValue());
                        }
                    }
                    memory.clear();
                }
                runner.submit(slot, runner.batch());
                calibrator.take(runner.next());
                runner.release(slot);
            }
        }
    }
}
