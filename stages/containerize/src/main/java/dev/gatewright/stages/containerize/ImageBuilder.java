// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

/** What writes the image. */
enum ImageBuilder {
    /** A writer of Gatewright's own, without an engine. */
    OCI("oci"),
    /** A Docker engine. */
    DOCKER("docker");

    private final String spelling;

    ImageBuilder(String spelling) {
        this.spelling = spelling;
    }

    String spelling() {
        return spelling;
    }
}
