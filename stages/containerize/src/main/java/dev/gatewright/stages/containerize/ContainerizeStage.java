// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.MeasuredMetric;
import dev.gatewright.stages.api.run.AtomicFile;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.docker.EngineException;
import dev.gatewright.stages.evaluation.GoldenSets;
import dev.gatewright.stages.evaluation.JudgedModel;
import dev.gatewright.stages.evaluation.ModelOfRun;
import dev.gatewright.stages.evaluation.ServedAnswers;
import dev.gatewright.stages.oci.RegistryException;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.onnx.model.ModelChangedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Packs the model that was judged, with its server, into an image whose digest depends on nothing but what is in it, boots it, and
 * asks it golden rows.
 */
public final class ContainerizeStage implements Stage<ContainerizeSection> {
    /** The output by which the stages after this one find the image, and its file. */
    static final String OUTPUT = "image";

    private static final String DOCUMENT = "image.json";
    private static final String MATERIALS = "bill-of-materials.cdx.json";

    @Override
    public StageName name() {
        return StageName.CONTAINERIZE;
    }

    @Override
    public Shape<ContainerizeSection> shape() {
        return ContainerizeSection.SHAPE;
    }

    @Override
    public void check(ContainerizeSection section, Spec spec, Problems problems) {
        JudgedModel.check(name(), section.place(), spec, problems);
        GoldenSets.check(section.goldenRows(spec), spec, problems);
        for (Gate gate : ServedAnswers.gates(section.ofTask(), spec, problems)) {
            if (gate.measure().isRunTime()) {
                problems.add(
                        section.place(),
                        "no " + gate.measure().spelling() + " is measured of an image; put the gate into smoke-test");
            }
        }
    }

    /** For the golden answers of the judged model, and for the server. */
    @Override
    public boolean runsModel(ContainerizeSection section) {
        return true;
    }

    @Override
    public StageOutcome run(ContainerizeSection section, StageRequest request) throws InterruptedException {
        throwIfInterrupted(null);
        long start = System.nanoTime();
        JudgedModel model = JudgedModel.of(request);
        Path document = request.folder().resolve(DOCUMENT);
        try {
            Files.deleteIfExists(document);
            try (PackedImage image = PackedImage.of(section, model.file(), request)) {
                return judge(section, model, image, document, start, request);
            }
        } catch (BootedServer.NotReadyException e) {
            throw new StageFailedException(
                    "the image could not be booted: " + e.getMessage(), "see server.log in the stage's folder", e);
        } catch (EngineException e) {
            throw new StageFailedException(
                    String.valueOf(e.getMessage()),
                    "see to the engine and to what it said, and start the stage again",
                    e);
        } catch (RegistryException e) {
            throwIfInterrupted(e);
            throw new StageFailedException(
                    "the registry did not do its part: " + e.getMessage(),
                    e.status() == 401 || e.status() == 403
                            ? "log in as docker login does, with an account that may do that, and start the stage again"
                            : "see to the registry, and start the stage again; what it has is not sent again",
                    e);
        } catch (IOException e) {
            throwIfInterrupted(e);
            throw new StageFailedException(
                    "the image could not be written: " + reason(e), "see to that, and start the stage again", e);
        }
    }

    private static StageOutcome judge(
            ContainerizeSection section,
            JudgedModel model,
            PackedImage image,
            Path document,
            long start,
            StageRequest request)
            throws IOException, InterruptedException {
        Boot boot = Boot.of(image, section, model, request);
        List<Gate> ofTask = ServedAnswers.gates(section.ofTask(), request.spec(), new Problems());
        ServedAnswers.Judgement served =
                ServedAnswers.judge(boot.set(), boot.set().rows(), boot.answers(), ofTask, request);
        List<GateResult> gates = gates(section, model, image, boot);
        gates.addAll(served.gates());
        byte[] bill = CanonicalJson.bytes(new BillOfMaterials(image, model, section, request).document());
        Path materials = Files.write(request.folder().resolve(MATERIALS), bill);
        boolean passed = GateResult.combine(gates) == Verdict.PASSED;
        PackedImage.Pushed pushed =
                image.publish(section, bill, passed, request).orElse(null);
        ImageReport report = new ImageReport(image, model, section, boot, served, pushed);
        AtomicFile.write(document, JsonWriter.pretty(report.document()));
        throwIfInterrupted(null);
        Path archive = passed && section.archive() != null ? section.archive().value() : null;
        return new StageOutcome(
                gates,
                metrics(image, boot, served),
                inputs(model, boot, request.spec()),
                outputs(archive, List.of(document, materials), boot, request.spec()),
                report.facts(),
                report.environment(Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0));
    }

