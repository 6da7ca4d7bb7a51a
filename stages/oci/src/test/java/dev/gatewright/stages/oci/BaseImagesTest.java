// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseImagesTest {
    @TempDir
    private Path folder;

    private BaseImage take(ImageSource source, Platform platform) throws Exception {
        try (LayerStore store = LayerStore.open(folder.resolve("store"), folder.resolve("other"))) {
            return new BaseImages(source, store).into(ImageLayout.create(folder.resolve("target")), platform);
        }
    }

    private ImageLayout target() throws IOException {
        return ImageLayout.create(folder.resolve("target"));
    }

    @Test
    void layersOfTheBaseLieBelowThoseOfTheImage() throws Exception {
        TestImage base = TestImage.of(folder.resolve("base"), 100, 1);

        BaseImage taken = take(base.layout().image(null), Platform.LINUX_AMD64);

        assertThat(taken.manifest()).isEqualTo(base.manifest());
        ImageConfig config = new ImageConfig(
                Platform.LINUX_AMD64, "1:1", "/", List.of("run"), 80, Map.of("OWN", "1"), Map.of("own", "label"), null);
        Descriptor manifest = new ImageWriter(target()).write(taken, List.of(), config, Map.of());
        Json.Obj document = target().document(manifest);
        assertThat(document.objects("layers"))
                .isEqualTo(base.layout().document(base.manifest()).objects("layers"));
        Json.Obj written = target().document(Descriptor.of(document.object("config")));
        assertThat(written.object("rootfs").items("diff_ids")).hasSize(2);
        assertThat(written.object("config").text("User")).contains("1:1");
        assertThat(written.object("config").object("Labels").members()).containsOnlyKeys("own");
        assertThat(written.object("config").items("Env")).endsWith(Json.of("OWN=1"));
    }

    @Test
    void theRightOneOfSeveralPlatformsIsTaken() throws Exception {
        TestImage base = TestImage.of(folder.resolve("base"), 100, 1);
        Json.Obj entry = Json.object()
                .put("mediaType", MediaType.MANIFEST)
                .put("digest", base.manifest().digest().toString())
                .put("size", base.manifest().size())
                .put(
                        "platform",
                        Json.object()
                                .put("os", "linux")
                                .put("architecture", "amd64")
                                .build())
                .build();
        Json.Obj index = Json.object()
                .put("schemaVersion", 2)
                .put("mediaType", MediaType.INDEX)
                .put("manifests", List.of(entry))
                .build();
        base.layout().writeIndex(List.of(base.layout().put(MediaType.INDEX, CanonicalJson.bytes(index))));

        assertThat(take(base.layout().image(null), Platform.LINUX_AMD64)
                        .manifest()
                        .digest())
                .isEqualTo(base.manifest().digest());
        assertThatThrownBy(() -> take(base.layout().image(null), Platform.LINUX_ARM64))
                .hasMessageContaining("is not for linux/arm64, but for linux/amd64");
    }

    @Test
    void anImageForAnotherMachineIsRefused() throws Exception {
        TestImage base = TestImage.of(folder.resolve("base"), 100, 1);

        assertThatThrownBy(() -> take(base.layout().image(null), Platform.LINUX_ARM64))
                .hasMessageContaining("is for linux/amd64, not for linux/arm64");
    }

    @Test
    void aLayerWithOtherBytesIsRefused() throws Exception {
        TestImage base = TestImage.of(folder.resolve("base"), 100, 1);
        Json.Obj document = base.layout().document(base.manifest());
        Path layer = base.layout()
                .blob(Descriptor.of(document.objects("layers").get(1)).digest());
        byte[] bytes = Files.readAllBytes(layer);
        bytes[700] ^= 1;
        Files.write(layer, bytes);

        assertThatThrownBy(() -> take(base.layout().image(null), Platform.LINUX_AMD64))
                .hasMessageContaining("has other bytes");
    }

    @Test
    void aNameThatTheLayoutDoesNotHaveIsRefused() throws Exception {
        TestImage base = TestImage.of(folder.resolve("base"), 100, 1);

        assertThatThrownBy(() -> take(base.layout().image("1.2"), Platform.LINUX_AMD64))
                .hasMessageContaining("has 0 images called '1.2'");
    }
}
