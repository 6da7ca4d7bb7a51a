// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Values;
import dev.gatewright.validation.endpoint.Arrivals;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load in the open model: the key {@code load}.
 *
 * @param rate requests a second
 * @param connections the most requests that are under way at once
 */
record LoadSection(Place place, double rate, Duration time, Kind kind, int connections) {
    /** The seed of Poisson arrivals; the report names it. */
    static final long SEED = 1;

    private static final long USUAL_CONNECTIONS = 64;
    private static final long MOST_CONNECTIONS = 1024;
    private static final double MILLIS = 1e3;

    /** How requests follow each other. */
    enum Kind {
        /** One every so many milliseconds. */
        CONSTANT("constant"),
        /** As independent users send them. */
        POISSON("poisson");

        private final String spelling;

        Kind(String spelling) {
            this.spelling = spelling;
        }

        String spelling() {
            return spelling;
        }
    }

    private static final Key<Double> RATE =
            Key.required("rate", Shapes.number(), "Requests a second, whatever the answers do.", "rate: 100");
    private static final Key<Duration> TIME =
            Key.required("time", Shapes.duration(), "How long they are sent.", "time: 30s");
    private static final Key<Kind> ARRIVALS = Key.optional(
            "arrivals",
            Shapes.oneOf(Kind.values(), Kind::spelling),
            "How they follow each other: poisson (as independent users send them, the default) or constant.",
            "arrivals: poisson");
    private static final Key<Long> CONNECTIONS = Key.optional(
            "connections",
            Shapes.count(1, MOST_CONNECTIONS),
            "The most requests under way at once; others wait, and their latency counts that. 64 unless said otherwise.",
            "connections: 64");

    static final Section<LoadSection> SHAPE =
            new Section<>("load", List.of(RATE, TIME, ARRIVALS, CONNECTIONS), LoadSection::make);

    private static @Nullable LoadSection make(Values values, Problems problems) {
        double rate = values.need(RATE);
        Duration time = values.need(TIME);
        double requests = rate * time.toMillis() / MILLIS;
        if (!(requests >= 1 && requests <= Arrivals.MOST)) {
            problems.add(
                    values.place(RATE),
                    "a load has from 1 to " + Arrivals.MOST + " requests, and this one has " + (long) requests,
                    RATE.example());
            return null;
        }
        return new LoadSection(
                values.place(),
                rate,
                time,
                values.get(ARRIVALS, Kind.POISSON),
                values.get(CONNECTIONS, USUAL_CONNECTIONS).intValue());
    }

    Arrivals arrivals() {
        double seconds = time.toMillis() / MILLIS;
        return kind == Kind.CONSTANT ? Arrivals.constant(rate, seconds) : Arrivals.poisson(rate, seconds, SEED);
    }
}
