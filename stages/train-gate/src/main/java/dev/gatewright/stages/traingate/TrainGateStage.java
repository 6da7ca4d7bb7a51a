// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.process.CommandEnd;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.run.DeclaredOutputs;
import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.data.DataFile;
import dev.gatewright.validation.data.format.DataSource;
import dev.gatewright.validation.data.rows.BadDataException;
import dev.gatewright.validation.data.rows.FileChangedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs the user's training and judges the numbers that it wrote.
 *
 * <p>The declared outputs are moved aside first and must be written anew; a command that fails is not evaluated, whatever its
 * files say; one whose rules are already lost is ended early.
 */
public final class TrainGateStage implements Stage<TrainGateSection> {
    private static final Duration LONGEST_LIST_OF_PACKAGES = Duration.ofSeconds(30);

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
        OutputChecks.check(section, spec, problems);
        NaiveAnswer.check(section, spec, problems);
    }

    @Override
    public StageOutcome run(TrainGateSection section, StageRequest request) throws InterruptedException {
        Spec spec = request.spec();
        DeclaredOutputs outputs = section.declared(spec.folder());
        Path log = request.folder().resolve(Conclusion.LOG);
        TrainingJudge judge =
                new TrainingJudge(section.gates(), section.metrics().name(), NaiveAnswer.scores(section, spec));
        List<Artifact> data = dataSets(spec, outputs);
        try (DeclaredOutputs.Held held = outputs.hold()) {
            held.moveAside(request.folder().resolve("previous"));
            MetricsSource.Opened source = open(section.metrics(), request);
            FileTime start = Files.getLastModifiedTime(Files.write(log, new byte[0]));
            long startNanos = System.nanoTime();
            request.progress().step("training: " + CommandEnd.shown(section.run()));
            Training.End end =
                    new Training(section, spec.folder(), request.folder(), source, judge, request.progress()).run();
            double seconds = Duration.ofNanos(System.nanoTime() - startNanos).toMillis() / 1000.0;
            Conclusion conclusion = new Conclusion(section, spec, outputs, source, judge).of(end, start);
            source.ended(end instanceof Training.End.Exited);
            Json.Builder environment = Json.object()
                    .put("command", section.run())
                    .put(
                            "exitCode",
                            end instanceof Training.End.Exited exited
                                    ? Json.of((long) exited.end().exitCode())
                                    : Json.NULL)
                    .put("seconds", seconds)
                    .put("log", Conclusion.LOG)
                    .put("hardware", new Hardware(Path.of("/proc")).describe());
            Optional<String> python = PythonPackages.interpreter(section);
            if (python.isPresent()) {
                PythonPackages packages = new PythonPackages(LONGEST_LIST_OF_PACKAGES);
                environment.put("python", packages.ask(python.get(), section, spec.folder(), request.folder()));
            }
            if (end instanceof Training.End.Early early) {
                environment.put("endedEarly", early.lost().why());
            }
            source.facts().members().forEach(environment::put);
            environment.put("numbers", conclusion.numbers());
            throwIfInterrupted();
            Json.Obj facts = Json.object().put("command", section.run()).build();
            return new StageOutcome(
                    conclusion.gates(), List.of(), data, conclusion.outputs(), facts, environment.build());
        } catch (IOException e) {
            throwIfInterrupted();
            throw new StageFailedException(
                    "the training could not be run: " + Conclusion.reason(e),
                    "see to that file or folder, and to train-gate.run, and start the stage again",
                    e);
        }
    }

    /** A thread that is interrupted while it reads or writes finds its file closed: that is no failure of the file. */
    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while files were read or written");
        }
    }

    /** Fails before the training rather than after it, where its numbers could not be had. */
    private static MetricsSource.Opened open(MetricsSource metrics, StageRequest request) throws InterruptedException {
        try {
            return metrics.open(new MetricsSource.Opening(
                    request.spec().folder(), request.runId(), request.secrets(), request.clock()));
        } catch (IOException e) {
            throwIfInterrupted();
            throw new StageFailedException(
                    "the numbers of the training could not be had: " + metrics.name() + ": " + Conclusion.reason(e),
                    "see to what train-gate.metrics names, and start the stage again",
                    e);
        }
    }

    /** The data sets of the spec that are there before the training, by digest; not those that it or a later command makes. */
    private static List<Artifact> dataSets(Spec spec, DeclaredOutputs outputs) throws InterruptedException {
        List<Artifact> artifacts = new ArrayList<>();
        for (Map.Entry<String, DataSection> data : new TreeMap<>(spec.data()).entrySet()) {
            Placed<Path> path = data.getValue().path();
            Path file = spec.resolve(path.value());
            boolean isThere = data.getValue().prepare() == null && DataFile.exists(file);
            if (isThere && !outputs.include(file)) {
                boolean isImages = data.getValue().images() != null;
                try (DataSource source = isImages ? DataFile.imagesSource(file) : DataFile.source(file)) {
                    String shown = Artifact.shown(file, spec.folder());
                    artifacts.add(new Artifact(data.getKey(), shown, source.size(), source.sha256()));
                    source.verifyUnchanged();
                } catch (BadDataException | FileChangedException | UncheckedIOException e) {
                    throwIfInterrupted();
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
