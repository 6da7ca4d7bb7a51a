// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which Docker engine is asked, and how it builds: the key {@code engine}.
 *
 * @param host its address; null for the one that Docker's clients would ask
 * @param buildNetwork the network of a build's commands; null for the engine's usual one
 */
record EngineSection(@Nullable String host, @Nullable String buildNetwork) {
    static final EngineSection USUAL = new EngineSection(null, null);

    private static final Key<String> HOST = Key.optional(
            "host",
            Shapes.text(),
            "The engine's address; DOCKER_HOST, the current context or the usual socket unless said otherwise.",
            "host: \"unix:///var/run/docker.sock\"");
    private static final Key<String> BUILD_NETWORK = Key.optional(
            "build-network",
            Shapes.text(),
            "The network in which a build's commands run; the engine's usual one unless said otherwise.",
            "build-network: host");

    static final Section<EngineSection> SHAPE = new Section<>(
            "engine",
            List.of(HOST, BUILD_NETWORK),
            (values, problems) -> new EngineSection(values.get(HOST), values.get(BUILD_NETWORK)));
}
