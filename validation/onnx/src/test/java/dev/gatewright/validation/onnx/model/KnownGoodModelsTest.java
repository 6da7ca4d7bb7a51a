// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.testkit.PythonReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No false alarm: valid models of ONNX itself and of common exporters open, and say what Python's onnx reads in them. */
@Tag("python")
class KnownGoodModelsTest {
    private static PythonReference python;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        python = PythonReference.start(KnownGoodModelsTest.class, "onnx_models.py");
    }

    @AfterAll
    static void stop() {
        if (python != null) {
            python.close();
        }
    }

    @Test
    void opensTheModelsOfOnnxsOperatorTests() {
        assertThat(opened(Map.of("task", "node_tests", "folder", folder.toString())))
                .isGreaterThanOrEqualTo(1800);
    }

    @Test
    void opensTheModelsThatAreInstalledWithOnnx() {
        assertThat(opened(Map.of("task", "installed"))).isGreaterThanOrEqualTo(140);
    }

    @Test
    void opensModelsOfScikitLearnAndTheirOptimisedForms() {
        assertThat(opened(Map.of("task", "converted", "folder", folder.toString())))
                .isEqualTo(17);
    }

    @Test
    void opensModelsWithExternalDataInEveryLayout() {
        assertThat(opened(Map.of("task", "external", "folder", folder.toString())))
                .isEqualTo(7);
    }

    private static int opened(Map<String, String> question) {
        List<String> files = new ArrayList<>();
        python.ask(question).forEach(file -> files.add(file.textValue()));
        JsonNode expected = python.ask(Map.of("task", "read", "files", files));
        for (int i = 0; i < files.size(); i++) {
            ModelDescription description =
                    ModelFile.open(Path.of(files.get(i)), SafetyLimits.strict()).description();
            assertThat(Summary.of(description)).as(files.get(i)).isEqualTo(Summary.of(expected.get(i)));
        }
        return files.size();
    }
}
