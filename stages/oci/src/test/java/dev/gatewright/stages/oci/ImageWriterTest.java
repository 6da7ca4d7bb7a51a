// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageWriterTest {
    private static final ImageConfig.Health HEALTH = new ImageConfig.Health(
            List.of("probe"), Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(20), 3);

    @TempDir
    private Path folder;

    /** An image of three layers whose files lie in {@code name}. */
    private Descriptor image(String name, String model) throws IOException {
        Path files = Files.createDirectories(folder.resolve(name));
        Files.writeString(files.resolve("model.onnx"), model);
        Files.writeString(files.resolve("a.jar"), "jar");
        zip(files.resolve("runtime.zip"), "native/lib.so", "library");
        return image(name);
    }

    private Descriptor image(String name) throws IOException {
        Path files = folder.resolve(name);
        try (LayerStore store = LayerStore.open(folder.resolve(name + "-store"), folder.resolve(name + "-other"))) {
            ImageLayout layout = ImageLayout.create(folder.resolve(name + "-layout"));
            List<Layer> layers = List.of(
                    store.store(new LayerPlan("runtime")
                            .add("opt/native/lib.so", files.resolve("runtime.zip"), "native/lib.so")),
                    store.store(new LayerPlan("application").add("opt/lib/a.jar", files.resolve("a.jar"))),
                    store.store(new LayerPlan("model")
                            .add("opt/model/model.onnx", files.resolve("model.onnx"))
                            .add("opt/server.json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
            ImageConfig config = new ImageConfig(
                    Platform.LINUX_AMD64,
                    "65532:65532",
                    "/",
                    List.of("java", "Main"),
                    8080,
                    Map.of(),
                    Map.of("k", "v"),
                    HEALTH);
            Descriptor manifest =
                    new ImageWriter(layout).write(BaseImage.NONE, layers, config, Map.of("note", "on the manifest"));
            layout.writeIndex(List.of(manifest));
            return manifest;
        }
    }

    private static void zip(Path file, String entry, String content) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Test
    void theSameContentsGiveTheSameDigestInAnotherFolderAtAnotherTime() throws IOException {
        Descriptor one = image("one", "weights");
        Path model = folder.resolve("two").resolve("model.onnx");
        image("two", "weights");
        Files.setLastModifiedTime(model, FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));

        assertThat(image("two")).isEqualTo(one);
    }

    /** Pinned: whoever changes a byte of what is written changes what all images of all users are called. */
    @Test
    void theDigestIsThatOfAllVersionsBefore() throws IOException {
        assertThat(image("one", "weights").digest())
                .hasToString("sha256:8c7b81925ecbd7be5ec9acd643460e0fa0a0b15a17a4f763708fb48038c562d4");
    }

    @Test
    void aNewModelChangesItsOwnLayerAlone() throws IOException {
        List<Json.Obj> before = layers(image("one", "weights"), "one");
        List<Json.Obj> after = layers(image("one", "other weights"), "one");

        assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2));
        assertThat(after.get(2)).isNotEqualTo(before.get(2));
    }

    private List<Json.Obj> layers(Descriptor manifest, String name) throws IOException {
        return layout(name).document(manifest).objects("layers");
    }

    private ImageLayout layout(String name) throws IOException {
        return ImageLayout.open(folder.resolve(name + "-layout"));
    }

    @Test
    void everyBlobHasTheDigestThatItIsNamedAfter() throws IOException {
        image("one", "weights");

        try (var blobs = Files.list(folder.resolve("one-layout/blobs/sha256"))) {
            assertThat(blobs)
                    .hasSize(5)
                    .allSatisfy(blob -> assertThat(
                                    Digest.of(Files.readAllBytes(blob)).hex())
                            .isEqualTo(blob.getFileName().toString()));
        }
    }

    @Test
    void theConfigSaysHowTheImageIsRunAndNothingOfTheBuild() throws IOException {
        ImageLayout layout = layoutOf("one");
        Descriptor manifest = layout.index().get(0);
        Json.Obj config =
                layout.document(Descriptor.of(layout.document(manifest).object("config")));

        assertThat(config.text("created")).contains("1970-01-01T00:00:00Z");
        assertThat(config.text("architecture")).contains("amd64");
        Json.Obj run = config.object("config");
        assertThat(run.text("User")).contains("65532:65532");
        assertThat(run.object("ExposedPorts").members()).containsOnlyKeys("8080/tcp");
        assertThat(run.object("Labels").text("k")).contains("v");
        assertThat(run.object("Healthcheck").number("Interval")).contains(30e9);
        assertThat(config.object("rootfs").items("diff_ids"))
                .containsExactlyElementsOf(layout.document(manifest).objects("layers").stream()
                        .map(layer -> layer.get("digest").orElseThrow())
                        .toList());
    }

    private ImageLayout layoutOf(String name) throws IOException {
        image(name, "weights");
        return layout(name);
    }

    @Test
    void aDocumentWithOtherBytesThanItsDigestIsRefused() throws IOException {
        ImageLayout layout = layoutOf("one");
        Descriptor manifest = layout.index().get(0);
        Files.writeString(layout.blob(manifest.digest()), "{}");

        assertThatThrownBy(() -> layout.document(manifest))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has other bytes");
    }

    @Test
    void aReferrerNamesItsSubject() throws IOException {
        ImageLayout layout = layoutOf("one");
        Descriptor manifest = layout.index().get(0);

        Descriptor referrer = new ImageWriter(layout)
                .refer(manifest, "application/vnd.cyclonedx+json", new byte[] {1}, Map.of("of", "run 1"));

        Json.Obj document = layout.document(referrer);
        assertThat(document.text("artifactType")).contains("application/vnd.cyclonedx+json");
        assertThat(document.object("subject").text("digest"))
                .contains(manifest.digest().toString());
    }

    @Test
    void anArchiveIsTheSameTwiceAndWhatTarUnpacks() throws Exception {
        ImageLayout layout = layoutOf("one");
        Path first = folder.resolve("out/first.tar");
        Path second = folder.resolve("out/second.tar");
        new ImageWriter(layout).writeArchive(layout.index().get(0), "digits:1", first);
        new ImageWriter(layout).writeArchive(layout.index().get(0), "digits:1", second);

        assertThat(second).hasSameBinaryContentAs(first);
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        Process tar = new ProcessBuilder("tar", "-xf", first.toString(), "-C", unpacked.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(tar.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(tar.waitFor()).isZero();
        assertThat(ImageLayout.open(unpacked).document(layout.index().get(0)))
                .isEqualTo(layout.document(layout.index().get(0)));
        assertThat(unpacked.resolve("manifest.json")).content().contains("\"RepoTags\":[\"digits:1\"]");
    }
}
