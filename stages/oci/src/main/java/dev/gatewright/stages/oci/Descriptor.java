// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import dev.gatewright.stages.api.json.Json;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How one document points at a blob: what it is, its digest and its size.
 *
 * @param size in bytes
 * @param annotations in the order of their names
 * @param artifactType what an artifact is, where that is not an image
 */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        Map<String, String> annotations,
        @Nullable String artifactType) {

    /** Keeps its own copy. */
    public Descriptor {
        annotations = new TreeMap<>(annotations);
    }

    /** Of those bytes. */
    public static Descriptor of(String mediaType, byte[] bytes) {
        return new Descriptor(mediaType, Digest.of(bytes), bytes.length);
    }

    /** Without annotations. */
    public Descriptor(String mediaType, Digest digest, long size) {
        this(mediaType, digest, size, Map.of(), null);
    }

    /** The same with those annotations. */
    public Descriptor with(Map<String, String> others) {
        return new Descriptor(mediaType, digest, size, others, artifactType);
    }

    Json.Obj toJson() {
        Json.Builder json = Json.object()
                .put("mediaType", mediaType)
                .put("digest", digest.toString())
                .put("size", size);
        if (artifactType != null) {
            json.put("artifactType", artifactType);
        }
        if (!annotations.isEmpty()) {
            json.put("annotations", texts(annotations));
        }
        return json.build();
    }

    static Json.Obj texts(Map<String, String> texts) {
        Json.Builder json = Json.object();
        new TreeMap<>(texts).forEach(json::put);
        return json.build();
    }

    /**
     * As a document of a stranger has it.
     *
     * @throws IOException if it names no blob
     */
    public static Descriptor of(Json.Obj json) throws IOException {
        try {
            Map<String, String> annotations = new TreeMap<>();
            Json.Obj written = json.object("annotations");
            written.members()
                    .keySet()
                    .forEach(name -> written.text(name).ifPresent(value -> annotations.put(name, value)));
            double size = json.number("size").orElse(-1.0);
            if (!(size >= 0) || size > 1L << 53 || size != Math.rint(size)) {
                throw new IOException("a descriptor's size is no count of bytes");
            }
            return new Descriptor(
                    json.text("mediaType").orElse(""),
                    Digest.parse(json.text("digest").orElse("")),
                    (long) size,
                    annotations,
                    json.text("artifactType").orElse(null));
        } catch (IllegalArgumentException e) {
            throw new IOException("a descriptor names no blob: " + e.getMessage(), e);
        }
    }
}
