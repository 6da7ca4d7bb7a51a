// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Values;
import dev.gatewright.stages.evaluation.ServedProtocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the booted image is asked: the key {@code serving}.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority who vouches for the image's certificate, which has to be for {@code localhost}; null for who this Java knows
 * @param readyWithin how long it is waited until the model can be asked
 */
record ServingSection(
        ServedProtocol protocol, String scheme, @Nullable Path authority, Duration readyWithin) {
    static final ServingSection USUAL = new ServingSection(ServedProtocol.USUAL, "http", null, Duration.ofMinutes(2));

    private static final Key<String> SCHEME = Key.optional(
            "scheme",
            Shapes.oneOf(new String[] {"http", "https"}, scheme -> scheme),
            "Whether the image's server wants TLS; http unless said otherwise.",
            "scheme: https");
    private static final Key<Path> AUTHORITY = Key.optional(
            "authority",
            Shapes.path(),
            "With scheme https: a file with the certificates (PEM) of who vouches for the image's own, which is for localhost.",
            "authority: certificates/authority.pem");
    private static final Key<Duration> READY_WITHIN = Key.optional(
            "ready-within",
            Shapes.duration(),
            "How long it is waited until the model can be asked; 2m unless said otherwise.",
            "ready-within: 2m");

    static final Section<ServingSection> SHAPE = new Section<>("serving", keys(), ServingSection::make);

    private static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(ServedProtocol.KEYS);
        keys.addAll(List.of(SCHEME, AUTHORITY, READY_WITHIN));
        return keys;
    }

    private static @Nullable ServingSection make(Values values, Problems problems) {
        ServedProtocol protocol = ServedProtocol.of(values, problems);
        String scheme = values.get(SCHEME, USUAL.scheme());
        Path authority = values.get(AUTHORITY);
        if (authority != null && !scheme.equals("https")) {
            problems.add(values.place(AUTHORITY), "nobody vouches for a server without TLS", SCHEME.example());
            return null;
        }
        return protocol == null
                ? null
                : new ServingSection(protocol, scheme, authority, values.get(READY_WITHIN, USUAL.readyWithin()));
    }
}
