// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Numbers, sizes and times as people read them. */
final class Figures {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String[] BINARY_UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Figures() {}

    /** A count with its thousands apart. */
    static String count(double count) {
        return String.format(Locale.ROOT, "%,.0f", count);
    }

    /** A value with its unit, or a dash where there is none. */
    static String value(Optional<Double> value, String unit) {
        return value.map(number -> Numbers.rounded(number) + (unit.isEmpty() ? "" : " " + unit))
                .orElse("–");
    }

    /** An interval; empty where there is none. */
    static Optional<String> interval(Json.Obj interval) {
        Optional<Double> low = interval.number("low");
        Optional<Double> high = interval.number("high");
        if (low.isEmpty() || high.isEmpty()) {
            return Optional.empty();
        }
        String between = low.get() < 0 || high.get() < 0 ? " to " : "–";
        return Optional.of(Numbers.rounded(low.get()) + between + Numbers.rounded(high.get()));
    }

    /** A size in bytes, such as {@code 1.5 MiB}. */
    static String bytes(double bytes) {
        if (bytes < 1024) {
            return count(bytes) + " bytes";
        }
        int unit = -1;
        double size = bytes;
        while (size >= 1024 && unit < BINARY_UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, size < 10 ? "%.2f %s" : "%.1f %s", size, BINARY_UNITS[unit]);
    }

    /** A time span, such as {@code 1 min 3 s}. */
    static String duration(double seconds) {
        if (seconds < 1) {
            return Math.round(seconds * 1000) + " ms";
        }
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }

    /** The moment that a document spells, to the second; what is no moment stays as it is. */
    static String moment(String spelled) {
        return instant(spelled).map(MOMENT::format).orElse(spelled);
    }

    /** The seconds from one moment to another. */
    static Optional<Double> seconds(Optional<String> from, Optional<String> to) {
        Optional<Instant> start = from.flatMap(Figures::instant);
        Optional<Instant> end = to.flatMap(Figures::instant);
        return start.isPresent() && end.isPresent() && !end.get().isBefore(start.get())
                ? Optional.of(Duration.between(start.get(), end.get()).toNanos() / 1e9)
                : Optional.empty();
    }

    static Optional<Instant> instant(String spelled) {
        try {
            return Optional.of(Instant.parse(spelled));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** {@code one} or {@code many}, with the count before it. */
    static String plural(long count, String one, String many) {
        return count((double) count) + " " + (count == 1 ? one : many);
    }
}
