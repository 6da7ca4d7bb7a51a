// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.oci.DockerCredentials;
import dev.gatewright.stages.oci.Reference;
import dev.gatewright.stages.oci.Registry;
import dev.gatewright.stages.oci.RegistryPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How registries are asked.
 *
 * @param plainHttp whether without TLS; null: only one on this machine
 * @param authority who vouches for them, in place of those that this Java knows
 */
record RegistrySection(
        @Nullable Boolean plainHttp, @Nullable Path authority) {
    static final RegistrySection USUAL = new RegistrySection(null, null);

    private static final Key<Boolean> PLAIN_HTTP = Key.optional(
            "plain-http",
            Shapes.truth(),
            "Whether the registry is asked without TLS; unless said otherwise only one on this machine is.",
            "plain-http: false");
    private static final Key<Path> AUTHORITY = Key.optional(
            "authority",
            Shapes.path(),
            "A file with the certificates (PEM) of who vouches for the registry, in place of those that Java knows.",
            "authority: certificates/company.pem");

    static final Section<RegistrySection> SHAPE = new Section<>(
            "registry",
            List.of(PLAIN_HTTP, AUTHORITY),
            (values, problems) -> new RegistrySection(values.get(PLAIN_HTTP), values.get(AUTHORITY)));

    /** The registry of {@code reference}, with the logins of Docker's clients. */
    Registry of(Reference reference, StageRequest request) throws IOException {
        Path certificates = authority == null ? null : request.spec().resolve(authority);
        return Registry.at(RegistryPlace.of(reference, plainHttp, certificates), logins(request));
    }

    /** The logins of Docker's clients. */
    DockerCredentials logins(StageRequest request) {
        return new DockerCredentials(name -> request.secrets().secret(name));
    }
}
