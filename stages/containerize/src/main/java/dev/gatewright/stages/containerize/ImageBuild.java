// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.oci.BaseImage;
import dev.gatewright.stages.oci.BaseImages;
import dev.gatewright.stages.oci.Descriptor;
import dev.gatewright.stages.oci.Digest;
import dev.gatewright.stages.oci.ImageConfig;
import dev.gatewright.stages.oci.ImageLayout;
import dev.gatewright.stages.oci.ImageSource;
import dev.gatewright.stages.oci.ImageWriter;
import dev.gatewright.stages.oci.Layer;
import dev.gatewright.stages.oci.LayerPlan;
import dev.gatewright.stages.oci.LayerStore;
import dev.gatewright.stages.oci.Reference;
import dev.gatewright.stages.oci.Registry;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An image that was written into a layout in the stage's folder.
 *
 * @param reference what it is called, tag included
 * @param base what it is built upon
 * @param layers lowest first
 */
record ImageBuild(
        ImageLayout layout,
        Reference reference,
        BaseImage base,
        Descriptor manifest,
        List<Layer> layers,
        List<String> entrypoint) {
    /** The layout's folder in the stage's folder. */
    static final String LAYOUT = "image";

    private static final int TAG_DIGITS = 12;

    /** Writes it. */
    static ImageBuild write(ContainerizeSection section, ModelFile model, StageRequest request)
            throws IOException, InterruptedException {
        ServedImage image = new ServedImage(section, request.spec(), model);
        ServerParts server = ServerParts.of(request.installation().server(), section.platform());
        Path shared = request.spec()
                .folder()
                .resolve(".gatewright")
                .resolve("layers")
                .resolve(request.spec().model().name());
        ImageLayout layout = ImageLayout.create(request.folder().resolve(LAYOUT));
        try (LayerStore store = LayerStore.open(shared, request.folder().resolve("layers"))) {
            BaseImage base = base(section, request, store, layout);
            List<Layer> layers = new ArrayList<>();
            for (LayerPlan plan : List.of(server.runtime(), server.application(), image.modelLayer())) {
                request.progress().step("layer " + plan.name());
                layers.add(store.store(plan));
            }
            ImageConfig config = image.config(server, request.earlier());
            Descriptor manifest = new ImageWriter(layout).write(base, layers, config, annotations(section, base));
            Reference reference = reference(section, request, model);
            Descriptor named = manifest.with(Map.of(ImageLayout.REF_NAME, reference.manifestName()));
            layout.writeIndex(List.of(named));
            ImageBuild build = new ImageBuild(layout, reference, base, named, layers, config.entrypoint());
            layout.keepOnly(build.blobs().stream().map(Descriptor::digest).toList());
            return build;
        }
    }

    private static BaseImage base(
            ContainerizeSection section, StageRequest request, LayerStore store, ImageLayout layout)
            throws IOException, InterruptedException {
        ImageSource source;
        if (section.base() instanceof BaseName.Remote remote) {
            request.progress().step("base " + remote.reference());
            source = section.registry().of(remote.reference(), request).image(remote.reference());
        } else if (section.base() instanceof BaseName.Local local) {
            source = ImageLayout.open(request.spec().resolve(local.layout())).image(local.name());
        } else {
            return BaseImage.NONE;
        }
        return new BaseImages(source, store).into(layout, section.platform());
    }

    /** As the image specification has a base told. */
    private static Map<String, String> annotations(ContainerizeSection section, BaseImage base) {
        Map<String, String> annotations = new TreeMap<>();
        if (base.manifest() != null) {
            annotations.put(
                    "org.opencontainers.image.base.digest",
                    base.manifest().digest().toString());
        }
        if (section.base() instanceof BaseName.Remote remote) {
            annotations.put(
                    "org.opencontainers.image.base.name", remote.reference().toString());
        }
        return annotations;
    }

    /** Writes it as one file too. */
    void archive(Path file) throws IOException {
        new ImageWriter(layout).writeArchive(manifest, reference.toString(), file);
    }

    /**
     * Puts a document about the image beside it; what differs from run to run stands on it, and not on the image.
     *
     * @return its manifest
     */
    Descriptor refer(String mediaType, byte[] document, StageRequest request) throws IOException {
        Map<String, String> annotations = Map.of(
                ContainerizeSection.OWN_LABELS + "run",
                request.runId(),
                "org.opencontainers.image.created",
                request.clock().instant().toString());
        Descriptor referrer = new ImageWriter(layout).refer(manifest, mediaType, document, annotations);
        List<Descriptor> named = new ArrayList<>(layout.index());
        named.add(referrer);
        layout.writeIndex(named);
        return referrer;
    }

    /** Pushes it to the registry of its name, and the document about it. */
    Registry.Pushed push(ContainerizeSection section, Descriptor referrer, StageRequest request)
            throws IOException, InterruptedException {
        String from = section.base() instanceof BaseName.Remote remote
                        && Objects.equals(remote.reference().registry(), reference.registry())
                ? remote.reference().repository()
                : null;
        Registry registry = section.registry().of(reference, request);
        Registry.Pushed pushed = registry.push(
                layout, manifest, reference, from, step -> request.progress().step(step));
        registry.pushReferrer(layout, referrer, manifest, reference);
        return pushed;
    }

    /** A name without a tag gets one that says which model it serves, so that no tag moves unasked. */
    private static Reference reference(ContainerizeSection section, StageRequest request, ModelFile model) {
        Reference written = Optional.ofNullable(section.image())
                .orElseGet(
                        () -> new Reference(null, request.spec().model().name().toLowerCase(Locale.ROOT), null, null));
        return written.tag() != null
                ? written
                : written.withTag("model-" + model.digest().substring(0, TAG_DIGITS));
    }

    /** All that the image is made of: manifest, config, layers. */
    List<Descriptor> blobs() throws IOException {
        List<Descriptor> blobs = new ArrayList<>(List.of(manifest));
        Json.Obj document = layout.document(manifest);
        blobs.add(descriptor(document.object("config")));
        for (Json.Obj layer : document.objects("layers")) {
            blobs.add(descriptor(layer));
        }
        return blobs;
    }

    private static Descriptor descriptor(Json.Obj json) {
        return new Descriptor(
                json.text("mediaType").orElse(""),
                Digest.parse(json.text("digest").orElse("")),
                json.number("size").orElse(-1.0).longValue());
    }

    /** The bytes of all of them. */
    long bytes() throws IOException {
        long bytes = 0;
        for (Descriptor blob : blobs()) {
            bytes += blob.size();
        }
        return bytes;
    }

    /** How many of them do not lie in the layout as they should. */
    long missing() throws IOException {
        long missing = 0;
        for (Descriptor blob : blobs()) {
            Path file = layout.blob(blob.digest());
            missing += Files.isRegularFile(file) && Files.size(file) == blob.size() ? 0 : 1;
        }
        return missing;
    }
}
