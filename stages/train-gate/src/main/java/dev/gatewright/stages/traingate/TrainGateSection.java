// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.run.DeclaredOutputs;
import dev.gatewright.stages.api.spec.DidYouMean;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code train-gate} of a spec.
 *
 * @param run the command line, for the system's shell, started in the spec's folder; or a notebook's path
 * @param outputs what the command must write anew
 * @param metrics where the numbers stand
 * @param environment variables beside those of the program
 * @param timeLimit how long the command may run
 * @param python the interpreter whose packages are recorded, where {@code run} does not start with it
 */
public record TrainGateSection(
        Place place,
        String run,
        List<Placed<Path>> outputs,
        MetricsSource metrics,
        Map<String, String> environment,
        @Nullable Duration timeLimit,
        @Nullable String python,
        List<TrainingGate> gates) {

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Path RUNS = Path.of(".gatewright");

    private static final Key<String> RUN = Key.required(
            "run",
            Shapes.text(),
            "The command that trains, run by the system's shell in the spec's folder; or the path of a notebook.",
            "run: python train.py --out build");
    private static final Key<List<Placed<Path>>> OUTPUTS = Key.optional(
            "outputs",
            Shapes.listOf(Shapes.placed(Shapes.pathBelow()), false),
            "The files that the command must write anew; what lies there is moved aside first.",
            "outputs: [build/model.onnx]");
    private static final Key<MetricsSource> METRICS = Key.required(
            "metrics",
            new MetricsShape(),
            "The file to which the command writes its numbers (JSON, or CSV with a line an epoch), or another source.",
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
            "The Python interpreter whose packages the report records and that runs notebooks, where the command does not start with it.",
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

    /** What the command must write anew, the place of its numbers included. */
    DeclaredOutputs declared(Path specFolder) {
        List<Path> paths = new ArrayList<>();
        outputs.forEach(output -> paths.add(output.value()));
        Placed<Path> numbers = metrics.output();
        if (numbers != null) {
            paths.add(numbers.value());
        }
        return new DeclaredOutputs(paths, specFolder, "training");
    }

    private static @Nullable TrainGateSection make(Values values, Problems problems) {
        MetricsSource metrics = values.need(METRICS);
        List<Placed<Path>> outputs = values.get(OUTPUTS, List.of());
        Duration timeLimit = values.get(TIME_LIMIT);
        Map<String, String> environment = values.get(ENVIRONMENT, Map.of());
        Placed<Path> numbers = metrics.output();
        boolean fits = numbers == null || checkPlace(numbers, METRICS, problems);
        for (Placed<Path> output : outputs) {
            fits &= checkPlace(output, OUTPUTS, problems);
        }
        if (metrics instanceof FileSource file && file.format().isEmpty()) {
            problems.add(
                    file.output().place(),
                    "'" + file.name() + "' ends neither in .json nor in .csv, so its format is not known",
                    METRICS.example());
            fits = false;
        }
        if (metrics instanceof OutputSource output) {
            fits &= checkNames(output, values, problems);
        }
        if (timeLimit != null && timeLimit.isZero()) {
            problems.add(values.place(TIME_LIMIT), "a time-limit of 0 lets nothing run", TIME_LIMIT.example());
            fits = false;
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (!VARIABLE.matcher(variable.getKey()).matches()) {
                problems.add(
                        values.place(ENVIRONMENT),
                        "'" + variable.getKey()
                                + "' is not the name of an environment variable: letters, digits and '_'",
                        ENVIRONMENT.example());
                fits = false;
            }
            fits &= checkText(variable.getValue(), values.place(ENVIRONMENT), problems);
        }
        fits &= checkText(values.need(RUN), values.place(RUN), problems);
        return fits
                ? new TrainGateSection(
                        values.place(),
                        values.need(RUN),
                        outputs,
                        metrics,
                        environment,
                        timeLimit,
                        values.get(PYTHON),
                        values.need(GATES))
                : null;
    }

    /** The runs, their reports among them, are no training's to write. */
    private static boolean checkPlace(Placed<Path> output, Key<?> key, Problems problems) {
        if (!output.value().startsWith(RUNS)) {
            return true;
        }
        problems.add(output.place(), "'" + output.value() + "' lies where the runs are kept", key.example());
        return false;
    }

    /** Of what is printed, only those numbers are known for which there is a pattern. */
    private static boolean checkNames(OutputSource output, Values values, Problems problems) {
        Set<String> known = output.patterns().keySet();
        Set<String> asked = new LinkedHashSet<>();
        for (TrainingGate gate : values.need(GATES)) {
            asked.add(gate.measure().name());
            if (gate.measure().minus() instanceof Minus.Other other) {
                asked.add(other.name());
            }
        }
        asked.removeAll(known);
        for (String name : asked) {
            problems.add(
                    values.place(METRICS),
                    "metrics.output has no pattern for '" + name + "', which a gate judges"
                            + DidYouMean.hint(name, known),
                    "output: {" + name + ": \"" + name + ": {number}\"}");
        }
        return asked.isEmpty();
    }

    private static boolean checkText(String text, Place place, Problems problems) {
        if (text.indexOf('\0') < 0) {
            return true;
        }
        problems.add(place, "no command and no variable can hold a zero character");
        return false;
    }
}
