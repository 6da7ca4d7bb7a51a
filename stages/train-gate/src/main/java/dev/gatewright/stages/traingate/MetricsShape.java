// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.SpecNode;
import dev.gatewright.stages.api.spec.Values;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The key {@code metrics}: a file's path, or a mapping that names another source. */
final class MetricsShape implements Shape<MetricsSource> {
    private static final String FILE = "metrics: build/metrics.json";

    private static final Key<Placed<Path>> TENSORBOARD = Key.optional(
            "tensorboard",
            Shapes.placed(Shapes.pathBelow()),
            "The folder to which the command writes TensorBoard's event files.",
            "tensorboard: build/logs");
    private static final Key<Placed<Path>> TRAINER_STATE = Key.optional(
            "trainer-state",
            Shapes.placed(Shapes.pathBelow()),
            "The output folder of Hugging Face's Trainer, with its trainer_state.json.",
            "trainer-state: build/trainer");
    private static final Key<MlflowSource> MLFLOW = Key.optional(
            "mlflow",
            MlflowShape.SECTION,
            "An MLflow tracking server: a run is made there, and the command finds it in MLFLOW_RUN_ID.",
            "mlflow: {server: \"http://127.0.0.1:5000\", experiment: digits}");
    private static final Key<Map<String, String>> OUTPUT = Key.optional(
            "output",
            Shapes.mapOf("names to patterns", Shapes.text()),
            "How each number stands in a line that the command prints: {number} is the number, * any text.",
            "output: {val_loss: \"val_loss: {number}\"}");

    private static final List<Key<?>> KEYS = List.of(TENSORBOARD, MLFLOW, TRAINER_STATE, OUTPUT);
    private static final Section<MetricsSource> SECTION = new Section<>("train-gate.metrics", KEYS, MetricsShape::make);

    @Override
    public @Nullable MetricsSource read(SpecNode node, Problems problems) {
        if (node instanceof SpecNode.Mapping) {
            return SECTION.read(node, problems);
        }
        Placed<Path> file = Shapes.placed(Shapes.pathBelow()).read(node, problems);
        return file == null ? null : new FileSource(file);
    }

    @Override
    public Json schema() {
        return Json.object()
                .put("anyOf", List.of(Shapes.pathBelow().schema(), SECTION.schema()))
                .build();
    }

    private static @Nullable MetricsSource make(Values values, Problems problems) {
        if (KEYS.stream().filter(values::has).count() != 1) {
            List<String> names = KEYS.stream().map(Key::name).toList();
            problems.add(values.place(), "the numbers have one source: write one of " + String.join(", ", names), FILE);
            return null;
        }
        Placed<Path> events = values.get(TENSORBOARD);
        if (events != null) {
            return new EventsSource(events);
        }
        Placed<Path> trainer = values.get(TRAINER_STATE);
        if (trainer != null) {
            return new TrainerStateSource(trainer);
        }
        MlflowSource mlflow = values.get(MLFLOW);
        return mlflow != null ? mlflow : output(values, problems);
    }

    private static @Nullable MetricsSource output(Values values, Problems problems) {
        Map<String, OutputPattern> patterns = new LinkedHashMap<>();
        Map<String, String> written = values.get(OUTPUT, Map.of());
        written.forEach((name, text) -> OutputPattern.of(text)
                .ifPresentOrElse(
                        pattern -> patterns.put(name, pattern),
                        () -> problems.add(
                                values.place(OUTPUT),
                                "'" + text + "' has to say what stands before the number, and once "
                                        + OutputPattern.NUMBER,
                                OUTPUT.example())));
        if (written.isEmpty()) {
            problems.add(values.place(OUTPUT), "the mapping is empty", OUTPUT.example());
        }
        return written.isEmpty() || patterns.size() < written.size() ? null : new OutputSource(patterns);
    }
}
