// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.validation.testkit.Gen;
import dev.gatewright.validation.testkit.PythonReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published JSON Schema against the reader, by Python's {@code jsonschema}. */
@Tag("python")
class SchemaTest {
    @TempDir
    private Path folder;

    @Test
    void isAJsonSchema() {
        assertThat(ask(List.of()).get("schema").asText()).isEmpty();
    }

    /** An editor that knows the schema must not mark a spec that the program takes. */
    @Test
    void acceptsWhatTheReaderAccepts() throws IOException {
        Gen gen = new Gen(1);
        List<Json> documents = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Json valid = SpecDocuments.valid(gen);
            assertThat(problems(valid)).as(JsonWriter.compact(valid)).isEmpty();
            documents.add(valid);
            documents.add(SpecDocuments.changed(gen, valid, true));
            documents.add(SpecDocuments.changed(gen, SpecDocuments.changed(gen, valid, true), true));
        }
        JsonNode answers = ask(documents).get("refusals");
        int accepted = 0;
        for (int i = 0; i < documents.size(); i++) {
            if (problems(documents.get(i)).isEmpty()) {
                assertThat(answers.get(i).asText())
                        .as(JsonWriter.compact(documents.get(i)))
                        .isEmpty();
                accepted++;
            }
        }
        assertThat(accepted).isBetween(400, documents.size() - 200);
    }

    /** Mistakes of structure are refused by both. */
    @Test
    void refusesMistakesOfStructureAsTheReaderDoes() throws IOException {
        List<String> mistakes = List.of(
                "gatewright=2",
                "gatewright=one",
                "gatewright=~",
                "model=[]",
                "model=m",
                "model.name={}",
                "model.name=-m",
                "model.name=\"\"",
                "model.surprise=1",
                "model.task=clustering",
                "model.classes=[]",
                "model.classes=a",
                "model.classes=[~]",
                "model.classes=[[a]]",
                "model.scores=\" \"",
                "model.path=[a]",
                "model.scores-are=odds",
                "data=[]",
                "data.holdout=a.csv",
                "data.holdout={}",
                "data.holdout.path=~",
                "data.holdout.label=[]",
                "data.holdout.label={column: y}",
                "data.holdout.label={column: y, as: name, of: z}",
                "data.holdout.features=[a]",
                "data.holdout.features={image: []}",
                "data.holdout.features={image: {a: b}}",
                "data.holdout.slices=writer",
                "data.holdout.slices=[]",
                "data.holdout.missing=zero",
                "data.holdout.surprise=1",
                "baseline=none",
                "baseline={}",
                "baseline.policy=any",
                "baseline.policy=last-promoted",
                "baseline.otherwise=none",
                "device=gpu",
                "device=[cpu]",
                "stages={}",
                "stages=evaluate-metrics",
                "stages.deploy={}",
                "stages.quantize={}",
                "stages.evaluate-metrics=~",
                "stages.evaluate-metrics.gates=[]",
                "stages.evaluate-metrics.gates={}",
                "stages.evaluate-metrics.gates[0]=mse",
                "stages.evaluate-metrics.gates[0]={min: 1}",
                "stages.evaluate-metrics.gates[0].surprise=1",
                "stages.evaluate-metrics.gates[0].metric=[]",
                "stages.evaluate-metrics.gates[0].min=\"0.9\"",
                "stages.evaluate-metrics.gates[0].min=high",
                "stages.evaluate-metrics.gates[0].confidence=1",
                "stages.evaluate-metrics.gates[0].confidence=0",
                "stages.evaluate-metrics.gates[0].min-samples=0",
                "stages.evaluate-metrics.gates[0].min-samples=1.5",
                "stages.evaluate-metrics.gates[0].average=mean",
                "stages.evaluate-metrics.gates[0].zero-division=2",
                "stages.evaluate-metrics.gates[0].on-failure=ignore");
        Json.Obj valid = Json.object()
                .put("gatewright", 1L)
                .put(
                        "model",
                        Json.object()
                                .put("name", "m")
                                .put("task", "binary-classification")
                                .put("classes", Json.texts(List.of("no", "yes")))
                                .build())
                .put("data", Json.object().put("holdout", dataSet()).build())
                .put("baseline", Json.object().put("policy", "none").build())
                .put("stages", Json.object().put("evaluate-metrics", evaluate()).build())
                .build();
        Path file = write(valid);
        List<Json> documents = new ArrayList<>(List.of(valid));
        for (String mistake : mistakes) {
            Problems problems = new Problems();
            SpecNode written =
                    YamlReader.read(Files.readString(file), "test", problems).orElseThrow();
            documents.add(
                    new Settings(problems).apply(written, List.of(mistake)).toJson());
            assertThat(problems.errors()).as(mistake).isEmpty();
            assertThat(Specs.problems(Specs.reader(), file, List.of(mistake)))
                    .as(mistake)
                    .isNotEmpty();
        }
        JsonNode answers = ask(documents).get("refusals");

        assertThat(answers.get(0).asText()).isEmpty();
        for (int i = 0; i < mistakes.size(); i++) {
            assertThat(answers.get(i + 1).asText()).as(mistakes.get(i)).isNotEmpty();
        }
    }

    private static Json dataSet() {
        return Json.object()
                .put("path", "a.csv")
                .put("label", "y")
                .put("features", Json.object().put("image", "pixel_*").build())
                .build();
    }

    private static Json evaluate() {
        Json gate = Json.object().put("metric", "accuracy").put("min", 0.9).build();
        return Json.object().put("gates", List.of(gate)).build();
    }

    private List<Problem> problems(Json document) throws IOException {
        try {
            Specs.reader().read(write(document), List.of());
            return List.of();
        } catch (InvalidRequestException e) {
            return e.problems();
        }
    }

    private Path write(Json document) throws IOException {
        return Files.writeString(folder.resolve("gatewright.yaml"), JsonWriter.pretty(document));
    }

    private static JsonNode ask(List<Json> documents) {
        try (PythonReference python = PythonReference.start(SchemaTest.class, "json_schema.py")) {
            return python.ask(Map.of(
                    "schema", JsonWriter.compact(Specs.reader().schema()),
                    "documents", documents.stream().map(JsonWriter::compact).toList()));
        }
    }
}
