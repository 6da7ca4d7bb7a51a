// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.run.Folders;
import dev.gatewright.stages.evaluation.ModelOfRun;
import dev.gatewright.validation.onnx.graph.OnnxGraph;
import dev.gatewright.validation.onnx.graph.UnchangeableModelException;
import dev.gatewright.validation.onnx.model.FileState;
import dev.gatewright.validation.onnx.model.ModelChangedException;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The model that the stage leaves in its folder: the converter's, with the names of the features and classes in it. */
final class ExportedModel {
    /** The metadata properties by which a model names its classes, and the features of its only input. */
    static final String CLASSES = "gatewright.classes";

    static final String FEATURES = "gatewright.features";

    private static final String MODEL = "model.onnx";

    private ExportedModel() {}

    /**
     * Puts {@code made} into {@code folder}, its main file last, each file by a rename.
     *
     * @param names the metadata properties that it has to have; what it names itself already stays, and is held against the spec
     *     where it is judged
     * @throws StageFailedException if it cannot be written
     * @throws InterruptedException if the thread was interrupted, which closes the files that are read
     */
    static ModelFile place(ModelFile made, Map<String, List<String>> names, Path folder) throws InterruptedException {
        Path part = folder.resolve("part");
        try {
            clean(folder);
            Files.createDirectories(part);
            Map<String, String> missing = new LinkedHashMap<>();
            names.forEach((property, texts) -> {
                if (!made.description().metadata().containsKey(property)) {
                    missing.put(property, JsonWriter.compact(Json.texts(texts)));
                }
            });
            if (missing.isEmpty()) {
                copy(made, part);
            } else {
                try (OnnxGraph graph = OnnxGraph.open(made)) {
                    graph.metadata().putAll(missing);
                    graph.write(part.resolve(MODEL));
                }
            }
            move(part, folder);
            return ModelOfRun.open(folder.resolve(MODEL));
        } catch (UnchangeableModelException | ModelChangedException e) {
            throw new StageFailedException(
                    "the names of features and classes cannot be written into the model: " + e.getMessage(),
                    "let the exporter write " + String.join(" and ", names.keySet()) + " into the model's metadata",
                    e);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while the exported model was written");
            }
            throw new StageFailedException(
                    "the exported model cannot be written: " + e.getMessage(), "make room in " + folder, e);
        }
    }

    private static void copy(ModelFile made, Path to) throws IOException {
        Path from = Objects.requireNonNull(made.path().getParent());
        List<FileState> files = made.files();
        for (int i = 0; i < files.size(); i++) {
            Path target = i == 0 ? to.resolve(MODEL) : to.resolve(files.get(i).path());
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.copy(i == 0 ? made.path() : from.resolve(files.get(i).path()), target);
        }
        made.verifyUnchanged();
    }

    private static void move(Path part, Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(part)) {
            files = walk.filter(Files::isRegularFile)
                    // The main file last: before it is there, there is no model.
                    .sorted(Comparator.comparing((Path file) -> file.equals(part.resolve(MODEL)))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
        for (Path file : files) {
            Path target = folder.resolve(part.relativize(file));
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        }
        Folders.delete(part);
    }

    /** What an earlier try left is none of this one's. */
    private static void clean(Path folder) throws IOException {
        Folders.delete(folder.resolve("part"));
        Files.deleteIfExists(folder.resolve(MODEL));
        Files.deleteIfExists(folder.resolve(MODEL + ".data"));
    }
}
