// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.store;

import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that an artifact is: one, those of a folder, or a model with its external data. They have its digest.
 *
 * @param paths from the spec's folder
 * @param modelFiles those of a model, from its folder; none where it was not needed to know that it is one
 */
record Members(List<String> paths, List<String> modelFiles) {
    /**
     * The files of {@code artifact}.
     *
     * @param isModel whether it has to be a model, and nothing else that is called so
     * @return empty where they do not have its digest
     */
    static Optional<Members> of(Artifact artifact, Shelf shelf, boolean isModel) throws IOException {
        String path = artifact.path();
        if (!shelf.hasFile(path)) {
            List<String> files = isModel ? List.of() : shelf.below(path);
            return list(path + "/", files, artifact, shelf).map(paths -> new Members(paths, List.of()));
        }
        boolean isWhole = shelf.content(path).digest().hex().equals(artifact.sha256());
        if (isWhole && !isModel) {
            return Optional.of(new Members(List.of(path), List.of()));
        }
        List<String> files = shelf.modelFiles(path);
        if (files.size() == 1 && isWhole) {
            return Optional.of(new Members(List.of(path), files));
        }
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        return list(folder, files, artifact, shelf).map(paths -> new Members(paths, files));
    }

    /** As reports digest several files: by the canonical JSON of their list. */
    private static Optional<List<String>> list(String folder, List<String> files, Artifact artifact, Shelf shelf)
            throws IOException {
        List<Json> entries = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (String file : files) {
            if (!shelf.hasFile(folder + file)) {
                return Optional.empty();
            }
            Shelf.Content content = shelf.content(folder + file);
            paths.add(folder + file);
            entries.add(Json.object()
                    .put("path", file)
                    .put("bytes", content.bytes())
                    .put("sha256", content.digest().hex())
                    .build());
        }
        return CanonicalJson.sha256(new Json.Arr(entries)).equals(artifact.sha256())
                ? Optional.of(paths)
                : Optional.empty();
    }
}
