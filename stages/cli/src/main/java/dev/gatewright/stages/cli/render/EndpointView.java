// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An endpoint that a stage has asked, as a renderer reads it.
 *
 * @param facts what does not depend on time
 * @param seen what comes from the run
 */
record EndpointView(Json.Obj facts, Json.Obj seen) {
    private static final int SHORT_DIGEST = 12;
    private static final int MOST_REASONS = 5;

    /** A point of the curve of latencies: a share of the requests, and what it does not exceed. */
    record Point(double quantile, double milliseconds) {}

    /** A request that had to be refused. */
    record Probe(String name, boolean held, String what) {}

    /** The endpoint of a stage; empty where it asked none. */
    static Optional<EndpointView> of(Json.Obj document) {
        Json.Obj seen = document.object("environment").object("endpoint");
        return seen.text("url").isEmpty()
                ? Optional.empty()
                : Optional.of(new EndpointView(document.object("facts"), seen));
    }

    String url() {
        return seen.text("url").orElse("?");
    }

    /** What proves that it serves the judged model. */
    String identity() {
        Json.Obj identity = facts.object("identity");
        String model = identity.text("model")
                .map(digest -> " " + digest.substring(0, Math.min(SHORT_DIGEST, digest.length())))
                .orElse("");
        return switch (identity.text("proof").orElse("")) {
            case "digest" -> "it names the digest of the judged model" + model;
            case "golden" -> "its answers to the golden rows equal those of the judged model" + model;
            default -> "nothing proves that it serves the judged model" + model;
        };
    }

    /** The load; empty where none was sent. */
    Optional<Json.Obj> load() {
        return Optional.of(seen.object("load"))
                .filter(load -> load.number("requests").isPresent());
    }

    /** The load in a sentence. */
    Optional<String> loadTold() {
        return load().map(load -> {
            StringBuilder told = new StringBuilder();
            told.append(Figures.count(load.number("requests").orElse(0.0))).append(" requests");
            told.append(" at ").append(Figures.value(load.number("intendedRate"), "a second"));
            told.append(", ")
                    .append(Figures.value(load.number("achievedRate"), "a second"))
                    .append(" answered rightly");
            for (double quantile : new double[] {0.5, 0.95, 0.99}) {
                curve().stream()
                        .filter(point -> point.quantile() == quantile)
                        .findFirst()
                        .ifPresent(point -> told.append(", p")
                                .append(Math.round(quantile * 100))
                                .append(' ')
                                .append(Numbers.rounded(point.milliseconds()))
                                .append(" ms"));
            }
            told.append("; ")
                    .append(Figures.count(load.number("failed").orElse(0.0)))
                    .append(" failed, ");
            told.append(Figures.count(load.number("dropped").orElse(0.0))).append(" dropped");
            return told.toString();
        });
    }

    /** Why requests failed, each with how many did. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        for (String sent : List.of("load", "burst")) {
            seen.object(sent).object("reasons").members().forEach((why, count) -> {
                if (count instanceof Json.Num number && reasons.size() < MOST_REASONS) {
                    reasons.add(Figures.plural((long) number.value(), "request", "requests") + " of the " + sent + ": "
                            + why);
                }
            });
        }
        return reasons;
    }

    /** The curve of latencies under the load. */
    List<Point> curve() {
        List<Point> curve = new ArrayList<>();
        for (Json item : seen.object("load").items("latencies")) {
            if (item instanceof Json.Arr pair
                    && pair.items().size() == 2
                    && pair.items().get(0) instanceof Json.Num quantile
                    && pair.items().get(1) instanceof Json.Num milliseconds
                    && quantile.value() >= 0
                    && quantile.value() <= 1
                    && Double.isFinite(milliseconds.value())) {
                curve.add(new Point(quantile.value(), milliseconds.value()));
            }
        }
        return curve;
    }

    /** What had to be refused, in the order in which it was asked. */
    List<Probe> probes() {
        return seen.objects("probes").stream()
                .map(probe -> new Probe(
                        probe.text("name").orElse("?"),
                        probe.get("held").equals(Optional.of(new Json.Bool(true))),
                        probe.text("what").orElse("")))
                .toList();
    }

    /** The first golden rows that were answered otherwise. */
    List<String> mismatches() {
        List<String> mismatches = new ArrayList<>();
        for (Json item : seen.items("mismatches")) {
            if (item instanceof Json.Text text) {
                mismatches.add(text.value());
            }
        }
        return mismatches;
    }

    /** What a reader has to know in lines: identity, load, and all that went wrong. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(url() + ": " + identity());
        loadTold().ifPresent(load -> lines.add("load: " + load));
        lines.addAll(reasons());
        for (Probe probe : probes()) {
            if (!probe.held()) {
                lines.add(probe.name() + " " + probe.what());
            }
        }
        mismatches().stream().limit(MOST_REASONS).forEach(lines::add);
        return lines;
    }
}
