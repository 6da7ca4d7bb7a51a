// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Takes what an image is built upon into a layout: the one manifest for the platform, its config, its layers. */
public final class BaseImages {
    private static final int MOST_LAYERS = 100;
    private static final Set<String> LAYERS =
            Set.of(MediaType.LAYER, MediaType.LAYER + "+gzip", MediaType.LAYER + "+zstd");

    private final ImageSource source;
    private final LayerStore store;

    /** Reads from {@code source}; what it has read once is kept in {@code store}. */
    public BaseImages(ImageSource source, LayerStore store) {
        this.source = source;
        this.store = store;
    }

    /**
     * The image for {@code platform}, its layers taken over by {@code layout}.
     *
     * @throws IOException if it cannot be read, is no image, or is none for that platform
     */
    public BaseImage into(ImageLayout layout, Platform platform) throws IOException, InterruptedException {
        ImageSource.Found found = source.find();
        if (MediaType.standard(found.descriptor().mediaType()).equals(MediaType.INDEX)) {
            found = source.find(choose(found.document(), platform));
        }
        Json.Obj manifest = found.document();
        Descriptor described = Descriptor.of(manifest.object("config"));
        if (described.size() > ImageLayout.LARGEST_DOCUMENT) {
            throw new IOException("the config of the base image is too large for one");
        }
        Json.Obj config =
                ImageLayout.parse(Files.readAllBytes(store.keep(described, source)), "the config of the base image");
        if (!config.text("architecture").equals(Optional.of(platform.architecture()))
                || !config.text("os").equals(Optional.of(platform.system()))) {
            throw new IOException("the base image is for " + config.text("os").orElse("?") + "/"
                    + config.text("architecture").orElse("?") + ", not for " + platform.spelling());
        }
        List<Descriptor> layers = new ArrayList<>();
        for (Json.Obj each : manifest.objects("layers")) {
            Descriptor layer = Descriptor.of(each);
            String type = MediaType.standard(layer.mediaType());
            if (!LAYERS.contains(type) || layers.size() == MOST_LAYERS) {
                throw new IOException("the base image has a layer of the type '" + type + "', or too many layers");
            }
            Descriptor taken = new Descriptor(type, layer.digest(), layer.size());
            layout.take(taken, store.keep(taken, source));
            layers.add(taken);
        }
        if (config.object("rootfs").items("diff_ids").size() != layers.size()) {
            throw new IOException("the base image's config names other layers than its manifest");
        }
        return new BaseImage(found.descriptor(), layers, config);
    }

    private static Digest choose(Json.Obj index, Platform platform) throws IOException {
        List<String> there = new ArrayList<>();
        for (Json.Obj entry : index.objects("manifests")) {
            String named = entry.object("platform").text("os").orElse("") + "/"
                    + entry.object("platform").text("architecture").orElse("");
            if (Objects.equals(named, platform.spelling())) {
                return Descriptor.of(entry).digest();
            }
            there.add(named);
        }
        throw new IOException(
                "the base image is not for " + platform.spelling() + ", but for " + String.join(", ", there));
    }
}
