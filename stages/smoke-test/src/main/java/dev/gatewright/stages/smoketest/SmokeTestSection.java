// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.evaluation.GoldenSection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code smoke-test} of a spec.
 *
 * @param golden the rows that are asked; none: those of the nearest earlier stage that had some
 * @param endpoint where; none: what the nearest earlier stage left running
 * @param burst so many requests at once; 0: none
 * @param malformed whether malformed requests are sent, which must be refused
 * @param authentication whether the endpoint must refuse whoever has no key
 * @param identity what proof must be had that it is the judged model; none: whichever can be had
 */
public record SmokeTestSection(
        Place place,
        @Nullable GoldenSection golden,
        @Nullable EndpointSection endpoint,
        @Nullable LoadSection load,
        int burst,
        boolean malformed,
        @Nullable Placed<Authentication> authentication,
        @Nullable TlsSection tls,
        Identity.@Nullable Proof identity,
        List<ServingGate> gates) {
    private static final long MOST_AT_ONCE = 10_000;

    /** Who may ask. */
    enum Authentication {
        /** Whoever has the key. */
        REQUIRED("required");

        private final String spelling;

        Authentication(String spelling) {
            this.spelling = spelling;
        }

        String spelling() {
            return spelling;
        }
    }

    /** What becomes of malformed requests. */
    private enum Malformed {
        REFUSE("refuse"),
        SKIP("skip");

        private final String spelling;

        Malformed(String spelling) {
            this.spelling = spelling;
        }

        String spelling() {
            return spelling;
        }
    }

    private static final Key<EndpointSection> ENDPOINT = Key.optional(
            "endpoint",
            EndpointSection.SHAPE,
            "Where the model is served; without it what the nearest earlier stage of the run left running.",
            "endpoint: {url: \"http://127.0.0.1:8080\"}");
    private static final Key<LoadSection> LOAD = Key.optional(
            "load",
            LoadSection.SHAPE,
            "A load of golden rows, sent at times that do not wait for answers; latencies count from those times.",
            "load: {rate: 100, time: 30s}");
    private static final Key<Long> BURST = Key.optional(
            "burst",
            Shapes.count(1, MOST_AT_ONCE),
            "So many requests at once: each must get its answer, or 429 or 503 with Retry-After.",
            "burst: 200");
    private static final Key<Malformed> MALFORMED = Key.optional(
            "malformed",
            Shapes.oneOf(Malformed.values(), Malformed::spelling),
            "Malformed requests are sent, and must each get a 4xx and leave the model ready (refuse, the default); or are not"
                    + " (skip).",
            "malformed: refuse");
    private static final Key<Placed<Authentication>> AUTHENTICATION = Key.optional(
            "authentication",
            Shapes.placed(Shapes.oneOf(Authentication.values(), Authentication::spelling)),
            "That a row asked without the key, and one with a wrong key, must get a 401 or 403.",
            "authentication: required");
    private static final Key<TlsSection> TLS = Key.optional(
            "tls", TlsSection.SHAPE, "What its connections must be.", "tls: {min-version: 1.2, min-days-left: 14}");
    private static final Key<Identity.Proof> IDENTITY = Key.optional(
            "identity",
            Shapes.oneOf(Identity.Proof.values(), Identity.Proof::spelling),
            "The proof that must be had that it is the judged model: digest (the endpoint names the model's digest) or golden (its"
                    + " answers equal the judged model's). Without it the strongest that can be had, which the report names.",
            "identity: digest");
    private static final Key<List<ServingGate>> GATES = Key.required(
            "gates",
            Shapes.listOf(ServingGate.SHAPE, false),
            "The rules on metrics of the task over the golden rows, on latencies, and on what only an endpoint has.",
            "gates: [{metric: accuracy, min: 0.95}, {metric: latency_p99_ms, max: 50}]");

    static final Section<SmokeTestSection> SHAPE = new Section<>(
            "smoke-test",
            List.of(GoldenSection.KEY, ENDPOINT, LOAD, BURST, MALFORMED, AUTHENTICATION, TLS, IDENTITY, GATES),
            (values, problems) -> new SmokeTestSection(
                    values.place(),
                    values.get(GoldenSection.KEY),
                    values.get(ENDPOINT),
                    values.get(LOAD),
                    values.get(BURST, 0L).intValue(),
                    values.get(MALFORMED, Malformed.REFUSE) == Malformed.REFUSE,
                    values.get(AUTHENTICATION),
                    values.get(TLS),
                    values.get(IDENTITY),
                    values.need(GATES)));

    /** The gates on metrics of the catalogue. */
    List<GateRequest> ofTask() {
        List<GateRequest> requests = new ArrayList<>();
        for (ServingGate gate : gates) {
            if (gate instanceof ServingGate.OfTask ofTask) {
                requests.add(ofTask.request());
            }
        }
        return requests;
    }

    /** The gates on what only an endpoint has. */
    List<ServingGate.OfServing> ofServing() {
        List<ServingGate.OfServing> gatesOfServing = new ArrayList<>();
        for (ServingGate gate : gates) {
            if (gate instanceof ServingGate.OfServing ofServing) {
                gatesOfServing.add(ofServing);
            }
        }
        return gatesOfServing;
    }
}
