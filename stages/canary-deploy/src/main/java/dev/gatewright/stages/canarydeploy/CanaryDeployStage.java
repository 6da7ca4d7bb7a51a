// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.run.AtomicFile;
import dev.gatewright.stages.api.run.ProcessLock;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.canarydeploy.port.Side;
import dev.gatewright.stages.canarydeploy.port.Target;
import dev.gatewright.stages.evaluation.GoldenSets;
import dev.gatewright.stages.evaluation.JudgedModel;
import dev.gatewright.stages.evaluation.ModelOfRun;
import dev.gatewright.stages.evaluation.ServedAnswers;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets the candidate have a growing share of the traffic, and all of it only if every step holds its gates. */
public final class CanaryDeployStage implements Stage<CanaryDeploySection> {
    /** The output by which the stages after this one find where the model is served. */
    static final String OUTPUT = "endpoint";

    private static final String DOCUMENT = "endpoint.json";
    private static final String FORMAT = "gatewright-endpoint/v1";

    @Override
    public StageName name() {
        return StageName.CANARY_DEPLOY;
    }

    @Override
    public Shape<CanaryDeploySection> shape() {
        return CanaryDeploySection.SHAPE;
    }

    @Override
    public void check(CanaryDeploySection section, Spec spec, Problems problems) {
        JudgedModel.check(name(), section.place(), spec, problems);
        GoldenSets.check(section.golden(), spec, problems);
        for (Gate gate : ServedAnswers.gates(section.ofTask(), spec, problems)) {
            if (gate.measure().isRunTime()) {
                problems.add(
                        section.place(),
                        "no " + gate.measure().spelling() + " is judged of a step; write one of "
                                + String.join(", ", CanaryMeasure.names()));
            }
        }
        for (CanaryGate.OfTraffic gate : section.ofTraffic()) {
            if (gate.measure() == CanaryMeasure.ACCURACY
                    && spec.model().classes().isEmpty()) {
                problems.add(gate.place(), "accuracy is of classes, and model.classes names none");
            }
        }
    }

    @Override
    public boolean runsModel(CanaryDeploySection section) {
        return true;
    }

    /** Where what is known of the targets of a spec in {@code specFolder} lies. */
    public static Path targetsOf(Path specFolder) {
        return specFolder.resolve(".gatewright").resolve("targets");
    }

    @Override
    public StageOutcome run(CanaryDeploySection section, StageRequest request) throws InterruptedException {
        Path document = request.folder().resolve(DOCUMENT);
        Path folder =
                targetsOf(request.spec().folder()).resolve(section.target().name(request.spec()));
        try {
            Files.deleteIfExists(document);
            Files.createDirectories(folder);
            ModelFile model = JudgedModel.of(request).file();
            GoldenSets.Golden golden = GoldenSets.of(section.golden(), request);
            ProcessLock lock = lock(folder);
            try {
                return deploy(section, request, model, golden, folder, document);
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException("interrupted while files were used").initCause(e);
            }
            throw new StageFailedException(
                    "the canary's files in " + folder + " cannot be used: " + e.getMessage(), "see to that folder", e);
        }
    }

    /** One process works on a target at a time. */
    static ProcessLock lock(Path folder) throws IOException {
        return ProcessLock.tryTake(folder.resolve("lock"))
                .orElseThrow(() -> new StageFailedException(
                        "another process works on the target in " + folder,
                        "wait until it has ended, or end it",
                        null));
    }

    private static StageOutcome deploy(
            CanaryDeploySection section,
            StageRequest request,
            ModelFile model,
            GoldenSets.Golden golden,
            Path folder,
            Path document)
            throws InterruptedException, IOException {
        try (Target target = section.target().open(folder, request.spec(), request.installation())) {
            boolean deployed;
            WatchedCanary trial;
            try (Heartbeat heartbeat = new Heartbeat(target, section.deadline())) {
                trial = new WatchedCanary(section, request, model, golden.set(), target, folder, heartbeat);
                Journal journal = new Journal(request.runId(), model.digest(), Journal.Phase.PREPARED, 0);
                deployed = new Canary(target, folder, journal, trial).run(section.steps());
            }
            try {
                return outcome(section, request, model, golden, target, trial, deployed ? document : null);
            } catch (InterruptedException | IOException | RuntimeException e) {
                takeBack(target, e);
                throw e;
            }
        }
    }

    /** Nobody will know of a candidate whose stage left no report. */
    private static void takeBack(Target target, Exception cause) {
        try {
            target.rollBack();
        } catch (InterruptedException | StageFailedException e) {
            cause.addSuppressed(e);
        }
    }

    private static StageOutcome outcome(
            CanaryDeploySection section,
            StageRequest request,
            ModelFile model,
            GoldenSets.Golden golden,
            Target target,
            WatchedCanary trial,
            @Nullable Path document)
            throws InterruptedException, IOException {
        List<Artifact> inputs = new ArrayList<>(golden.inputs());
        if (inputs.stream().noneMatch(input -> input.name().equals(ModelOfRun.NAME))) {
            inputs.add(0, ModelOfRun.artifact(model, request.spec()));
        }
        List<Artifact> outputs = new ArrayList<>();
        outputs.add(GoldenSets.leave(golden.set(), request));
        Optional<URI> served = Optional.empty();
        if (document != null) {
            // Only now: until here the heartbeat has armed the shorter time again and again.
            target.arm(section.releaseWithin());
            URI url = target.read().url();
            served = Optional.of(url);
            AtomicFile.write(document, JsonWriter.pretty(endpoint(url, request, model)));
            outputs.add(Artifact.of(OUTPUT, document, request.spec().folder()));
        }
        return new StageOutcome(
                trial.gates(), List.of(), inputs, outputs, facts(trial, golden), environment(section, trial, served));
    }

    private static Json endpoint(URI url, StageRequest request, ModelFile model) {
        return Json.object()
                .put("format", FORMAT)
                .put("url", url.toString())
                .put("protocol", "v2")
                .put("model", request.spec().model().name())
                .put("modelDigest", model.digest())
                .build();
    }

    private static Json.Obj facts(WatchedCanary trial, GoldenSets.Golden golden) {
        return Json.object()
                .put(
                        "canary",
                        Json.object()
                                .put("goldenRows", golden.set().rows().size())
                                .put("proofOfIdentity", "the digest that the endpoint reports")
                                .put(
                                        "comparison",
                                        trial.compared()
                                                ? Side.STABLE.spelling()
                                                : "none: this is the first release, and there was nothing to compare with")
                                .build())
                .build();
    }

    private static Json.Obj environment(CanaryDeploySection section, WatchedCanary trial, Optional<URI> served) {
        Json.Builder canary = Json.object().put("steps", trial.steps());
        served.ifPresent(url -> canary.put("url", url.toString()));
        if (!trial.trouble().isEmpty()) {
            canary.put("trouble", trial.trouble());
        }
        return Json.object()
                .put(
                        "canary",
                        canary.put(
                                        "releaseWithinSeconds",
                                        section.releaseWithin().toMillis() / 1e3)
                                .build())
                .build();
    }
}
