// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small image in a layout. */
record TestImage(ImageLayout layout, Descriptor manifest) {
    /** With a layer that all such images share, and one of {@code size} bytes that depend on {@code seed}. */
    static TestImage of(Path folder, int size, int seed) throws IOException {
        byte[] weights = new byte[size];
        int state = seed;
        for (int i = 0; i < size; i++) {
            state = state * 1_103_515_245 + 12_345;
            weights[i] = (byte) (state >>> 16);
        }
        Files.createDirectories(folder);
        try (LayerStore store = LayerStore.open(folder.resolve("store"), folder.resolve("other"))) {
            ImageLayout layout = ImageLayout.create(folder.resolve("layout"));
            List<Layer> layers = List.of(
                    store.store(new LayerPlan("application").add("app/a.jar", new byte[5000])),
                    store.store(new LayerPlan("model").add("model/weights.bin", weights)));
            ImageConfig config = new ImageConfig(
                    Platform.LINUX_AMD64, "65532:65532", "/", List.of("java"), 8080, Map.of(), Map.of(), null);
            Descriptor manifest = new ImageWriter(layout).write(BaseImage.NONE, layers, config, Map.of());
            layout.writeIndex(List.of(manifest));
            return new TestImage(layout, manifest);
        }
    }
}
