// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ArtifactTest {
    private static final String SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String SHA256_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    private Path folder;

    @Test
    void isAFileBelowTheSpecByItsRelativePath() throws IOException {
        Path file =
                Files.writeString(Files.createDirectory(folder.resolve("build")).resolve("a"), "abc");

        assertThat(Artifact.of("model", file, folder)).isEqualTo(new Artifact("model", "build/a", 3, SHA256_OF_ABC));
        assertThat(Artifact.of("model", folder.resolve("build/../build/a"), folder)
                        .path())
                .isEqualTo("build/a");
    }

    @Test
    void isAFileElsewhereByItsFullPath() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "abc");

        assertThat(Artifact.of("model", file, folder.resolve("spec")).path()).isEqualTo(file.toString());
    }

    @Test
    void isAFolderByThePathsAndDigestsOfItsFiles() throws IOException {
        Path model = Files.createDirectories(folder.resolve("model"));
        Files.writeString(model.resolve("b"), "");
        Files.writeString(Files.createDirectory(model.resolve("a")).resolve("c"), "abc");

        Artifact artifact = Artifact.of("model", model, folder);

        assertThat(artifact.bytes()).isEqualTo(3);
        assertThat(artifact.sha256())
                .isEqualTo(CanonicalJson.sha256(
                        new Json.Arr(List.of(entry("a/c", 3, SHA256_OF_ABC), entry("b", 0, SHA256_OF_NOTHING)))));
        Files.move(model.resolve("b"), model.resolve("d"));
        assertThat(Artifact.of("model", model, folder).sha256()).isNotEqualTo(artifact.sha256());
    }

    @Test
    void isNothingThatIsNotThere() {
        assertThatThrownBy(() -> Artifact.of("model", folder.resolve("missing"), folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing");
    }

    /** A pipe would be read for ever. */
    @Test
    @Timeout(10)
    void isNothingThatIsNoFile() {
        assertThatThrownBy(() -> Artifact.of("model", Path.of("/dev/zero"), folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/dev/zero");
    }

    private static Json entry(String path, long bytes, String sha256) {
        return Json.object()
                .put("path", path)
                .put("bytes", bytes)
                .put("sha256", sha256)
                .build();
    }
}
