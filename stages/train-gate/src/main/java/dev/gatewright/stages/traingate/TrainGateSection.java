// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code train-gate} of a spec.
 *
 * @param run the command line, for the system's shell, started in the spec's folder
 * @param outputs what the command must write anew
 * @param metrics the file with the numbers; JSON or CSV by its name
 * @param environment variables beside those of the program
 * @param timeLimit how long the command may run
 * @param python the interpreter whose packages are recorded
 */
public record TrainGateSection(
        Place place,
        String run,
        List<Path> outputs,
        Placed<Path> metrics,
        Map<String, String> environment,
        @Nullable Duration timeLimit,
        @Nullable String python,
        List<TrainingGate> gates) {

    private static final Key<String> RUN = Key.required(
            "run",
            Shapes.text(),
            "The command that trains, run by the system's shell in the spec's folder.",
            "run: python train.py --out build");
    private static final Key<List<Path>> OUTPUTS = Key.optional(
            "outputs",
            Shapes.listOf(Shapes.pathBelow(), false),
            "The files that the command must write anew; what lies there is moved aside first.",
            "outputs: [build/model.onnx]");
    private static final Key<Placed<Path>> METRICS = Key.required(
            "metrics",
            Shapes.placed(Shapes.pathBelow()),
            "The file to which the command writes its numbers: JSON, or CSV with a line an epoch.",
            "metrics: build/metrics.json");
    private static final Key<Map<String, String>> ENVIRONMENT = Key.optional(
            "environment",
            Shapes.mapOf("names to values", Shapes.text()),
            "Environment variables of the command, beside those of the program.",
            "environment: {SEED: \"7\"}");
    private static final Key<Duration> TIME_LIMIT = Key.optional(
            "time-limit", Shapes.duration(), "How long the command may run; then it is ended.", "time-limit: 2h");
    private static final Key<String> PYTHON = Key.optional(
            "python",
            Shapes.text(),
            "The Python interpreter whose installed packages the report records.",
            "python: .venv/bin/python");
    private static final Key<List<TrainingGate>> GATES = Key.required(
            "gates",
            Shapes.listOf(TrainingGate.SHAPE, false),
            "The rules on the numbers.",
            "gates: [{metric: val_loss, max: 0.35}]");

    static final Section<TrainGateSection> SHAPE = new Section<>(
            "train-gate",
            List.of(RUN, OUTPUTS, METRICS, ENVIRONMENT, TIME_LIMIT, PYTHON, GATES),
            TrainGateSection::make);

    private static @Nullable TrainGateSection make(Values values, Problems problems) {
        Placed<Path> metrics = values.need(METRICS);
        if (MetricsFile.Format.of(metrics.value()).isEmpty()) {
            problems.add(
                    metrics.place(),
                    "'" + metrics.value() + "' ends neither in .json nor in .csv, so its format is not known",
                    METRICS.example());
            return null;
        }
        return new TrainGateSection(
                values.place(),
                values.need(RUN),
                values.get(OUTPUTS, List.of()),
                metrics,
                values.get(ENVIRONMENT, Map.of()),
                values.get(TIME_LIMIT),
                values.get(PYTHON),
                values.need(GATES));
    }
}
