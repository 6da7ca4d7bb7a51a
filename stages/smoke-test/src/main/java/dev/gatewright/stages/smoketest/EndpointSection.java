// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Values;
import dev.gatewright.stages.evaluation.ServedProtocol;
import dev.gatewright.validation.endpoint.Endpoint;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the model is served: the key {@code endpoint}.
 *
 * @param secret the name of the secret that is sent as a bearer token
 * @param patience how long an answer may take
 * @param readyWithin how long it is waited until the model can be asked
 */
record EndpointSection(
        Place place,
        URI url,
        ServedProtocol protocol,
        @Nullable Path authority,
        @Nullable Placed<String> secret,
        Duration patience,
        Duration readyWithin) {
    static final Duration USUAL_READY_WITHIN = Duration.ofSeconds(60);

    private static final Key<String> URL = Key.required(
            "url",
            Shapes.text(),
            "The server's address, without the paths of its protocol.",
            "url: http://127.0.0.1:8080");
    private static final Key<Path> AUTHORITY = Key.optional(
            "authority",
            Shapes.path(),
            "A file with the certificates (PEM) of the authority that is trusted, in place of the machine's own ones.",
            "authority: certificates/authority.pem");
    private static final Key<Placed<String>> SECRET = Key.optional(
            "secret",
            Shapes.placed(Shapes.name()),
            "The name of the environment variable with the key, sent as a bearer token.",
            "secret: ENDPOINT_KEY");
    private static final Key<Duration> PATIENCE = Key.optional(
            "time-limit",
            Shapes.duration(),
            "How long an answer may take; 30s unless said otherwise.",
            "time-limit: 30s");
    private static final Key<Duration> READY_WITHIN = Key.optional(
            "ready-within",
            Shapes.duration(),
            "How long it is waited until the model can be asked; 60s unless said otherwise.",
            "ready-within: 60s");
    static final Section<EndpointSection> SHAPE = new Section<>("endpoint", keys(), EndpointSection::make);

    private static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(List.of(URL, AUTHORITY, SECRET, PATIENCE, READY_WITHIN));
        keys.addAll(1, ServedProtocol.KEYS);
        return keys;
    }

    private static @Nullable EndpointSection make(Values values, Problems problems) {
        URI url;
        try {
            url = Endpoint.at(URI.create(values.need(URL))).url();
        } catch (IllegalArgumentException e) {
            problems.add(values.place(URL), "'" + values.need(URL) + "' is no address of a server", URL.example());
            return null;
        }
        ServedProtocol protocol = ServedProtocol.of(values, problems);
        if (protocol == null) {
            return null;
        }
        Duration patience = values.get(PATIENCE, Endpoint.USUAL_PATIENCE);
        if (patience.isZero()) {
            problems.add(values.place(PATIENCE), "a time-limit of 0 lets nothing answer", PATIENCE.example());
            return null;
        }
        return new EndpointSection(
                values.place(),
                url,
                protocol,
                values.get(AUTHORITY),
                values.get(SECRET),
                patience,
                values.get(READY_WITHIN, USUAL_READY_WITHIN));
    }
}
