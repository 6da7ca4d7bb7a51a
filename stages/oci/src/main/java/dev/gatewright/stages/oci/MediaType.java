// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.oci;

import java.util.Map;

/** The media types of the image specification, and those of Docker's images that mean the same. */
public final class MediaType {
    /** A list of manifests. */
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /** One image, or another artifact. */
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    /** How an image is run. */
    public static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    /** A layer that is stored as it is. */
    public static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

    /** The config of an artifact that has none. */
    public static final String EMPTY = "application/vnd.oci.empty.v1+json";

    static final String DOCKER_INDEX = "application/vnd.docker.distribution.manifest.list.v2+json";
    static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    private static final Map<String, String> OF_DOCKER = Map.of(
            DOCKER_INDEX,
            INDEX,
            DOCKER_MANIFEST,
            MANIFEST,
            "application/vnd.docker.container.image.v1+json",
            CONFIG,
            "application/vnd.docker.image.rootfs.diff.tar.gzip",
            LAYER + "+gzip",
            "application/vnd.docker.image.rootfs.diff.tar",
            LAYER);

    private MediaType() {}

    /** The type of the image specification for the same bytes; one of Docker's has a counterpart there. */
    static String standard(String type) {
        return OF_DOCKER.getOrDefault(type, type);
    }
}
