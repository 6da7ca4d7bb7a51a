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
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Static quantisation is that of ONNX Runtime's own quantiser: integers, scales, zero points and results, to the bit. */
@Tag("python")
class StaticInt8Test {
    @SuppressWarnings("NullAway.Init") // JUnit starts it before any test
    private static PythonReference python;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        python = PythonReference.start(StaticInt8Test.class, "graphs.py");
    }

    @AfterAll
    static void end() {
        // Null where there is no Python and the tests were skipped.
        if (python != null) {
            python.close();
        }
    }

    @Seeded(cases = 200)
    void quantisesRandomGraphsAsOnnxRuntimeDoes(Gen gen) throws Exception {
        boolean perChannel = gen.chance(0.5);
        boolean reducedRange = gen.chance(0.3);
        boolean symmetric = gen.chance(0.4);
        JsonNode calibrated = python.ask(Map.of(
                "ask",
                "static",
                "seed",
                gen.integer(0, 1_000_000_000),
                "folder",
                folder.toString(),
                "perChannel",
                perChannel,
                "reducedRange",
                reducedRange,
                "symmetric",
                symmetric));
        Map<String, Ranges.Range> ranges = new HashMap<>();
        calibrated
                .get("ranges")
                .properties()
                .forEach(range -> ranges.put(
                        range.getKey(),
                        new Ranges.Range(
                                range.getValue().get(0).floatValue(),
                                range.getValue().get(1).floatValue())));
        ModelFile model = ModelFile.open(folder.resolve("model.onnx"), SafetyLimits.strict());
        StaticInt8 scheme = new StaticInt8(perChannel, reducedRange, symmetric, new Ranges(ranges));
        QuantizedModel ours = Quantizer.quantize(model, scheme, Set.of(), folder.resolve("ours.onnx"));
        JsonNode answer = python.ask(Map.of("ask", "compare", "folder", folder.toString()));
        assertThat(answer.get("differing")).isEmpty();
        assertThat(answer.get("compared").asInt() > 0 || ours.nodes().isEmpty()).isTrue();
        ModelFile.open(ours.path(), SafetyLimits.strict());
    }
}