    private static List<GateResult> gates(ContainerizeSection section, JudgedModel model, PackedImage image, Boot boot)
            throws IOException {
        List<GateResult> gates = new ArrayList<>();
        image.missing().ifPresent(missing -> gates.add(ImageMeasure.MISSING_BLOBS.none(missing)));
        gates.add(ImageMeasure.MODEL_CHANGES.none(changes(model)));
        GateResult answers = ImageMeasure.GOLDEN_MISMATCHES.none(boot.wrong());
        gates.add(
                boot.mismatches().isEmpty()
                        ? answers
                        : answers.failingBecause(boot.mismatches().get(0)));
        for (ImageGate.OfImage gate : section.ofImage()) {
            OptionalDouble value = measured(gate.measure(), image, boot);
            gates.add(
                    value.isPresent()
                            ? ImageMeasure.judge(gate.gate(), value.getAsDouble())
                            : GateJudge.notEvaluated(gate.gate(), "this system does not tell a process's memory"));
        }
        return gates;
    }

    private static List<MeasuredMetric> metrics(PackedImage image, Boot boot, ServedAnswers.Judgement served)
            throws IOException {
        List<MeasuredMetric> metrics = new ArrayList<>(served.metrics());
        for (ImageMeasure measure :
                List.of(ImageMeasure.IMAGE_BYTES, ImageMeasure.COLD_START_MS, ImageMeasure.SERVER_MEMORY_MB)) {
            measured(measure, image, boot)
                    .ifPresent(value -> metrics.add(new MeasuredMetric(measure, "", value, 0, null)));
        }
        return metrics;
    }

    private static OptionalDouble measured(ImageMeasure measure, PackedImage image, Boot boot) throws IOException {
        return switch (measure) {
            case IMAGE_BYTES -> OptionalDouble.of((double) image.bytes());
            case COLD_START_MS -> OptionalDouble.of(boot.startMilliseconds());
            case SERVER_MEMORY_MB ->
                boot.memory().isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(boot.memory().getAsLong() / 1e6);
            case GOLDEN_MISMATCHES, MISSING_BLOBS, MODEL_CHANGES ->
                throw new IllegalArgumentException(measure + " is judged always, and asked for by no gate");
        };
    }

    private static List<Artifact> inputs(JudgedModel model, Boot boot, Spec spec) {
        List<Artifact> inputs = new ArrayList<>(List.of(ModelOfRun.artifact(model.file(), spec)));
        boot.inputs().stream().filter(input -> !inputs.contains(input)).forEach(inputs::add);
        return inputs;
    }

    private static long changes(JudgedModel model) {
        try {
            model.file().verifyUnchanged();
            return 0;
        } catch (ModelChangedException e) {
            return 1;
        }
    }

    private static List<Artifact> outputs(@Nullable Path archive, List<Path> documents, Boot boot, Spec spec)
            throws IOException {
        List<Artifact> outputs = new ArrayList<>();
        outputs.add(Artifact.of(OUTPUT, documents.get(0), spec.folder()));
        outputs.add(Artifact.of("bill-of-materials", documents.get(1), spec.folder()));
        outputs.add(boot.golden());
        if (archive != null) {
            outputs.add(Artifact.of("archive", spec.resolve(archive), spec.folder()));
        }
        return outputs;
    }

    /** A thread that is interrupted while it reads or writes finds its file closed: that is no failure of the file. */
    private static void throwIfInterrupted(@Nullable Exception cause) throws InterruptedException {
        if (Thread.interrupted()) {
            InterruptedException interrupted = new InterruptedException("interrupted while files were read or written");
            interrupted.initCause(cause);
            throw interrupted;
        }
    }

    /** Why a file could not be used; some exceptions say only which file. */
    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be read or written by this user";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
