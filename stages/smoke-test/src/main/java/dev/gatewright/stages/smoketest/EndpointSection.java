// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Values;
import dev.gatewright.validation.endpoint.Endpoint;
import dev.gatewright.validation.endpoint.Mapped;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the model is served: the key {@code endpoint}.
 *
 * @param model the name under which it is served; none: the spec's
 * @param secret the name of the secret that is sent as a bearer token
 * @param patience how long an answer may take
 * @param readyWithin how long it is waited until the model can be asked
 * @param mapping where inputs and outputs stand, for JSON of no protocol
 */
record EndpointSection(
        Place place,
        URI url,
        Kind protocol,
        @Nullable String model,
        @Nullable Path authority,
        @Nullable Placed<String> secret,
        Duration patience,
        Duration readyWithin,
        @Nullable Mapped mapping) {
    static final Duration USUAL_READY_WITHIN = Duration.ofSeconds(60);

    /** How it is asked. */
    enum Kind {
        /** The Open Inference Protocol. */
        V2("v2"),
        /** {@code :predict}. */
        V1("v1"),
        /** Other JSON. */
        MAPPING("mapping");

        private final String spelling;

        Kind(String spelling) {
            this.spelling = spelling;
        }

        String spelling() {
            return spelling;
        }
    }

    private static final Key<String> URL = Key.required(
            "url",
            Shapes.text(),
            "The server's address, without the paths of its protocol.",
            "url: http://127.0.0.1:8080");
    private static final Key<Kind> PROTOCOL = Key.optional(
            "protocol",
            Shapes.oneOf(Kind.values(), Kind::spelling),
            "How it is asked: v2 (the Open Inference Protocol, the default), v1 (:predict), or mapping (other JSON).",
            "protocol: v2");
    private static final Key<String> MODEL = Key.optional(
            "model",
            Shapes.text(),
            "The name under which the model is served; the spec's unless said otherwise.",
            "model: digits");
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
    private static final Key<String> PATH = Key.optional(
            "path", Shapes.text(), "With protocol mapping: the path that rows are posted to.", "path: /predict");
    private static final Key<String> READY = Key.optional(
            "ready",
            Shapes.text(),
            "With protocol mapping: the path that answers 200 when the model can be asked.",
            "ready: /health");
    private static final Key<Map<String, List<String>>> REQUEST = Key.optional(
            "request",
            Shapes.mapOf("model inputs to JSON pointers", Shapes.listOf(Shapes.text(), true)),
            "With protocol mapping: where in the request the inputs of one row stand, by a JSON pointer an input, or one an element.",
            "request: {image: /instances/0/pixels}");
    private static final Key<Map<String, String>> ANSWER = Key.optional(
            "answer",
            Shapes.mapOf("model outputs to JSON pointers", Shapes.text()),
            "With protocol mapping: where in the answer the outputs stand, by JSON pointers.",
            "answer: {probabilities: /predictions/0}");

    static final Section<EndpointSection> SHAPE = new Section<>(
            "endpoint",
            List.of(URL, PROTOCOL, MODEL, AUTHORITY, SECRET, PATIENCE, READY_WITHIN, PATH, READY, REQUEST, ANSWER),
            EndpointSection::make);

    private static @Nullable EndpointSection make(Values values, Problems problems) {
        URI url;
        try {
            url = Endpoint.at(URI.create(values.need(URL))).url();
        } catch (IllegalArgumentException e) {
            problems.add(values.place(URL), "'" + values.need(URL) + "' is no address of a server", URL.example());
            return null;
        }
        Kind protocol = values.get(PROTOCOL, Kind.V2);
        Mapped mapping = null;
        if (protocol == Kind.MAPPING) {
            mapping = mapping(values, problems);
            if (mapping == null) {
                return null;
            }
        } else {
            for (Key<?> key : List.of(PATH, READY, REQUEST, ANSWER)) {
                if (values.has(key)) {
                    problems.add(
                            values.place(key),
                            "protocol " + protocol.spelling() + " says where everything stands; remove the key '"
                                    + key.name() + "', or write protocol: mapping");
                    return null;
                }
            }
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
                values.get(MODEL),
                values.get(AUTHORITY),
                values.get(SECRET),
                patience,
                values.get(READY_WITHIN, USUAL_READY_WITHIN),
                mapping);
    }

    private static @Nullable Mapped mapping(Values values, Problems problems) {
        for (Key<?> key : List.of(PATH, REQUEST, ANSWER)) {
            if (!values.has(key)) {
                problems.add(values.place(), "protocol mapping needs the key '" + key.name() + "'", key.example());
                return null;
            }
        }
        String path = values.get(PATH, "");
        String ready = values.get(READY);
        if (!isPath(path) || (ready != null && !isPath(ready))) {
            problems.add(
                    values.place(isPath(path) ? READY : PATH),
                    "a path on the server begins with a slash",
                    PATH.example());
            return null;
        }
        try {
            return new Mapped(path, ready, values.get(REQUEST, Map.of()), values.get(ANSWER, Map.of()));
        } catch (IllegalArgumentException e) {
            problems.add(values.place(REQUEST), String.valueOf(e.getMessage()), REQUEST.example());
            return null;
        }
    }

    private static boolean isPath(String path) {
        return path.startsWith("/") && path.chars().allMatch(c -> c > ' ' && c < 127 && c != '#');
    }
}
