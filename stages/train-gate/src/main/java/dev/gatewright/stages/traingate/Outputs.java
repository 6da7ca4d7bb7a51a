// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.report.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The files that a training must write anew: what lay there before is no evidence of this run. */
final class Outputs {
    private final Path specFolder;
    private final Set<Path> paths;

    Outputs(TrainGateSection section, Path specFolder) {
        this.specFolder = specFolder;
        this.paths = new LinkedHashSet<>(section.outputs());
        this.paths.add(section.metrics().value());
    }

    /** Moves what lies there into {@code folder}, where it is kept until the next training. */
    void moveAside(Path folder) throws IOException {
        for (Path path : paths) {
            Path old = specFolder.resolve(path);
            if (Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
                Path kept = folder.resolve(path);
                Files.createDirectories(parent(kept));
                deleteTree(kept);
                Files.move(old, kept, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.createDirectories(parent(old));
        }
    }

    /** The first that was not written; empty where all were. */
    List<Path> missing() {
        return paths.stream()
                .filter(path -> !Files.exists(specFolder.resolve(path)))
                .toList();
    }

    /** All of them, by digest. */
    List<Artifact> artifacts() {
        List<Artifact> artifacts = new ArrayList<>();
        for (Path path : paths) {
            try {
                artifacts.add(Artifact.of(path.toString(), specFolder.resolve(path), specFolder));
            } catch (IOException e) {
                throw new StageFailedException(
                        "the output " + path + " cannot be read: " + e.getMessage(),
                        "look at what the training wrote",
                        e);
            }
        }
        return artifacts;
    }

    private static Path parent(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IOException(path + " has no folder");
        }
        return parent;
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            try (var children = Files.newDirectoryStream(root)) {
                for (Path child : children) {
                    deleteTree(child);
                }
            }
        }
        Files.delete(root);
    }
}
