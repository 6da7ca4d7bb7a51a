// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.run.AtomicFile;
import dev.gatewright.stages.api.run.Folders;
import dev.gatewright.validation.onnx.model.FileState;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models of a target, each in a folder by its digest with the configuration of its server, and which of them is stable. They
 * are copies: a run's folder may be gone when its model is still served.
 */
final class Versions {
    private static final String STABLE = "stable.json";
    private static final String CONFIG = "server.json";

    private final Path folder;

    Versions(Path folder) {
        this.folder = folder;
    }

    /** Puts {@code model} there, whole or not at all. */
    void put(ModelFile model, String name) throws IOException {
        Path place = folder(model.digest());
        if (Files.isRegularFile(place.resolve(CONFIG))) {
            return;
        }
        Path made = Files.createTempDirectory(Files.createDirectories(folder.resolve("models")), "new-");
        try {
            Path source = model.path().toAbsolutePath().resolveSibling(".");
            for (FileState part : model.files()) {
                Path copy = made.resolve(part.path());
                Files.createDirectories(copy.resolveSibling("."));
                Files.copy(source.resolve(part.path()), copy);
            }
            Json config = Json.object()
                    .put("format", "gatewright-server/v1")
                    .put(
                            "model",
                            Json.object()
                                    .put("name", name)
                                    .put("path", String.valueOf(model.path().getFileName()))
                                    .put("sha256", model.digest())
                                    .build())
                    .put("host", "127.0.0.1")
                    .put("port", 0)
                    .put("access-log", false)
                    .build();
            AtomicFile.write(made.resolve(CONFIG), JsonWriter.pretty(config));
            // A half one is left by nobody: it bears its name only when it is whole.
            Folders.delete(place);
            Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.delete(made);
        }
    }

    /** The server's configuration of a version. */
    Path config(String digest) {
        return folder(digest).resolve(CONFIG);
    }

    private Path folder(String digest) {
        return folder.resolve("models").resolve(digest);
    }

    /** The digest of the version that is stable. */
    Optional<String> stable() throws IOException {
        Path file = folder.resolve(STABLE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Json document = JsonReader.read(Files.readAllBytes(file));
        String digest =
                document instanceof Json.Obj object ? object.text("digest").orElse("") : "";
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IOException(file + " names no digest; remove it to begin without a stable version");
        }
        return Optional.of(digest);
    }

    /** Makes a version stable, and forgets all others. */
    void release(String digest) throws IOException {
        AtomicFile.write(
                folder.resolve(STABLE),
                JsonWriter.pretty(Json.object()
                        .put("format", "gatewright-stable/v1")
                        .put("digest", digest)
                        .build()));
        List<Path> others;
        try (Stream<Path> models = Files.list(folder.resolve("models"))) {
            others = models.filter(model -> !model.endsWith(digest)).toList();
        }
        for (Path other : others) {
            Folders.delete(other);
        }
    }
}
