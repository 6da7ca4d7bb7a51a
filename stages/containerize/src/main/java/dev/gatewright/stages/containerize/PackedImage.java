// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.oci.Digest;
import dev.gatewright.stages.oci.Reference;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The image that was made of the model: in a layout, or in an engine. */
sealed interface PackedImage extends AutoCloseable permits LayoutImage, EngineImage {
    int TAG_DIGITS = 12;

    /**
     * A layer.
     *
     * @param bytes as it is stored; empty where only its content is known
     */
    record Content(String name, Digest digest, OptionalLong bytes) {}

    /**
     * What a registry has of it.
     *
     * @param manifest by which the registry knows it
     * @param facts of the pushing, which differ from run to run
     */
    record Pushed(Digest manifest, Json.Obj facts) {}

    /** What it is called, tag included. */
    Reference reference();

    /** What it is known by where it lies: the digest of its manifest, or of its config in an engine. */
    Digest digest();

    /** Lowest first; of a layout what it adds to its base. */
    List<Content> layers();

    /** What it is built upon, as a report tells it. */
    String base();

    /** What it starts. */
    List<String> entrypoint();

    /** Of what it stores. */
    long bytes() throws IOException;

    /** How many of its parts do not lie where they should; empty where only an engine knows. */
    OptionalLong missing() throws IOException;

    /** What the document that tells of it has beside what every image has. */
    Json.Obj place();

    /** What differs from run to run. */
    Json.Obj environment();

    /** Boots it. */
    BootedImage boot(ContainerizeSection section, StageRequest request) throws IOException, InterruptedException;

    /**
     * Puts the document about the image beside it, and gives an image that holds all gates its name, and to those who asked for it.
     *
     * @param bill the document
     * @param passed whether it holds all gates
     * @return what came of pushing it; empty where nobody asked for that
     */
    Optional<Pushed> publish(ContainerizeSection section, byte[] bill, boolean passed, StageRequest request)
            throws IOException, InterruptedException;

    /** Forgets what was made for the trial alone. */
    @Override
    void close() throws IOException;

    /** Makes it, as the section says. */
    static PackedImage of(ContainerizeSection section, ModelFile model, StageRequest request)
            throws IOException, InterruptedException {
        return section.builder() == ImageBuilder.DOCKER
                ? EngineImage.build(section, model, request)
                : LayoutImage.write(section, model, request);
    }

    /** A name without a tag gets one that says which model it serves, so that no tag moves unasked. */
    static Reference reference(@Nullable Reference written, String model, String digest) {
        Reference named = written == null ? new Reference(null, model.toLowerCase(Locale.ROOT), null, null) : written;
        return named.tag() != null ? named : named.withTag("model-" + digest.substring(0, TAG_DIGITS));
    }
}
