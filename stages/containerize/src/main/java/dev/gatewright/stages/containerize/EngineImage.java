// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.run.Folders;
import dev.gatewright.stages.docker.DockerBuild;
import dev.gatewright.stages.docker.DockerEngine;
import dev.gatewright.stages.docker.DockerImage;
import dev.gatewright.stages.evaluation.ModelOfRun;
import dev.gatewright.stages.oci.Descriptor;
import dev.gatewright.stages.oci.Digest;
import dev.gatewright.stages.oci.ImageLayout;
import dev.gatewright.stages.oci.ImageSource;
import dev.gatewright.stages.oci.ImageWriter;
import dev.gatewright.stages.oci.LayerStore;
import dev.gatewright.stages.oci.Reference;
import dev.gatewright.stages.oci.Registry;
import dev.gatewright.validation.onnx.model.FileState;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An image that a Docker engine has built. Until it holds all gates it has a name that nobody else uses; then it gets its own, and
 * until then whoever runs that name runs what was there before.
 */
record EngineImage(
        DockerEngine engine, DockerImage image, Reference candidate, Reference reference, EngineRecipe recipe)
        implements PackedImage {
    private static final String LOG = "build.log";
    private static final String COPIED = "copied";
    private static final String REFERRER = "referrer";
    /** So that a file that is longer is told by its digest. */
    private static final long SLACK = 1 << 20;

    /** Builds it, and finds the judged model in it. */
    static EngineImage build(ContainerizeSection section, ModelFile model, StageRequest request)
            throws IOException, InterruptedException {
        Reference reference =
                PackedImage.reference(section.image(), request.spec().model().name(), model.digest());
        Reference candidate = CandidateName.of(request);
        DockerEngine engine = DockerEngine.connect(section.engine().host());
        try (LayerStore store = LayoutImage.layers(request);
                PrintWriter log = new PrintWriter(request.folder().resolve(LOG).toFile(), StandardCharsets.UTF_8)) {
            EngineRecipe recipe = EngineRecipe.of(section, model, store, request);
            request.progress().step("building the image");
            DockerImage built = engine.build(
                    new DockerBuild(
                            recipe.context(),
                            recipe.dockerfile(),
                            recipe.without(),
                            recipe.instead(),
                            candidate,
                            recipe.base(),
                            section.platform().spelling(),
                            recipe.arguments(),
                            recipe.labels(),
                            section.engine().buildNetwork()),
                    request.folder(),
                    section.registry().logins(request),
                    line -> {
                        log.println(line);
                        request.progress().output(line);
                    });
            EngineImage image = new EngineImage(engine, built, candidate, reference, recipe);
            image.verifyModel(model, request.folder().resolve(COPIED));
            return image;
        } catch (IOException | InterruptedException | RuntimeException e) {
            try (engine) {
                engine.remove(candidate.toString());
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** Only the very model that was judged counts, whatever the build has made of it. */
    private void verifyModel(ModelFile model, Path copies) throws IOException, InterruptedException {
        Path folder = Objects.requireNonNull(model.path().getParent());
        Map<String, Path> files = new LinkedHashMap<>();
        EngineRecipe.besideEachOther(model, recipe.modelAt())
                .forEach((path, here) ->
                        files.put(path, copies.resolve(folder.relativize(here).toString())));
        try {
            for (Path file : files.values()) {
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
            }
            engine.copy(image, files, model.description().bytes() + SLACK);
            for (FileState file : model.files()) {
                String judged = sha256(folder.resolve(file.path()), folder);
                String found = sha256(copies.resolve(file.path()), copies);
                if (!found.equals(judged)) {
                    throw new StageFailedException(
                            "the image has another " + file.path() + " at " + recipe.modelAt() + ": its digest is "
                                    + found + ", and judged was " + judged,
                            "let the build take the model from the context, as it is",
                            null);
                }
            }
        } finally {
            Folders.delete(copies);
        }
    }

    private static String sha256(Path file, Path folder) throws IOException {
        return Artifact.of(ModelOfRun.NAME, file, folder).sha256();
    }

    @Override
    public Digest digest() {
        return image.id();
    }

    @Override
    public List<Content> layers() {
        List<Content> layers = new ArrayList<>();
        for (Digest layer : image.layers()) {
            layers.add(new Content(Integer.toString(layers.size() + 1), layer, OptionalLong.empty()));
        }
        return layers;
    }

    @Override
    public String base() {
        return recipe.base() == null
                ? "the base of its Dockerfile"
                : recipe.base().toString();
    }

    @Override
    public List<String> entrypoint() {
        return image.entrypoint();
    }

    @Override
    public long bytes() {
        return image.bytes();
    }

    @Override
    public OptionalLong missing() {
        return OptionalLong.empty();
    }

    @Override
    public Json.Obj place() {
        return Json.object().put("engine", true).build();
    }

    @Override
    public Json.Obj environment() {
        return Json.object()
                .put("engine", engine.version())
                .put("user", image.user().isEmpty() ? "root" : image.user())
                .build();
    }

    @Override
    public BootedImage boot(ContainerizeSection section, StageRequest request)
            throws IOException, InterruptedException {
        return BootedContainer.start(engine, image, section, request, () -> {});
    }

    @Override
    public Optional<Pushed> publish(ContainerizeSection section, byte[] bill, boolean passed, StageRequest request)
            throws IOException, InterruptedException {
        if (!passed) {
            return Optional.empty();
        }
        engine.tag(image, reference);
        return section.push() ? Optional.of(push(section, bill, request)) : Optional.empty();
    }

    private Pushed push(ContainerizeSection section, byte[] bill, StageRequest request)
            throws IOException, InterruptedException {
        request.progress().step("pushing " + reference);
        engine.push(reference, section.registry().logins(request), request.progress()::output);
        Registry registry = section.registry().of(reference, request);
        ImageSource.Found found = registry.image(reference).find();
        String config = found.document().object("config").text("digest").orElse("none");
        if (!config.equals(image.id().toString())) {
            throw new IOException(
                    reference + " was pushed with the config " + image.id() + ", and read back it has " + config);
        }
        Path folder = request.folder().resolve(REFERRER);
        try {
            ImageLayout layout = ImageLayout.create(folder);
            Descriptor referrer = new ImageWriter(layout)
                    .refer(found.descriptor(), BillOfMaterials.MEDIA_TYPE, bill, BillOfMaterials.annotations(request));
            registry.pushReferrer(layout, referrer, found.descriptor(), reference);
        } finally {
            Folders.delete(folder);
        }
        return new Pushed(
                found.descriptor().digest(),
                Json.object()
                        .put("reference", reference.toString())
                        .put("digest", found.descriptor().digest().toString())
                        .build());
    }

    @Override
    public void close() throws IOException {
        try (engine) {
            engine.remove(candidate.toString());
        }
    }
}
