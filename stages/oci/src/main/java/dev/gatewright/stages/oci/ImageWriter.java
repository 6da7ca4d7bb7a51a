// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts images, and what refers to them, into a layout. The same contents give the same digest on every machine. */
public final class ImageWriter {
    private static final byte[] EMPTY = {'{', '}'};

    private final ImageLayout layout;

    /** Writes into {@code layout}, whose index it leaves to its caller. */
    public ImageWriter(ImageLayout layout) {
        this.layout = layout;
    }

    /** An image of those layers upon {@code base}, whose blobs are in the layout; its manifest. */
    public Descriptor write(BaseImage base, List<Layer> layers, ImageConfig config, Map<String, String> annotations)
            throws IOException {
        List<Descriptor> all = new ArrayList<>(base.layers());
        for (Layer layer : layers) {
            layout.take(layer.descriptor(), layer.file());
            all.add(layer.descriptor());
        }
        Descriptor written = layout.put(MediaType.CONFIG, CanonicalJson.bytes(config.toJson(base, layers)));
        return layout.put(MediaType.MANIFEST, manifest(written, all, null, null, annotations));
    }

    /** A document about {@code subject}, such as its bill of materials; its manifest. */
    public Descriptor refer(Descriptor subject, String artifactType, byte[] document, Map<String, String> annotations)
            throws IOException {
        Descriptor config = layout.put(MediaType.EMPTY, EMPTY);
        Descriptor layer = layout.put(artifactType, document);
        Descriptor about = new Descriptor(subject.mediaType(), subject.digest(), subject.size());
        Descriptor manifest =
                layout.put(MediaType.MANIFEST, manifest(config, List.of(layer), artifactType, about, annotations));
        return new Descriptor(manifest.mediaType(), manifest.digest(), manifest.size(), annotations, artifactType);
    }

    /** An image, or another artifact. */
    static byte[] manifest(
            Descriptor config,
            List<Descriptor> layers,
            @Nullable String artifactType,
            @Nullable Descriptor subject,
            Map<String, String> annotations) {
        List<Json> entries = new ArrayList<>();
        layers.forEach(layer -> entries.add(layer.toJson()));
        Json.Builder manifest = Json.object().put("schemaVersion", 2).put("mediaType", MediaType.MANIFEST);
        if (artifactType != null) {
            manifest.put("artifactType", artifactType);
        }
        manifest.put("config", config.toJson()).put("layers", entries);
        if (subject != null) {
            manifest.put("subject", subject.toJson());
        }
        if (!annotations.isEmpty()) {
            manifest.put("annotations", Descriptor.texts(annotations));
        }
        return CanonicalJson.bytes(manifest.build());
    }

    /** An image as one file: the layout, with the list by which engines older than it load an image. */
    public void writeArchive(Descriptor manifest, @Nullable String reference, Path file) throws IOException {
        Json.Obj document = layout.document(manifest);
        Descriptor config = Descriptor.of(document.object("config"));
        LayerPlan archive = new LayerPlan("archive");
        List<String> layers = new ArrayList<>();
        for (Json.Obj layer : document.objects("layers")) {
            Digest digest = Descriptor.of(layer).digest();
            if (!layers.contains(pathOf(digest))) {
                archive.add(pathOf(digest), layout.blob(digest));
            }
            layers.add(pathOf(digest));
        }
        archive.add(pathOf(config.digest()), layout.blob(config.digest()));
        archive.add(pathOf(manifest.digest()), layout.blob(manifest.digest()));
        archive.add(ImageLayout.MARK, layout.folder().resolve(ImageLayout.MARK));
        // Of this image alone: what the layout has about it differs from run to run.
        archive.add(ImageLayout.INDEX, ImageLayout.indexOf(List.of(manifest)));
        Json.Builder entry = Json.object()
                .put("Config", pathOf(config.digest()))
                .put("Layers", Json.texts(layers))
                .put("RepoTags", reference == null ? Json.NULL : Json.texts(List.of(reference)));
        archive.add("manifest.json", CanonicalJson.bytes(new Json.Arr(List.of(entry.build()))));
        Path folder = Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
        Path temporary = NewFile.in(folder);
        try {
            try (var out = Files.newOutputStream(temporary)) {
                archive.writeTo(new TarWriter(out), new byte[1 << 20]);
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    static String pathOf(Digest digest) {
        return "blobs/sha256/" + digest.hex();
    }
}
