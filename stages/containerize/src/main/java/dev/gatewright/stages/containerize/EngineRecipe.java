// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.oci.LayerPlan;
import dev.gatewright.stages.oci.LayerStore;
import dev.gatewright.stages.oci.Reference;
import dev.gatewright.validation.onnx.model.FileState;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an engine builds an image from.
 *
 * @param context the folder
 * @param without files and folders of it that never go, by their paths in it
 * @param instead files that take the place of those of the folder, by their paths in it
 * @param base what it is built upon, by digest; null where the Dockerfile alone says
 * @param modelAt where the model's main file lies in the image
 * @param labels that say what is in the image
 */
record EngineRecipe(
        Path context,
        Path dockerfile,
        Set<String> without,
        Map<String, Path> instead,
        Map<String, String> arguments,
        @Nullable Reference base,
        String modelAt,
        Map<String, String> labels) {
    /** The folder of what is written for the build, in the stage's folder. */
    private static final String FOLDER = "build";

    private static final String DOCKERFILE = "Dockerfile";

    /** As the section's runtime has it; layers that have not changed come from {@code store}. */
    static EngineRecipe of(ContainerizeSection section, ModelFile model, LayerStore store, StageRequest request)
            throws IOException, InterruptedException {
        Map<String, String> labels = ImagePlan.labels(section, request.spec(), model, request.earlier());
        if (section.dockerfile() != null) {
            return own(section.dockerfile(), model, labels, request);
        }
        Reference base = pinned(section, request);
        Path folder = Files.createDirectories(request.folder().resolve(FOLDER));
        Path dockerfile = folder.resolve(DOCKERFILE);
        if (section.runtime() == ImageRuntime.FASTAPI) {
            FastapiApp app = new FastapiApp(section, request.spec().model().name(), model);
            app.write(folder, base, request.installation().server());
            return new EngineRecipe(
                    folder, dockerfile, Set.of(), app.modelFiles(), Map.of(), base, app.modelAt(), labels);
        }
        ServerParts server = ServerParts.of(request.installation().server(), section.platform());
        ServedImage image = new ServedImage(section, request.spec(), model, server);
        Map<String, Path> layers = new LinkedHashMap<>();
        for (LayerPlan plan : image.layers()) {
            layers.put(plan.name() + ".tar", store.store(plan).file());
        }
        Files.writeString(dockerfile, image.dockerfile(base, List.copyOf(layers.keySet())));
        return new EngineRecipe(folder, dockerfile, Set.of(), layers, Map.of(), base, image.modelAt(), labels);
    }

    private static EngineRecipe own(
            DockerfileSection section, ModelFile model, Map<String, String> labels, StageRequest request) {
        Path context = request.spec().resolve(section.context());
        Path dockerfile = request.spec().resolve(section.path().value());
        for (Path there : List.of(context, dockerfile)) {
            if (!Files.exists(there)) {
                throw new StageFailedException(
                        "there is no " + there, "write dockerfile: {path: …, context: …} as they lie there", null);
            }
        }
        return new EngineRecipe(
                context,
                dockerfile,
                neverGoing(context, request.spec()),
                besideEachOther(model, section.model().toString().replace('\\', '/')),
                section.arguments(),
                null,
                section.modelAt(),
                labels);
    }

    /** Runs with their reports, and rows with columns that never leave, whatever a Dockerfile copies. */
    private static Set<String> neverGoing(Path context, Spec spec) {
        Set<Path> paths = new LinkedHashSet<>(Set.of(spec.folder().resolve(".gatewright")));
        for (DataSection data : spec.data().values()) {
            if (!data.neverLeave().isEmpty()) {
                paths.add(spec.resolve(withoutPattern(data.path().value())));
            }
        }
        Path root = context.toAbsolutePath().normalize();
        Set<String> names = new LinkedHashSet<>();
        for (Path path : paths) {
            Path there = path.toAbsolutePath().normalize();
            if (root.startsWith(there)) {
                throw new StageFailedException(
                        "the context " + context + " lies in " + there
                                + ", and rows with columns that never leave are there",
                        "build from a folder that has none of them",
                        null);
            }
            if (there.startsWith(root)) {
                names.add(root.relativize(there).toString().replace('\\', '/'));
            }
        }
        return names;
    }

    /** The folder of the files that a pattern means; another path is itself. */
    private static Path withoutPattern(Path path) {
        Path fixed = path;
        for (Path part = path; part != null; part = part.getParent()) {
            if (part.toString().matches(".*[*?\\[{].*")) {
                fixed = part.getParent() == null ? Path.of("") : part.getParent();
            }
        }
        return fixed;
    }

    /** The model's files by their paths in a context in which its main file is at {@code main}. */
    static Map<String, Path> besideEachOther(ModelFile model, String main) {
        Path folder = Objects.requireNonNull(model.path().getParent());
        String above = main.contains("/") ? main.substring(0, main.lastIndexOf('/') + 1) : "";
        Map<String, Path> files = new LinkedHashMap<>();
        for (FileState file : model.files()) {
            Path here = folder.resolve(file.path());
            files.put(here.equals(model.path()) ? main : above + file.path(), here);
        }
        return files;
    }

    /** A base is named by its digest, so that what is reported is what is built upon. */
    private static Reference pinned(ContainerizeSection section, StageRequest request)
            throws IOException, InterruptedException {
        if (!(section.base() instanceof BaseName.Remote remote)) {
            throw new IllegalStateException("an unchecked spec is run");
        }
        request.progress().step("base " + remote.reference());
        return remote.reference()
                .withDigest(section.registry()
                        .of(remote.reference(), request)
                        .image(remote.reference())
                        .find()
                        .descriptor()
                        .digest());
    }
}
