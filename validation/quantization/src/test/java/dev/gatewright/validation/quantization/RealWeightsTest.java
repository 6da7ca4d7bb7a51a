// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import dev.gatewright.validation.testkit.PythonReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transformer with the weights that it was trained to: all-MiniLM-L6-v2, 22 million of them, on sentences. */
@Tag("python")
class RealWeightsTest {
    /** The runtime adds in another order where shapes are declared, as theirs declares them, and int8 makes much of little. */
    private static final double OF_ONE = 0.005;

    private static final double OF_ALL = 0.001;

    @SuppressWarnings("NullAway.Init") // JUnit starts it before any test
    private static PythonReference python;

    @TempDir
    static Path folder;

    @BeforeAll
    static void export() {
        try (PythonReference exporter = PythonReference.start(RealWeightsTest.class, "minilm.py")) {
            exporter.ask(Map.of("folder", folder.toString()));
        }
        python = PythonReference.start(RealWeightsTest.class, "graphs.py");
    }

    @AfterAll
    static void end() {
        // Null where there is no Python and the tests were skipped.
        if (python != null) {
            python.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areQuantisedAsOnnxRuntimeDoesAndMeanNoLess(boolean perChannel) throws Exception {
        python.ask(
                Map.of("ask", "dynamic", "folder", folder.toString(), "perChannel", perChannel, "reducedRange", false));
        ModelFile model = ModelFile.open(folder.resolve("model.onnx"), SafetyLimits.strict());
        QuantizedModel ours =
                Quantizer.quantize(model, new DynamicInt8(perChannel, false), Set.of(), folder.resolve("ours.onnx"));

        JsonNode compared = python.ask(Map.of("ask", "compare", "folder", folder.toString(), "declared", true));
        assertThat(compared.get("differing")).isEmpty();
        // Integers, scale and zero point of each of 36 factors of products and 3 tables of embeddings.
        assertThat(compared.get("compared").asInt()).isEqualTo(3 * 39);
        assertThat(ours.nodes()).hasSize(39);

        JsonNode cosines = python.ask(Map.of("ask", "cosines", "folder", folder.toString()));
        double sum = 0;
        double sumOfTheirs = 0;
        int sentences = cosines.get("ours").size();
        for (int i = 0; i < sentences; i++) {
            double one = cosines.get("ours").get(i).asDouble();
            double theirs = cosines.get("theirs").get(i).asDouble();
            assertThat(one).as("cosine of sentence %d", i).isGreaterThan(theirs - OF_ONE);
            sum += one;
            sumOfTheirs += theirs;
        }
        assertThat(sentences).isEqualTo(32);
        assertThat(sum / sentences)
                .isGreaterThan(perChannel ? 0.98 : 0.95)
                .isGreaterThan(sumOfTheirs / sentences - OF_ALL);
    }
}
