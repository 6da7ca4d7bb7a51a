// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.catalogue.ScoreMetrics;
import dev.gatewright.validation.testkit.PythonReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that scikit-learn trained and its converter made, judged as scikit-learn judges their answers. */
@Tag("python")
class ScikitLearnModelsTest {
    private static final int ROWS = 1500;

    /** What two versions of ONNX Runtime may differ by in 32 bits. */
    private static final double FLOATS = 1e-6;

    private static PythonReference scikitLearn;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        scikitLearn = PythonReference.start(ScikitLearnModelsTest.class, "scikit_learn_models.py");
    }

    @AfterAll
    static void end() {
        if (scikitLearn != null) {
            scikitLearn.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zipmap_strings",
                "zipmap_integers",
                "integers",
                "strings",
                "sparse_integers",
                "network",
                "double_precision",
                "logits",
                "fixed_batch",
                "sigmoid",
                "several_inputs",
                "missing_values"
            })
    void classifiersAreJudgedAsScikitLearnJudgesThem(String model) throws InterruptedException {
        JsonNode expected = ask(model);
        List<String> classes = texts(expected.get("classes"));
        Judging judging = classes.size() == 2
                ? judging(model, expected).binary(1, classes.get(0), classes.get(1))
                : judging(model, expected).multiclass(classes);

        Evaluation evaluation = judging.gates(Gates.max(MetricChoice.of(ScoreMetrics.LOG_LOSS, classes), 100))
                .judge();

        for (int label = 0; label < classes.size(); label++) {
            for (int said = 0; said < classes.size(); said++) {
                assertThat(evaluation.classes().rows(label, said))
                        .as("rows of class %s that are said to be %s", classes.get(label), classes.get(said))
                        .isEqualTo(
                                expected.at("/confusion/" + label + "/" + said).asLong());
            }
            assertSame(
                    evaluation,
                    "f1[class=" + classes.get(label) + "]",
                    expected.get("f1").get(label).asDouble());
        }
        assertSame(evaluation, "accuracy", expected.get("accuracy").asDouble());
        assertSame(evaluation, "precision[macro]", expected.get("macro").get(0).asDouble());
        assertSame(evaluation, "recall[macro]", expected.get("macro").get(1).asDouble());
        assertSame(evaluation, "f1[macro]", expected.get("macro").get(2).asDouble());
        assertThat(evaluation.gates().get(0).findings().get(0).value())
                .isCloseTo(expected.get("log_loss").asDouble(), Offset.offset(FLOATS));
        assertThat(evaluation.rows().rows()).isEqualTo(ROWS);
    }

    /** Texts, integers and floats are fed as they are fed from CSV. */
    @ParameterizedTest
    @ValueSource(strings = {"rows.parquet", "rows.jsonl", "rows.npz"})
    void theSameRowsInAnotherFormatAreJudgedTheSame(String file) throws InterruptedException {
        JsonNode expected = ask("several_inputs");
        List<String> classes = texts(expected.get("classes"));

        Evaluation evaluation = judging("several_inputs", expected, file)
                .multiclass(classes)
                .gates(Gates.max(MetricChoice.of(ScoreMetrics.LOG_LOSS, classes), 100))
                .judge();
        Evaluation ofCsv = judging("several_inputs", expected)
                .multiclass(classes)
                .gates(Gates.max(MetricChoice.of(ScoreMetrics.LOG_LOSS, classes), 100))
                .judge();

        assertThat(expected.get("inputs").has("town")).isTrue();
        assertThat(Results.toTheBit(evaluation)).isEqualTo(Results.toTheBit(ofCsv));
    }

    @ParameterizedTest
    @ValueSource(strings = {"regression", "forest_regression"})
    void regressionsAreJudgedAsScikitLearnJudgesThem(String model) throws InterruptedException {
        JsonNode expected = ask(model);
        Evaluation evaluation = judging(model, expected).regression().judge();

        for (String metric : List.of("rmse", "mae", "r2")) {
            double value = expected.get(metric).asDouble();
            assertThat(Results.value(evaluation, metric, ""))
                    .as(metric)
                    .isCloseTo(value, Offset.offset(FLOATS * Math.max(1, value)));
        }
    }

    private JsonNode ask(String model) {
        return scikitLearn.ask(
                Map.of("model", model, "folder", folder.toString(), "rows", ROWS, "seed", model.hashCode() & 0xffff));
    }

    private Judging judging(String model, JsonNode expected) {
        return judging(model, expected, "rows.csv");
    }

    private Judging judging(String model, JsonNode expected, String data) {
        Map<String, List<String>> features = new LinkedHashMap<>();
        expected.get("inputs").properties().forEach(input -> features.put(input.getKey(), texts(input.getValue())));
        Path file = folder.resolve("model.onnx");
        Path rows = folder.resolve(data);
        return switch (model) {
            case "logits" -> Judging.logits(file, rows, features);
            case "missing_values" -> Judging.model(file, rows, features).missingAsNaN();
            default -> Judging.model(file, rows, features);
        };
    }

    private static void assertSame(Evaluation evaluation, String metric, double expected) {
        assertThat(Results.value(evaluation, metric, "")).as(metric).isCloseTo(expected, Offset.offset(1e-12));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
