// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import dev.gatewright.stages.oci.Digest;
import dev.gatewright.validation.onnx.model.FileState;
import dev.gatewright.validation.onnx.model.ModelFile;
import dev.gatewright.validation.onnx.model.RefusedModelException;
import dev.gatewright.validation.onnx.model.SafetyLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A run's files where the run was made; each is read once. */
final class FolderShelf implements Shelf {
    private final Path specFolder;
    private final Map<String, Content> read = new HashMap<>();

    FolderShelf(Path specFolder) {
        this.specFolder = specFolder;
    }

    @Override
    public boolean hasFile(String path) {
        return Files.isRegularFile(specFolder.resolve(path));
    }

    @Override
    public List<String> below(String path) throws IOException {
        Path folder = specFolder.resolve(path);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public Content content(String path) throws IOException {
        Content content = read.get(path);
        if (content == null) {
            Path file = specFolder.resolve(path);
            content = new Content(Digest.of(file), Files.size(file));
            read.put(path, content);
        }
        return content;
    }

    @Override
    public List<String> modelFiles(String path) {
        try {
            return ModelFile.open(specFolder.resolve(path), SafetyLimits.strict()).files().stream()
                    .map(FileState::path)
                    .sorted()
                    .toList();
        } catch (RefusedModelException e) {
            return List.of();
        }
    }

    @Override
    public Path document(String path) {
        return specFolder.resolve(path);
    }
}
