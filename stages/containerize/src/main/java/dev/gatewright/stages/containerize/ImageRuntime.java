// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

/** What serves the model in the image. */
enum ImageRuntime {
    /** Gatewright's own server. */
    GATEWRIGHT("gatewright"),
    /** A small FastAPI application, written for the model. */
    FASTAPI("fastapi"),
    /** What the user's own Dockerfile starts. */
    DOCKERFILE("dockerfile"),
    /** Triton, which loads a repository of models. */
    TRITON("triton"),
    /** Nothing: the image holds the model alone, for a server that mounts it. */
    MODELCAR("modelcar");

    private final String spelling;

    ImageRuntime(String spelling) {
        this.spelling = spelling;
    }

    String spelling() {
        return spelling;
    }

    /** Whether its image is made by running commands, which only an engine does. */
    boolean runsCommands() {
        return this == FASTAPI || this == DOCKERFILE;
    }

    /** Whether the image has the model alone, and no server of ours with it. */
    boolean isDataOnly() {
        return this == TRITON || this == MODELCAR;
    }
}
