// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.PythonReference;
import dev.gatewright.validation.testkit.Seeded;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Weights in blocks are those of the kernels that ONNX Runtime's own quantiser calls, to the bit. */
@Tag("python")
class WeightOnlyTest {
    @SuppressWarnings("NullAway.Init") // JUnit starts it before any test
    private static PythonReference python;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        python = PythonReference.start(WeightOnlyTest.class, "graphs.py");
    }

    @AfterAll
    static void end() {
        // Null where there is no Python and the tests were skipped.
        if (python != null) {
            python.close();
        }
    }

    @Seeded(cases = 150)
    void quantisesRandomGraphsAsOnnxRuntimeDoes(Gen gen) throws Exception {
        python.ask(Map.of(
                "ask", "make",
                "seed", gen.integer(0, 1_000_000_000),
                "folder", folder.toString()));
        WeightOnly scheme = new WeightOnly(gen.oneOf(4, 8), gen.oneOf(16, 32, 64, 128, 256), gen.chance(0.5));
        ModelFile model = ModelFile.open(folder.resolve("model.onnx"), SafetyLimits.strict());
        QuantizedModel ours = Quantizer.quantize(model, scheme, Set.of(), folder.resolve("ours.onnx"));
        JsonNode answer = python.ask(Map.of(
                "ask", "blocks",
                "folder", folder.toString(),
                "bits", scheme.bits(),
                "blockSize", scheme.blockSize(),
                "symmetric", scheme.symmetric()));
        assertThat(answer.get("differing")).isEmpty();
        assertThat(answer.get("compared").asInt() == 0).isEqualTo(ours.nodes().isEmpty());
        ModelFile.open(ours.path(), SafetyLimits.strict());
    }
}
