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

/** Dynamic quantisation is that of ONNX Runtime's own quantiser: integers, scales, zero points and results, to the bit. */
@Tag("python")
class DynamicInt8Test {
    @SuppressWarnings("NullAway.Init") // JUnit starts it before any test
    private static PythonReference python;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        python = PythonReference.start(DynamicInt8Test.class, "graphs.py");
    }

    @AfterAll
    static void end() {
        // Null where there is no Python and the tests were skipped.
        if (python != null) {
            python.close();
        }
    }

    @Seeded(cases = 400)
    void quantisesRandomGraphsAsOnnxRuntimeDoes(Gen gen) throws Exception {
        boolean perChannel = gen.chance(0.5);
        boolean reducedRange = gen.chance(0.5);
        python.ask(Map.of(
                "ask",
                "make",
                "seed",
                gen.integer(0, 1_000_000_000),
                "folder",
                folder.toString(),
                "perChannel",
                perChannel,
                "reducedRange",
                reducedRange));
        ModelFile model = ModelFile.open(folder.resolve("model.onnx"), SafetyLimits.strict());
        QuantizedModel ours = Quantizer.quantize(
                model, new DynamicInt8(perChannel, reducedRange), Set.of(), folder.resolve("ours.onnx"));
        JsonNode answer = python.ask(Map.of("ask", "compare", "folder", folder.toString()));
        assertThat(answer.get("differing")).isEmpty();
        assertThat(answer.get("compared").asInt() == 0).isEqualTo(ours.nodes().isEmpty());
        ModelFile.open(ours.path(), SafetyLimits.strict());
    }
}
