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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * An image that was written into a layout in the stage's folder.
 *
 * @param reference what it is called, tag included
 * @param model that it was made of
 * @param baseName what it is built upon, as the spec names it
 * @param upon the same, read
 * @param added its own layers, lowest first
 */
record LayoutImage(
        ImageLayout layout,
        Reference reference,
        ModelFile model,
        BaseName baseName,
        BaseImage upon,
        Descriptor manifest,
        List<Layer> added,
        List<String> entrypoint)
        implements PackedImage {
    /** The layout's folder in the stage's folder. */
    static final String LAYOUT = "image";

    /** Writes it. */
    static LayoutImage write(ContainerizeSection section, ModelFile model, StageRequest request)
            throws IOException, InterruptedException {
        ImagePlan image = ImagePlan.of(section, model, request);
        ImageLayout layout = ImageLayout.create(request.folder().resolve(LAYOUT));
        try (LayerStore store = layers(request)) {
            BaseImage base = base(section, request, store, layout);
            List<Layer> layers = new ArrayList<>();
            for (LayerPlan plan : image.layers()) {
                request.progress().step("layer " + plan.name());
                layers.add(store.store(plan));
            }
            ImageConfig config = image.config(request.earlier());
            Descriptor manifest = new ImageWriter(layout).write(base, layers, config, annotations(section, base));
            Reference reference = PackedImage.reference(
                    section.image(), request.spec().model().name(), model.digest());
            Descriptor named = manifest.with(Map.of(ImageLayout.REF_NAME, reference.manifestName()));
            layout.writeIndex(List.of(named));
            LayoutImage build =
                    new LayoutImage(layout, reference, model, section.base(), base, named, layers, config.entrypoint());
            layout.keepOnly(build.blobs().stream().map(Descriptor::digest).toList());
            return build;
        }
    }

    /** Where the layers of the last image of the model are kept. */
    static LayerStore layers(StageRequest request) throws IOException {
        Path shared = request.spec()
                .folder()
                .resolve(".gatewright")
                .resolve("layers")
                .resolve(request.spec().model().name());
        return LayerStore.open(shared, request.folder().resolve("layers"));
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

    @Override
    public Digest digest() {
        return manifest.digest();
    }

    @Override
    public List<Content> layers() {
        return added.stream()
                .map(layer -> new Content(
                        layer.name(),
                        layer.descriptor().digest(),
                        OptionalLong.of(layer.descriptor().size())))
                .toList();
    }

    @Override
    public String base() {
        Descriptor pinned = upon.manifest();
        String digest = pinned == null ? "" : "@" + pinned.digest();
        if (baseName instanceof BaseName.Remote remote) {
            Reference named = remote.reference();
            return new Reference(named.registry(), named.repository(), named.tag(), null) + digest;
        }
        return pinned == null ? "none" : "oci-layout" + digest;
    }

    @Override
    public Json.Obj place() {
        return Json.object().put("layout", LAYOUT).build();
    }

    @Override
    public Json.Obj environment() {
        List<Json> layers = new ArrayList<>();
        for (Layer layer : added) {
            layers.add(Json.object()
                    .put("name", layer.name())
                    .put("reused", layer.reused())
                    .build());
        }
        return Json.object().put("layers", layers).build();
    }

    @Override
    public BootedImage boot(ContainerizeSection section, StageRequest request)
            throws IOException, InterruptedException {
        return section.inContainer()
                ? BootedContainer.ofLayout(this, section, request)
                : UnpackedServer.start(this, model, section, request);
    }

    /** Writes it as one file, by the name {@code name}. */
    void archive(String name, Path file) throws IOException {
        new ImageWriter(layout).writeArchive(manifest, name, file);
    }

    @Override
    public Optional<Pushed> publish(ContainerizeSection section, byte[] bill, boolean passed, StageRequest request)
            throws IOException, InterruptedException {
        Descriptor referrer = refer(bill, request);
        if (passed && section.archive() != null) {
            request.progress().step("archive");
            archive(
                    reference.toString(),
                    request.spec().resolve(section.archive().value()));
        }
        return passed && section.push() ? Optional.of(push(section, referrer, request)) : Optional.empty();
    }

    /** Puts a document about the image beside it; what differs from run to run stands on it, and not on the image. */
    private Descriptor refer(byte[] bill, StageRequest request) throws IOException {
        Descriptor referrer = new ImageWriter(layout)
                .refer(manifest, BillOfMaterials.MEDIA_TYPE, bill, BillOfMaterials.annotations(request));
        List<Descriptor> named = new ArrayList<>(layout.index());
        named.add(referrer);
        layout.writeIndex(named);
        return referrer;
    }

    private Pushed push(ContainerizeSection section, Descriptor referrer, StageRequest request)
            throws IOException, InterruptedException {
        String from = baseName instanceof BaseName.Remote remote
                        && Objects.equals(remote.reference().registry(), reference.registry())
                ? remote.reference().repository()
                : null;
        Registry registry = section.registry().of(reference, request);
        Registry.Pushed pushed = registry.push(
                layout, manifest, reference, from, step -> request.progress().step(step));
        registry.pushReferrer(layout, referrer, manifest, reference);
        return new Pushed(
                manifest.digest(),
                Json.object()
                        .put("reference", reference.toString())
                        .put("bytes", pushed.sent())
                        .put("uploaded", pushed.uploaded())
                        .put("present", pushed.present())
                        .build());
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

    @Override
    public long bytes() throws IOException {
        long bytes = 0;
        for (Descriptor blob : blobs()) {
            bytes += blob.size();
        }
        return bytes;
    }

    @Override
    public OptionalLong missing() throws IOException {
        long missing = 0;
        for (Descriptor blob : blobs()) {
            Path file = layout.blob(blob.digest());
            missing += Files.isRegularFile(file) && Files.size(file) == blob.size() ? 0 : 1;
        }
        return OptionalLong.of(missing);
    }

    /** The layout is what the stage leaves. */
    @Override
    public void close() {}
}
