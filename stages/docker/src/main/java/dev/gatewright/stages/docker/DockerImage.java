// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.docker;

import dev.gatewright.stages.oci.Digest;
import java.util.List;

/**
 * An image that an engine has.
 *
 * @param id the digest of its config, by which the engine knows it
 * @param bytes as the engine counts them: its layers, unpacked
 * @param layers the digests of their contents, lowest first
 * @param entrypoint what it starts, its arguments included
 * @param user who runs in it; empty for root
 */
public record DockerImage(Digest id, long bytes, List<Digest> layers, List<String> entrypoint, String user) {
    public DockerImage {
        layers = List.copyOf(layers);
        entrypoint = List.copyOf(entrypoint);
    }
}
