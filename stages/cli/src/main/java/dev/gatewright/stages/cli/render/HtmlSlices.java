// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The slices of a stage on a page: for each value of a slice a dot with whiskers, on one scale, with the bound as a line. */
final class HtmlSlices {
    private static final int MOST_AT_ONCE = 24;
    private static final int MOST = 400;
    private static final int MOST_GROUPS = 20;
    private static final int SCALE_HEIGHT = 16;
    private static final double EDGE = 0.08;
    private static final String LEGEND = "Dot: value. Whiskers: interval. Upright line: bound.";

    private HtmlSlices() {}

    /** One value of a slice; the outcome is empty where it was not judged. */
    private record Row(
            String rows, Optional<Double> n, Strip strip, String unit, Optional<Outcome> outcome, String why) {}

    /** A metric on all values of a slice. */
    private record Group(String title, String slice, List<Row> rows) {}

    static void write(Markup page, StageView stage) {
        Set<String> judged = new HashSet<>();
        Map<String, Group> groups = new LinkedHashMap<>();
        for (GateView gate : stage.gates()) {
            gate.slice().ifPresent(slice -> {
                judged.add(gate.metric() + "|" + slice);
                groups.put(gate.name(), new Group(gate.name(), slice, rows(gate, slice)));
            });
        }
        for (Json.Obj metric : stage.document().objects("metrics")) {
            Optional<String> slice = slice(stage, metric);
            String name = metric.text("metric").orElse("");
            if (slice.isPresent() && !judged.contains(name + "|" + slice.get())) {
                String title = name + " by " + slice.get();
                groups.computeIfAbsent(title, key -> new Group(title, slice.get(), new ArrayList<>()))
                        .rows()
                        .add(row(metric, slice.get()));
            }
        }
        groups.values().stream().limit(MOST_GROUPS).forEach(group -> write(page, group));
        HtmlTable.more(page, groups.size() - MOST_GROUPS, "slices");
    }

    /** The slice that a metric's rows are of; empty where it was measured on all rows. */
    static Optional<String> slice(StageView stage, Json.Obj metric) {
        String rows = metric.text("rows").orElse("");
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        // A slice's name may hold an equals sign itself: the longest name that fits is meant.
        return stage.document().object("facts").object("slices").members().keySet().stream()
                .filter(name -> rows.startsWith(name + "="))
                .max(Comparator.comparing(String::length))
                .or(() -> Optional.of(rows.substring(0, Math.max(rows.indexOf('='), 0))));
    }

    private static List<Row> rows(GateView gate, String slice) {
        List<Row> rows = new ArrayList<>();
        for (Json.Obj finding : gate.findings()) {
            String of = value(finding.text("rows").orElse("all rows"), slice);
            boolean severalBounds = gate.json().items("bounds").size() > 1;
            rows.add(new Row(
                    severalBounds ? of + ", " + GateView.bound(finding.object("bound")) : of,
                    finding.number("n"),
                    Strip.of(finding),
                    gate.unit(),
                    GateView.verdict(finding).map(Outcome::of),
                    finding.text("why").orElse("")));
        }
        // Those first that a person should see; rows that are only shown come last.
        rows.sort(Comparator.comparing(
                (Row row) -> row.outcome().map(Outcome::ordinal).orElse(Integer.MAX_VALUE)));
        return rows;
    }

    private static Row row(Json.Obj metric, String slice) {
        return new Row(
                value(metric.text("rows").orElse(""), slice),
                metric.number("n"),
                Strip.ofMetric(metric),
                metric.text("unit").orElse(""),
                Optional.empty(),
                "");
    }

    /** Of {@code writer=7} the 7, since the table is about the writer. */
    private static String value(String rows, String slice) {
        return rows.startsWith(slice + "=") ? rows.substring(slice.length() + 1) : rows;
    }

    private static void write(Markup page, Group group) {
        List<Row> rows = group.rows();
        if (rows.isEmpty()) {
            return;
        }
        List<Double> numbers = new ArrayList<>();
        rows.forEach(row -> numbers.addAll(row.strip().numbers()));
        Axis axis = Axis.around(numbers);
        page.open("section", "class", "figure");
        page.leaf("h3", PlainText.line(group.title(), PlainText.NAME)).line();
        int first = Math.min(rows.size(), MOST_AT_ONCE);
        table(page, group, axis, rows.subList(0, first));
        if (rows.size() > first) {
            int last = Math.min(rows.size(), MOST);
            page.open("details").leaf("summary", "The other " + Figures.count(rows.size() - first));
            table(page, group, axis, rows.subList(first, last));
            HtmlTable.more(page, rows.size() - last, "values of the slice");
            page.closeLine();
        }
        page.closeLine();
    }

    private static void table(Markup page, Group group, Axis axis, List<Row> rows) {
        boolean judged = rows.stream().anyMatch(row -> row.outcome().isPresent());
        HtmlTable.begin(page, PlainText.line(group.title(), PlainText.NAME), LEGEND, "slices");
        HtmlTable.heading(page, PlainText.line(group.slice(), PlainText.NAME));
        if (judged) {
            HtmlTable.heading(page, "Verdict");
        }
        page.open("th", "scope", "col", "class", "plot");
        scale(page, axis);
        page.close();
        HtmlTable.heading(page, "#Value");
        HtmlTable.heading(page, "Interval");
        HtmlTable.heading(page, "#n");
        HtmlTable.body(page);
        for (Row row : rows) {
            page.open("tr", "class", "o-" + row.outcome().map(Outcome::style).orElse("shown"));
            HtmlTable.head(page, row.rows());
            if (judged) {
                verdict(page, row);
            }
            page.open("td", "class", "plot");
            row.strip().write(page, axis, false);
            page.close();
            HtmlTable.number(page, Figures.value(row.strip().value(), row.unit()));
            page.leaf("td", interval(row.strip()), "class", "between");
            HtmlTable.number(page, row.n().map(Figures::count).orElse("–"));
            page.closeLine();
        }
        HtmlTable.close(page);
    }

    /** The scale above the dots. */
    private static void scale(Markup page, Axis axis) {
        Svg svg = Svg.open(page, "scale", SCALE_HEIGHT, "Scale of the dots");
        for (double tick : axis.ticks(3)) {
            double share = axis.share(tick);
            String anchor = share < EDGE ? "start" : share > 1 - EDGE ? "end" : "middle";
            svg.text("tick", axis.at(tick), "12", anchor, Numbers.rounded(tick));
        }
        svg.close();
    }

    private static void verdict(Markup page, Row row) {
        page.open("td", "class", "judged");
        row.outcome()
                .ifPresentOrElse(
                        outcome -> HtmlGates.badge(page, outcome),
                        () -> HtmlGates.badge(page, Outcome.NOT_STARTED, "only shown"));
        if (!row.why().isEmpty()) {
            page.text(" ").leaf("span", PlainText.line(row.why(), PlainText.NAME), "class", "why");
        }
        page.close();
    }

    private static String interval(Strip strip) {
        return strip.low().isPresent() && strip.high().isPresent()
                ? Figures.value(strip.low(), "") + " to " + Figures.value(strip.high(), "")
                : "–";
    }
}
