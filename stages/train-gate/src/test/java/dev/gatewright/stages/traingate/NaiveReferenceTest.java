// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.PythonReference;
import dev.gatewright.validation.testkit.Seeded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Naive answers against scikit-learn's DummyClassifier and DummyRegressor. */
@Tag("python")
class NaiveReferenceTest {
    private static PythonReference scikitLearn;

    private TrainingFolder folder;

    @BeforeAll
    static void start() {
        scikitLearn = PythonReference.start(NaiveReferenceTest.class, "naive.py");
    }

    @AfterAll
    static void end() {
        if (scikitLearn != null) {
            scikitLearn.close();
        }
    }

    @BeforeEach
    void makeFolder(@TempDir Path path) {
        folder = new TrainingFolder(path).head("data: {holdout: {path: y.csv, label: y, features: {x: y}}}\n");
    }

    @Seeded(cases = 20)
    void scoresClassesAsTheDummyDoes(Gen gen) throws Exception {
        List<String> labels = gen.listOf(gen.integer(1, 300), () -> gen.oneOf("a", "b", "c"));
        folder.classes("a", "b", "c");

        isEqual(labels, scikitLearn.ask(Map.of("labels", labels, "classes", true)), "accuracy", "log_loss");
    }

    @Seeded(cases = 20)
    void scoresNumbersAsTheDummyDoes(Gen gen) throws Exception {
        List<Double> labels = gen.listOf(gen.integer(1, 3000), () -> gen.real(-100, 1000));

        isEqual(labels, scikitLearn.ask(Map.of("labels", labels, "classes", false)), "mse", "rmse", "mae");
    }

    /** By a number of the training that is 0. */
    private void isEqual(List<?> labels, JsonNode expected, String... names) throws Exception {
        Files.writeString(
                folder.path("y.csv"),
                "y\n" + labels.stream().map(String::valueOf).collect(Collectors.joining("\n")));
        for (String name : names) {
            Report report = folder.metrics("build/metrics.json")
                    .train(
                            "echo '{\"zero\": 0}' > build/metrics.json",
                            "metric: zero, minus: {naive: " + name + ", data: holdout}, max: 1");
            double value = -report.document()
                    .objects("gates")
                    .get(0)
                    .objects("findings")
                    .get(0)
                    .number("value")
                    .orElseThrow();
            double wanted = expected.get(name).asDouble();
            assertThat(value).as(name).isCloseTo(wanted, within(1e-12 * Math.max(1, Math.abs(wanted))));
        }
    }
}
