// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.docker;

import dev.gatewright.stages.oci.Digest;

/**
 * A container that is to run.
 *
 * @param port the port on which it listens, which is published on a free one of this machine alone
 * @param confined whether it may write nothing but {@code /tmp} and has no capability of root, as an image that was made for it
 *     needs none; otherwise it has what {@code docker run} gives
 */
public record ContainerRequest(Digest image, int port, boolean confined) {}
