// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One value on a line: a dot, its interval as whiskers, the bounds as upright lines, and the side on which they hold shaded.
 *
 * @param value what was held against the bounds; none where there was nothing
 */
record Strip(Optional<Double> value, Optional<Double> low, Optional<Double> high, List<Limit> limits) {
    private static final int PLAIN_HEIGHT = 22;
    private static final int LABEL_HEIGHT = 16;
    private static final int DOT = 5;
    private static final int MOST_DOTS = 300;
    private static final double EDGE = 0.25;
    private static final double ZONE = 0.13;

    /** What a finding held against its bound. */
    static Strip of(Json.Obj finding) {
        List<Limit> limits = Limit.of(finding.object("bound")).stream().toList();
        boolean compares = limits.stream().anyMatch(limit -> limit.kind().compares());
        Json.Obj interval = finding.object("interval");
        return new Strip(
                finding.number(compares ? "difference" : "value"),
                interval.number("low"),
                interval.number("high"),
                limits);
    }

    /** A metric that is bound by nothing. */
    static Strip ofMetric(Json.Obj metric) {
        Json.Obj interval = metric.object("interval");
        return new Strip(metric.number("value"), interval.number("low"), interval.number("high"), List.of());
    }

    /** The strips of a gate on all rows: one for its bounds on the value, one for each comparison. */
    static List<Strip> of(GateView gate) {
        List<Strip> strips = new ArrayList<>();
        Strip absolute = null;
        for (Json.Obj finding : gate.findings()) {
            Strip strip = of(finding);
            if (strip.value.isEmpty() || strip.limits.isEmpty()) {
                continue;
            }
            if (strip.limits.get(0).kind().compares()) {
                strips.add(strip);
            } else {
                absolute = absolute == null ? strip : absolute.with(strip.limits);
            }
        }
        if (absolute != null) {
            strips.add(0, absolute);
        }
        return strips;
    }

    private Strip with(List<Limit> others) {
        List<Limit> all = new ArrayList<>(limits);
        all.addAll(others);
        return new Strip(value, low, high, all);
    }

    /** All numbers that have to be on its scale. */
    List<Double> numbers() {
        List<Double> numbers = new ArrayList<>();
        value.ifPresent(numbers::add);
        low.ifPresent(numbers::add);
        high.ifPresent(numbers::add);
        limits.forEach(limit -> numbers.add(limit.at()));
        return numbers;
    }

    /** Draws it; {@code labelled} names the bounds above their lines. */
    void write(Markup page, Axis axis, boolean labelled) {
        int top = labelled ? LABEL_HEIGHT : 0;
        String middle = Svg.at(top + PLAIN_HEIGHT / 2.0);
        Svg svg = Svg.open(page, "strip", top + PLAIN_HEIGHT, description());
        ground(svg, axis, limits, labelled);
        if (low.isPresent() && high.isPresent()) {
            whiskers(svg, axis.at(low.get()), axis.at(high.get()), top + PLAIN_HEIGHT / 2.0);
        }
        value.ifPresent(number -> svg.dot("dot", axis.at(number), middle, DOT));
        svg.close();
    }

    /** Draws the values of all slices of a gate on one line. */
    static void swarm(Markup page, GateView gate) {
        List<Double> numbers = new ArrayList<>();
        Set<Limit> limits = new LinkedHashSet<>();
        for (Json.Obj finding : gate.findings()) {
            Strip strip = of(finding);
            strip.value.ifPresent(numbers::add);
            limits.addAll(strip.limits);
        }
        if (numbers.isEmpty()) {
            return;
        }
        limits.forEach(limit -> numbers.add(limit.at()));
        Axis axis = Axis.around(numbers);
        Svg svg = Svg.open(page, "strip swarm", LABEL_HEIGHT + PLAIN_HEIGHT, "The values of the slices");
        ground(svg, axis, List.copyOf(limits), true);
        for (Json.Obj finding :
                gate.findings().subList(0, Math.min(MOST_DOTS, gate.findings().size()))) {
            String outcome = GateView.verdict(finding)
                    .map(Outcome::of)
                    .map(Outcome::style)
                    .orElse("shown");
            of(finding)
                    .value
                    .ifPresent(value -> svg.dot(
                            "dot o-" + outcome, axis.at(value), Svg.at(LABEL_HEIGHT + PLAIN_HEIGHT / 2.0), DOT));
        }
        svg.close();
    }

    /** All behind the dots. */
    private static void ground(Svg svg, Axis axis, List<Limit> limits, boolean labelled) {
        int top = labelled ? LABEL_HEIGHT : 0;
        String middle = Svg.at(top + PLAIN_HEIGHT / 2.0);
        zone(svg, axis, limits, top);
        svg.line("track", "0", middle, "100%", middle);
        for (Limit limit : limits) {
            String x = axis.at(limit.at());
            svg.line("limit", x, Svg.at(top + 1), x, Svg.at(top + PLAIN_HEIGHT - 1));
            if (labelled) {
                double share = axis.share(limit.at());
                svg.text("tick", x, "11", share < EDGE ? "start" : share > 1 - EDGE ? "end" : "middle", limit.label());
            }
        }
    }

    private String description() {
        StringBuilder text = new StringBuilder(Figures.value(value, ""));
        if (low.isPresent() && high.isPresent()) {
            text.append(", interval ")
                    .append(Figures.value(low, ""))
                    .append(" to ")
                    .append(Figures.value(high, ""));
        }
        limits.forEach(limit -> text.append(", bound ").append(limit.label()));
        return text.toString();
    }

    /** Where all the bounds hold; nothing where they exclude each other. */
    private static void zone(Svg svg, Axis axis, List<Limit> limits, int top) {
        double from = axis.low();
        double to = axis.high();
        for (Limit limit : limits) {
            from = limit.holdsAbove() ? Math.max(from, limit.at()) : from;
            to = limit.holdsAbove() ? to : Math.min(to, limit.at());
        }
        if (!limits.isEmpty() && from < to) {
            String width = Axis.percent(axis.share(to) - axis.share(from));
            svg.rectangle("zone", axis.at(from), Svg.at(top + 3), width, Svg.at(PLAIN_HEIGHT - 6), ZONE);
        }
    }

    private static void whiskers(Svg svg, String low, String high, double y) {
        svg.line("whisker", low, Svg.at(y), high, Svg.at(y));
        for (String end : List.of(low, high)) {
            svg.line("whisker", end, Svg.at(y - 4), end, Svg.at(y + 4));
        }
    }
}
