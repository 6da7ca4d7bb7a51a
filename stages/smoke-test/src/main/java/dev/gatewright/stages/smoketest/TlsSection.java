// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Place;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Values;
import dev.gatewright.validation.endpoint.Tls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What its connections must be: the key {@code tls}.
 *
 * @param minVersion the lowest version that it may agree to; none: any
 * @param minDaysLeft for how many days its certificates must still be valid; none: any
 */
record TlsSection(
        Place place,
        Tls.@Nullable Version minVersion,
        @Nullable Long minDaysLeft) {
    private static final long MOST_DAYS = 10_000;

    private static final Key<Tls.Version> MIN_VERSION = Key.optional(
            "min-version",
            Shapes.oneOf(Tls.Version.values(), Tls.Version::spelling),
            "The lowest version of TLS that it may agree to; older ones that this Java speaks are tried.",
            "min-version: 1.3");
    private static final Key<Long> MIN_DAYS_LEFT = Key.optional(
            "min-days-left",
            Shapes.count(0, MOST_DAYS),
            "For how many days its certificates must still be valid.",
            "min-days-left: 14");

    static final Section<TlsSection> SHAPE =
            new Section<>("tls", List.of(MIN_VERSION, MIN_DAYS_LEFT), TlsSection::make);

    private static @Nullable TlsSection make(Values values, Problems problems) {
        if (!values.has(MIN_VERSION) && !values.has(MIN_DAYS_LEFT)) {
            problems.add(values.place(), "tls needs the key 'min-version' or 'min-days-left'", MIN_VERSION.example());
            return null;
        }
        return new TlsSection(values.place(), values.get(MIN_VERSION), values.get(MIN_DAYS_LEFT));
    }
}
