// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.nio.file.Path;

/** Where an image is read from. What it gives was held against its digest. */
public interface ImageSource {
    /**
     * A manifest, or an index of manifests.
     *
     * @throws IOException if it is not there, or is not what its digest says
     */
    Found find() throws IOException, InterruptedException;

    /** The manifest of that digest. */
    Found find(Digest digest) throws IOException, InterruptedException;

    /**
     * Copies a blob to {@code target}, which is not there.
     *
     * @throws IOException if it is not there, or is not what {@code blob} says
     */
    void copy(Descriptor blob, Path target) throws IOException, InterruptedException;

    /** A manifest as it was found. */
    record Found(Descriptor descriptor, Json.Obj document) {}
}
