// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.docker;

import dev.gatewright.stages.oci.Reference;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an image is built from.
 *
 * @param context the folder that a Dockerfile copies from; its {@code .dockerignore} is obeyed
 * @param dockerfile below {@code context}
 * @param without files and folders of the context that never go, by their paths in it
 * @param instead files that take the place of those of the context, by their paths in it
 * @param base a registry's image that it is built upon, whose login the engine may need; null where the Dockerfile alone says
 * @param arguments of the build
 * @param network in which its commands run; null for the engine's usual one
 */
public record DockerBuild(
        Path context,
        Path dockerfile,
        Set<String> without,
        Map<String, Path> instead,
        Reference name,
        @Nullable Reference base,
        String platform,
        Map<String, String> arguments,
        Map<String, String> labels,
        @Nullable String network) {
    public DockerBuild {
        without = Set.copyOf(without);
        instead = Map.copyOf(instead);
        arguments = Map.copyOf(arguments);
        labels = Map.copyOf(labels);
    }
}
