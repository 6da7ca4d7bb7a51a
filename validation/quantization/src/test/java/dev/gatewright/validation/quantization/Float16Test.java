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

/** Models in half precision are well typed, hold NumPy's halves, and answer as the original does. */
@Tag("python")
class Float16Test {
    @SuppressWarnings("NullAway.Init") // JUnit starts it before any test
    private static PythonReference python;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        python = PythonReference.start(Float16Test.class, "graphs.py");
    }

    @AfterAll
    static void end() {
        // Null where there is no Python and the tests were skipped.
        if (python != null) {
            python.close();
        }
    }

    @Seeded(cases = 150)
    void convertsRandomGraphs(Gen gen) throws Exception {
        python.ask(Map.of(
                "ask", "make", "seed", gen.integer(0, 1_000_000_000), "folder", folder.toString(), "tame", true));
        Set<String> kept = gen.oneOf(Set.of(), Set.of("MatMul"), Set.of("Relu", "Gemm"), Set.of("Conv"));
        ModelFile model = ModelFile.open(folder.resolve("model.onnx"), SafetyLimits.strict());
        QuantizedModel ours = Quantizer.quantize(model, new Float16(kept), Set.of(), folder.resolve("ours.onnx"));
        JsonNode answer = python.ask(Map.of("ask", "halves", "folder", folder.toString(), "kept", kept));
        assertThat(answer.get("differing")).isEmpty();
        assertThat(ours.nodes()).noneMatch(node -> kept.contains(node.operator()));
        ModelFile.open(ours.path(), SafetyLimits.strict());
    }
}
