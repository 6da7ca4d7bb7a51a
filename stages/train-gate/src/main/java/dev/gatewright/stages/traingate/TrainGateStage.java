// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.metrics.gate.GateResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs the user's training and judges the numbers that it wrote.
 *
 * <p>The declared outputs are moved aside first and must be written anew; a command that fails is not evaluated, whatever its
 * files say; one whose rules are already lost is ended early.
 */
public final class TrainGateStage implements Stage<TrainGateSection> {
    private static final String LOG = "training.log";

    @Override
    public StageName name() {
        return StageName.TRAIN_GATE;
    }

    @Override
    public Shape<TrainGateSection> shape() {
        return TrainGateSection.SHAPE;
    }

    @Override
    public void check(TrainGateSection section, Spec spec, Problems problems) {
        // Its shape says it all: which numbers there are only the training knows.
    }

    @Override
    public StageOutcome run(TrainGateSection section, StageRequest request) throws InterruptedException {
        Spec spec = request.spec();
        Outputs outputs = new Outputs(section, spec.folder());
        TrainingJudge judge = new TrainingJudge(section.gates());
        List<Artifact> data = dataSets(spec);
        try {
            outputs.moveAside(request.folder().resolve("previous"));
            request.progress().step("training: " + section.run());
            Path log = request.folder().resolve(LOG);
            Training.End end = new Training(section, spec.folder(), log, judge, request.progress()).run();
            Integer exitCode = end.exitCode();
            Json.Builder environment = Json.object()
                    .put("command", section.run())
                    .put("exitCode", exitCode == null ? Json.NULL : Json.of(exitCode))
                    .put("seconds", end.took().toMillis() / 1000.0)
                    .put("log", LOG);
            if (section.python() != null) {
                environment.put("python", PythonPackages.of(section.python(), spec.folder()));
            }
            return outcome(section, spec, outputs, judge, data, end, environment);
        } catch (IOException e) {
            throw new StageFailedException(
                    "the training could not be run: " + e.getMessage(), "check train-gate.run and its folder", e);
        }
    }

    private static StageOutcome outcome(
            TrainGateSection section,
            Spec spec,
            Outputs outputs,
            TrainingJudge judge,
            List<Artifact> data,
            Training.End end,
            Json.Builder environment) {
        String file = section.metrics().value().toString();
        List<GateResult> gates;
        List<Artifact> written = List.of();
        String failure = failure(section, outputs, end);
        if (end.lost() != null) {
            environment.put("endedEarly", end.lost().why());
            environment.put("numbers", numbers(end.series()));
            gates = judge.judgeLost(end.lost(), end.series(), file);
        } else if (failure != null) {
            gates = judge.notEvaluated(failure);
        } else {
            try {
                Map<String, List<Double>> series =
                        MetricsFile.read(spec.folder().resolve(file), false);
                environment.put("numbers", numbers(series));
                gates = judge.judge(series, file);
                written = outputs.artifacts();
            } catch (IOException e) {
                gates = judge.notEvaluated(file + " cannot be read: " + e.getMessage());
            }
        }
        Json.Obj facts = Json.object().put("command", section.run()).build();
        return new StageOutcome(gates, List.of(), data, written, facts, environment.build());
    }

    /** Why nothing can be judged of a training that was not ended early; null where it can. */
    private static @Nullable String failure(TrainGateSection section, Outputs outputs, Training.End end) {
        if (end.outOfTime()) {
            return "the training was ended because it ran longer than its time-limit";
        }
        Integer exitCode = end.exitCode();
        if (exitCode != null && exitCode != 0) {
            return "'" + section.run() + "' ended with exit code " + exitCode + "; its output is in " + LOG;
        }
        List<Path> missing = outputs.missing();
        return missing.isEmpty() ? null : "the training did not write " + missing.get(0);
    }

    /** All numbers over the epochs; what is not finite, which JSON cannot say, is null. */
    private static Json.Obj numbers(Map<String, List<Double>> series) {
        Json.Builder json = Json.object();
        series.forEach(
                (name, values) -> json.put(name, values.stream().map(Json::of).toList()));
        return json.build();
    }

    /** The data sets of the spec that are there before the training, by digest. */
    private static List<Artifact> dataSets(Spec spec) {
        List<Artifact> artifacts = new ArrayList<>();
        for (Map.Entry<String, DataSection> data : new TreeMap<>(spec.data()).entrySet()) {
            Path file = spec.resolve(data.getValue().path().value());
            if (Files.exists(file)) {
                try {
                    artifacts.add(Artifact.of(data.getKey(), file, spec.folder()));
                } catch (IOException e) {
                    throw new StageFailedException(
                            "the data set " + data.getKey() + " cannot be read: " + e.getMessage(),
                            "check data." + data.getKey() + ".path",
                            e);
                }
            }
        }
        return artifacts;
    }
}
