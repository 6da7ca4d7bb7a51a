// SPDX-License-Identifier: Apache-2.0
/**
 * A Docker engine, and what a stage asks of it: {@link dev.gatewright.stages.docker.DockerEngine} builds, loads, reads and pushes
 * images, and starts a {@link dev.gatewright.stages.docker.DockerContainer}. The only place of docker-java.
 */
@NullMarked
package dev.gatewright.stages.docker;

import org.jspecify.annotations.NullMarked;
