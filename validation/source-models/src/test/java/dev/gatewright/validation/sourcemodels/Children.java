// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.sourcemodels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.rows.ElementType;
import dev.gatewright.validation.data.rows.Field;
import dev.gatewright.validation.testkit.PythonReference;
import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How tests ask source models. */
final class Children {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Children() {}

    /** A model of the tests' Python in {@code folder}. */
    static SourceModel model(SourceKind kind, String path, String task, Path folder) {
        return new SourceModel(
                kind,
                folder.resolve(path),
                null,
                null,
                null,
                0,
                task,
                folder,
                Requires.python().toString(),
                PATIENCE);
    }

    /** A module of PyTorch that a function in {@code folder}'s net.py makes; {@code weights} may be none. */
    static SourceModel network(String function, String weights, Path folder) {
        return new SourceModel(
                SourceKind.PYTORCH,
                weights.isEmpty() ? null : folder.resolve(weights),
                function,
                null,
                null,
                0,
                "multiclass-classification",
                folder,
                Requires.python().toString(),
                PATIENCE);
    }

    /** A foreign command in {@code folder}. */
    static SourceModel command(String line, Path folder, Duration limit) {
        return new SourceModel(
                SourceKind.COMMAND, null, null, line, null, 0, "multiclass-classification", folder, "python3", limit);
    }

    /** The rows of {@code folder}'s rows.csv as tensors in a new folder. */
    static List<FedTensor> tensors(Path folder, Map<String, List<String>> features, Map<String, ElementType> types)
            throws IOException, InterruptedException {
        try (DataFile rows = DataFile.open(folder.resolve("rows.csv"))) {
            return RowTensors.write(
                    rows, features, types, Field.Missing.REFUSE, Files.createTempDirectory(folder, "fed"));
        }
    }

    /** A new and empty folder for what a child leaves. */
    static Path work(Path folder) throws IOException {
        return Files.createTempDirectory(folder, "work");
    }

    /** That the model which was made answers {@code fed} as the source did; Python's ONNX Runtime is fed the same files. */
    static void assertAnswersAlike(PythonReference trainings, SourceAnswer answer, List<FedTensor> fed) {
        Map<String, String> inputs = new LinkedHashMap<>();
        fed.forEach(tensor -> inputs.put(tensor.name(), tensor.file().toString()));
        Map<String, String> outputs = new LinkedHashMap<>();
        answer.outputs()
                .forEach(tensor -> outputs.put(tensor.name(), tensor.file().toString()));
        JsonNode differences = trainings.ask(Map.of(
                "ask", "differences", "model", String.valueOf(answer.model()), "inputs", inputs, "outputs", outputs));
        assertThat(differences.size()).isEqualTo(outputs.size());
        differences
                .properties()
                .forEach(output -> assertThat(output.getValue().asDouble())
                        .as(output.getKey())
                        .isLessThan(1e-5));
    }
}
