// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.oci.Bundle;
import dev.gatewright.stages.oci.Descriptor;
import dev.gatewright.stages.oci.Digest;
import dev.gatewright.stages.oci.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run as an OCI artifact: its config is {@code run.json}, and each layer is one file, called by its path from the spec's folder
 * as other tools for artifacts call theirs.
 *
 * @param digest of the manifest
 * @param files by their paths
 */
record RunManifest(String runId, Digest digest, SortedMap<String, Descriptor> files) {
    /** What a run is called among artifacts; the last part is the version of the form. */
    static final String TYPE = "application/vnd.gatewright.run.v1";

    private static final String ANY_TYPE = "application/vnd.gatewright.run.";
    private static final String CONFIG = "application/vnd.gatewright.run.document.v1+json";
    private static final String FILE = "application/vnd.gatewright.run.file.v1";
    private static final String TITLE = "org.opencontainers.image.title";
    private static final String RUN = "dev.gatewright.run";
    private static final String MODEL_FILES = "dev.gatewright.run.model-files";
    private static final int MOST_FILES = 10_000;

    /** What other programs than this one may have made. */
    private static final String NEXT = "pack the run anew";

    static boolean isRun(Descriptor manifest) {
        String type = manifest.artifactType();
        return type != null && type.startsWith(ANY_TYPE);
    }

    /** A run with the files that travel. */
    static Bundle bundle(RunFiles run, Path specFolder) {
        if (run.files().size() > MOST_FILES) {
            throw new StageFailedException(
                    "run " + run.run().runId() + " has " + run.files().size() + " files, and at most " + MOST_FILES
                            + " travel",
                    "let the training declare fewer outputs",
                    null);
        }
        String document = new RunPaths(run.run().runId()).document();
        List<Descriptor> layers = new ArrayList<>();
        Map<Digest, Path> files = new HashMap<>();
        run.files().forEach((path, content) -> {
            Map<String, String> annotations = new TreeMap<>(Map.of(TITLE, path));
            List<String> modelFiles = run.models().get(path);
            if (modelFiles != null) {
                annotations.put(MODEL_FILES, new String(CanonicalJson.bytes(Json.texts(modelFiles)), UTF_8));
            }
            layers.add(new Descriptor(FILE, content.digest(), content.bytes()).with(annotations));
            files.put(content.digest(), specFolder.resolve(path));
        });
        Shelf.Content config = Objects.requireNonNull(run.files().get(document));
        return Bundle.of(
                TYPE,
                new Descriptor(CONFIG, config.digest(), config.bytes()),
                layers,
                Map.of(RUN, run.run().runId()),
                files);
    }

    /**
     * A manifest as it came.
     *
     * @param where what it was read from, for sentences
     * @throws StageFailedException if it is no run, one of a newer form, or names files that none may have
     */
    static RunManifest of(ImageSource.Found found, String where) throws IOException {
        Json.Obj document = found.document();
        String type = document.text("artifactType").orElse("none");
        if (!type.equals(TYPE)) {
            boolean isOther = type.startsWith(ANY_TYPE);
            throw new StageFailedException(
                    where
                            + (isOther
                                    ? " holds a run in the form " + type
                                    : " holds no run, but an artifact of type " + type)
                            + ", and this program reads " + TYPE,
                    isOther ? "use the version of Gatewright that packed it" : "name what gatewright pack wrote",
                    null);
        }
        String runId = document.object("annotations").text(RUN).orElse("");
        if (!Shapes.isName(runId)) {
            throw new StageFailedException(where + " holds a run without a name", NEXT, null);
        }
        List<Json.Obj> layers = document.objects("layers");
        if (layers.size() > MOST_FILES) {
            throw new StageFailedException(
                    where + " holds " + layers.size() + " files, and no run has more than " + MOST_FILES, NEXT, null);
        }
        RunPaths paths = new RunPaths(runId);
        SortedMap<String, Descriptor> files = new TreeMap<>();
        for (Json.Obj layer : layers) {
            Descriptor file = Descriptor.of(layer);
            String path = file.annotations().getOrDefault(TITLE, "");
            Optional<String> obstacle = paths.obstacle(path);
            if (obstacle.isPresent()) {
                throw new StageFailedException(
                        where + " holds a file '" + shown(path) + "', which does not travel: " + obstacle.get(),
                        NEXT,
                        null);
            }
            if (files.put(path, file) != null) {
                throw new StageFailedException(where + " holds the file " + path + " twice", NEXT, null);
            }
        }
        Descriptor run = files.get(paths.document());
        if (run == null
                || !run.digest().equals(Descriptor.of(document.object("config")).digest())) {
            throw new StageFailedException(where + " holds a run without its " + paths.document(), NEXT, null);
        }
        return new RunManifest(runId, found.descriptor().digest(), files);
    }

    /** Of the model whose main file has that path, the files from its folder, as the manifest says. */
    List<String> modelFiles(String path) throws IOException {
        Descriptor file = files.get(path);
        String written = file == null ? null : file.annotations().get(MODEL_FILES);
        if (written == null) {
            return List.of();
        }
        try {
            List<String> names = new ArrayList<>();
            if (JsonReader.read(written.getBytes(UTF_8)) instanceof Json.Arr list) {
                list.items().forEach(item -> names.add(item instanceof Json.Text text ? text.value() : ""));
            }
            return names;
        } catch (JsonReader.NotJsonException e) {
            throw new IOException("the files of the model " + path + " are not told: " + e.getMessage(), e);
        }
    }

    /** The run's document among its files. */
    Descriptor document() {
        return Objects.requireNonNull(files.get(paths().document()));
    }

    RunPaths paths() {
        return new RunPaths(runId);
    }

    /** Whether a file lies in each of its places, of the size that it has. */
    boolean isIn(Path specFolder) throws IOException {
        for (Map.Entry<String, Descriptor> entry : files.entrySet()) {
            Path file = specFolder.resolve(entry.getKey());
            if (!Files.isRegularFile(file)
                    || Files.size(file) != entry.getValue().size()) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes its files have, each counted once. */
    long bytes() {
        Map<Digest, Long> once = new HashMap<>();
        files.values().forEach(file -> once.put(file.digest(), file.size()));
        long sum = 0;
        for (long bytes : once.values()) {
            sum = sum + bytes < sum ? Long.MAX_VALUE : sum + bytes;
        }
        return sum;
    }

    /** A name that a stranger has chosen, in one short line. */
    private static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }
}
