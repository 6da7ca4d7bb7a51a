// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.api.spec.Values;
import dev.gatewright.stages.evaluation.EvaluationSection;
import dev.gatewright.stages.evaluation.GoldenSection;
import dev.gatewright.stages.oci.Platform;
import dev.gatewright.stages.oci.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code containerize} of a spec.
 *
 * @param inContainer whether an engine boots it
 * @param dockerfile what the runtime {@code dockerfile} builds; null with every other
 * @param image what the image is called; none where the model's name is enough
 * @param base what the image is built upon
 * @param platform what the image is for
 * @param push whether it is pushed to the registry that its name says
 * @param archive where it is also written as one file; none where it is not
 * @param port the TCP port on which the image's server listens
 * @param registry how registries are asked
 * @param golden the rows that the booted image is asked; none: the first rows of evaluate-metrics
 * @param labels beside those that every image gets
 */
public record ContainerizeSection(
        Place place,
        ImageRuntime runtime,
        ImageBuilder builder,
        boolean inContainer,
        EngineSection engine,
        @Nullable DockerfileSection dockerfile,
        ServingSection serving,
        @Nullable Reference image,
        BaseName base,
        Platform platform,
        boolean push,
        RegistrySection registry,
        @Nullable Placed<Path> archive,
        int port,
        @Nullable GoldenSection golden,
        Map<String, String> labels,
        List<ImageGate> gates) {
    /** Labels that say what was judged: nobody else writes them. */
    static final String OWN_LABELS = "dev.gatewright.";

    static final int USUAL_PORT = 8080;

    private static final int USUAL_ROWS = 200;

    private static final Key<ImageRuntime> RUNTIME = Key.optional(
            "runtime",
            Shapes.oneOf(ImageRuntime.values(), ImageRuntime::spelling),
            "What serves the model in the image: gatewright, a small server for ONNX models (the default); fastapi, an application"
                    + " that is written for the model; dockerfile, your own; triton, a repository for its server; modelcar,"
                    + " nothing but the model.",
            "runtime: gatewright");
    private static final Key<ImageBuilder> BUILDER = Key.optional(
            "builder",
            Shapes.oneOf(ImageBuilder.values(), ImageBuilder::spelling),
            "What writes the image: oci, without an engine, with the same digest on every machine; or docker, a Docker engine,"
                    + " which fastapi and dockerfile need.",
            "builder: oci");
    private static final Key<Boolean> BOOT = Key.optional(
            "boot",
            Shapes.oneOf(new Boolean[] {false, true}, inContainer -> inContainer ? "container" : "unpacked"),
            "How an image of the builder oci is booted: unpacked, its layers in a private folder, without an engine (the default);"
                    + " or container, by a Docker engine.",
            "boot: container");
    private static final Key<EngineSection> ENGINE = Key.optional(
            "engine",
            EngineSection.SHAPE,
            "The Docker engine that builds or boots the image, where it is not the usual one.",
            "engine: {host: \"unix:///var/run/docker.sock\"}");
    private static final Key<DockerfileSection> DOCKERFILE = Key.optional(
            "dockerfile",
            DockerfileSection.SHAPE,
            "With runtime dockerfile: what is built, and where in it the model lies.",
            "dockerfile: {model: model.onnx, model-at: /srv/model.onnx}");
    private static final Key<ServingSection> SERVING = Key.optional(
            "serving",
            ServingSection.SHAPE,
            "With runtime dockerfile: how the booted image is asked, where it is not by the Open Inference Protocol.",
            "serving: {protocol: v1}");
    private static final Key<Placed<String>> IMAGE = Key.optional(
            "image",
            Shapes.placed(Shapes.text()),
            "The image's name: registry, repository and tag; without a tag it is tagged by its model's digest.",
            "image: registry.example.com/digits:1.2");
    private static final Key<Placed<String>> BASE = Key.optional(
            "base",
            Shapes.placed(Shapes.text()),
            "What the image is built upon, with a Java in it: a registry's image, an image in an OCI layout (oci:FOLDER), or none"
                    + " (the default), where whoever runs it brings Java.",
            "base: registry.example.com/java:17");
    private static final Key<Boolean> PUSH = Key.optional(
            "push",
            Shapes.truth(),
            "Whether an image that holds all gates is pushed to the registry that its name says; false unless said otherwise.",
            "push: true");
    private static final Key<RegistrySection> REGISTRY = Key.optional(
            "registry",
            RegistrySection.SHAPE,
            "How the registries of the image and its base are asked, where that is not usual.",
            "registry: {authority: certificates/company.pem}");
    private static final Key<Platform> PLATFORM = Key.optional(
            "platform",
            Shapes.oneOf(Platform.values(), Platform::spelling),
            "The machines that the image is for; linux/amd64 unless said otherwise.",
            "platform: linux/amd64");
    private static final Key<Placed<Path>> ARCHIVE = Key.optional(
            "archive",
            Shapes.placed(Shapes.pathBelow()),
            "Where the image is written as one file too, for docker load and its like.",
            "archive: build/digits.tar");
    private static final Key<Long> PORT = Key.optional(
            "port",
            Shapes.count(1, 65_535),
            "The port on which the image's server listens; 8080 unless said otherwise.",
            "port: 8080");
    private static final Key<GoldenSection> GOLDEN = Key.optional(
            GoldenSection.KEY.name(),
            GoldenSection.SHAPE,
            "The rows that the booted image is asked, and the answers that are expected; without it the first 200 rows of"
                    + " evaluate-metrics, with the judged model's own answers.",
            GoldenSection.KEY.example());
    private static final Key<Map<String, String>> LABELS = Key.optional(
            "labels",
            Shapes.mapOf("names to values", Shapes.text()),
            "Labels of the image beside those of the model and the commit; everyone who has the image reads them.",
            "labels: {org.opencontainers.image.vendor: Example}");
    private static final Key<List<ImageGate>> GATES = Key.optional(
            "gates",
            Shapes.listOrNothing(ImageGate.SHAPE),
            "The rules on the image and on what it answers to the golden rows, beside those that are always on.",
            "gates: [{metric: image_bytes, max: 100000000}, {metric: accuracy, min: 0.95}]");

    static final Section<ContainerizeSection> SHAPE = new Section<>(
            "containerize",
            List.of(
                    RUNTIME,
                    BUILDER,
                    BOOT,
                    ENGINE,
                    DOCKERFILE,
                    SERVING,
                    IMAGE,
                    BASE,
                    PLATFORM,
                    PUSH,
                    REGISTRY,
                    ARCHIVE,
                    PORT,
                    GOLDEN,
                    LABELS,
                    GATES),
            ContainerizeSection::make);

    private static @Nullable ContainerizeSection make(Values values, Problems problems) {
        Placed<String> written = values.get(IMAGE);
        Optional<Reference> image = Optional.ofNullable(written).flatMap(text -> Reference.parse(text.value()));
        if (written != null && (image.isEmpty() || image.get().digest() != null)) {
            problems.add(
                    written.place(),
                    "'" + written.value()
                            + "' is not an image's name: lower-case words with '/' between them, after its registry"
                            + " and before ':' and its tag",
                    IMAGE.example());
            return null;
        }
        boolean push = values.get(PUSH, false);
        if (push && (image.isEmpty() || image.get().registry() == null)) {
            problems.add(
                    values.place(PUSH),
                    "an image is pushed to the registry that its name begins with",
                    IMAGE.example());
            return null;
        }
        Placed<String> base = values.get(BASE);
        Optional<BaseName> upon = base == null ? Optional.of(new BaseName.None()) : BaseName.parse(base.value());
        if (upon.isEmpty() && base != null) {
            problems.add(
                    base.place(),
                    "'" + base.value()
                            + "' is neither none, nor oci:FOLDER, nor an image's name that begins with its registry",
                    BASE.example());
            return null;
        }
        Placed<Path> archive = values.get(ARCHIVE);
        if (archive != null && !archive.value().toString().endsWith(".tar")) {
            problems.add(
                    archive.place(),
                    "an archive is written over what lies at its path, which has to end in .tar",
                    ARCHIVE.example());
            return null;
        }
        Map<String, String> labels = values.get(LABELS, Map.of());
        for (String label : labels.keySet()) {
            if (label.isBlank() || label.startsWith(OWN_LABELS)) {
                problems.add(
                        values.place(LABELS),
                        "labels that begin with " + OWN_LABELS
                                + " say what was judged, and are written by the stage alone",
                        LABELS.example());
                return null;
            }
        }
        ImageRuntime runtime = values.get(RUNTIME, ImageRuntime.GATEWRIGHT);
        ImageBuilder builder = values.get(BUILDER, runtime.runsCommands() ? ImageBuilder.DOCKER : ImageBuilder.OCI);
        boolean inContainer = values.get(BOOT, builder == ImageBuilder.DOCKER);
        List<Misfit> misfits = misfits(values, runtime, builder, inContainer, upon.orElseThrow());
        misfits.forEach(each -> problems.add(values.place(each.key()), each.message(), each.write()));
        if (!misfits.isEmpty()) {
            return null;
        }
        return new ContainerizeSection(
                values.place(),
                runtime,
                builder,
                inContainer,
                values.get(ENGINE, EngineSection.USUAL),
                values.get(DOCKERFILE),
                values.get(SERVING, ServingSection.USUAL),
                image.orElse(null),
                upon.orElseThrow(),
                values.get(PLATFORM, Platform.LINUX_AMD64),
                push,
                values.get(REGISTRY, RegistrySection.USUAL),
                archive,
                values.get(PORT, (long) USUAL_PORT).intValue(),
                values.get(GOLDEN),
                labels,
                values.get(GATES, List.of()));
    }

    /** A key that does not go with others. */
    private record Misfit(
            Key<?> key, String message, @Nullable String write) {}

    /** What of runtime, builder and boot does not go together, or with the other keys. */
    private static List<Misfit> misfits(
            Values values, ImageRuntime runtime, ImageBuilder builder, boolean inContainer, BaseName base) {
        boolean byEngine = builder == ImageBuilder.DOCKER;
        boolean isOwn = runtime == ImageRuntime.DOCKERFILE;
        boolean hasBase = !(base instanceof BaseName.None);
        String of = "runtime " + runtime.spelling();
        List<Misfit> found = new ArrayList<>();
        if (runtime.runsCommands() && !byEngine) {
            found.add(new Misfit(BUILDER, of + " runs commands in the image, which an engine does", "builder: docker"));
        }
        if (runtime.isDataOnly() && byEngine) {
            found.add(new Misfit(BUILDER, of + " only lays files down, which needs no engine", "builder: oci"));
        }
        if (byEngine && !inContainer) {
            found.add(new Misfit(BOOT, "what an engine has built is booted by it", "boot: container"));
        }
        if (inContainer && runtime == ImageRuntime.MODELCAR) {
            found.add(new Misfit(BOOT, "nothing runs in the image of a modelcar", "boot: unpacked"));
        }
        if (inContainer && !isOwn && !hasBase) {
            found.add(
                    new Misfit(BASE, "a container of " + of + " needs an image that it is built upon", BASE.example()));
        }
        if (byEngine && base instanceof BaseName.Local) {
            found.add(new Misfit(BASE, "an engine builds upon images of registries", BASE.example()));
        }
        if (byEngine && values.has(ARCHIVE)) {
            found.add(new Misfit(ARCHIVE, "the builder docker leaves its image in the engine", "builder: oci"));
        }
        if (!inContainer && values.has(ENGINE)) {
            found.add(new Misfit(ENGINE, "no engine is asked here", "boot: container"));
        }
        if (isOwn && !values.has(DOCKERFILE)) {
            found.add(new Misfit(RUNTIME, of + " needs to know what is built", DOCKERFILE.example()));
        }
        if (!isOwn && values.has(DOCKERFILE)) {
            found.add(new Misfit(DOCKERFILE, of + " has no Dockerfile of yours", "runtime: dockerfile"));
        }
        if (isOwn && hasBase) {
            found.add(new Misfit(BASE, "a Dockerfile says itself what it is built upon; remove the key 'base'", null));
        }
        if (!isOwn && values.has(SERVING)) {
            found.add(new Misfit(SERVING, of + " is asked as it serves; remove the key 'serving'", null));
        }
        return found;
    }

    /** The gates on metrics of the task. */
    List<GateRequest> ofTask() {
        List<GateRequest> requests = new ArrayList<>();
        for (ImageGate gate : gates) {
            if (gate instanceof ImageGate.OfTask task) {
                requests.add(task.request());
            }
        }
        return requests;
    }

    /** The gates on the image. */
    List<ImageGate.OfImage> ofImage() {
        List<ImageGate.OfImage> found = new ArrayList<>();
        for (ImageGate gate : gates) {
            if (gate instanceof ImageGate.OfImage image) {
                found.add(image);
            }
        }
        return found;
    }

    /** The rows that the booted image is asked; null where the spec has none. */
    @Nullable
    GoldenSection goldenRows(Spec spec) {
        if (golden != null) {
            return golden;
        }
        return EvaluationSection.of(spec)
                .map(EvaluationSection::data)
                .map(data -> new GoldenSection(place, data, USUAL_ROWS, null, null))
                .orElse(null);
    }
}
