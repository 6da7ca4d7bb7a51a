// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.validation.metrics.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The numbers of a training on a page: a curve over the epochs each, with the bounds of its gates as lines. */
final class HtmlCurves {
    private static final int HEIGHT = 150;
    private static final int WIDTH = 1_000;
    private static final int BELOW = 22;
    private static final int MOST_CURVES = 12;
    private static final int MOST_NUMBERS = 200;
    private static final int MOST_LOST = 5;
    private static final double LEFT = 0.11;
    private static final double RIGHT = 0.985;
    private static final double GAP = 0.02;
    private static final double ZONE = 0.1;

    private HtmlCurves() {}

    static void write(Markup page, StageView stage) {
        List<Series> gated = new ArrayList<>();
        List<Series> others = new ArrayList<>();
        for (Series series : Series.of(stage.document())) {
            (gates(stage, series).isEmpty() ? others : gated).add(series);
        }
        List<Series> all = new ArrayList<>(gated);
        all.addAll(others);
        if (all.isEmpty()) {
            return;
        }
        page.open("section", "class", "figure").leaf("h3", "Training").line();
        List<Series> curves = all.stream()
                .filter(series -> series.values().size() > 1)
                .limit(MOST_CURVES)
                .toList();
        if (!curves.isEmpty()) {
            page.open("div", "class", "curves").line();
            curves.forEach(series -> figure(page, series, gates(stage, series)));
            page.closeLine();
        }
        numbers(page, all);
        page.closeLine();
    }

    private static List<GateView> gates(StageView stage, Series series) {
        return stage.gates().stream()
                .filter(gate ->
                        gate.metric().equals(series.name()) || gate.metric().equals(series.name() + "[best]"))
                .toList();
    }

    private static void figure(Markup page, Series series, List<GateView> gates) {
        List<Limit> limits = new ArrayList<>();
        gates.forEach(gate ->
                gate.json().objects("bounds").forEach(bound -> Limit.of(bound).ifPresent(limits::add)));
        page.open("figure", "class", "curve");
        page.open("figcaption").leaf("strong", PlainText.line(series.name(), PlainText.NAME), "dir", "auto");
        page.text(" ").leaf("span", "last " + Figures.value(series.last(), ""), "class", "last");
        gates.forEach(gate -> HtmlGates.badge(page, gate.outcome()));
        page.close();
        plot(page, series, limits);
        lost(page, series);
        page.closeLine();
    }

    private static void plot(Markup page, Series series, List<Limit> limits) {
        List<Double> shown = new ArrayList<>(series.finite());
        limits.forEach(limit -> shown.add(limit.at()));
        Axis axis = Axis.around(shown);
        int epochs = series.values().size();
        Svg svg = Svg.open(page, "plot", HEIGHT + BELOW, description(series, limits));
        for (double tick : axis.ticks(3)) {
            svg.line("grid", Axis.percent(LEFT), y(axis, tick), "100%", y(axis, tick));
            svg.text("tick", Axis.percent(LEFT - GAP), Svg.at(height(axis, tick) + 4), "end", Numbers.rounded(tick));
        }
        limits.forEach(limit -> limit(svg, axis, limit));
        List<String> lines = new ArrayList<>();
        for (List<Series.Point> piece : series.pieces()) {
            StringBuilder points = new StringBuilder();
            for (Series.Point point : piece) {
                points.append(Svg.at(WIDTH * share(point.epoch(), epochs))).append(',');
                points.append(y(axis, point.value())).append(' ');
            }
            lines.add(points.toString().strip());
        }
        svg.polylines(WIDTH, HEIGHT, lines);
        series.last().ifPresent(value -> svg.dot("dot", Axis.percent(RIGHT), y(axis, value), 4));
        String bottom = Integer.toString(HEIGHT + 16);
        svg.text("tick", Axis.percent(LEFT), bottom, "start", "epoch 1");
        svg.text("tick", "100%", bottom, "end", Figures.count(epochs));
        svg.close();
    }

    private static void limit(Svg svg, Axis axis, Limit limit) {
        double height = height(axis, limit.at());
        String top = limit.holdsAbove() ? "0" : Svg.at(height);
        String high = Svg.at(limit.holdsAbove() ? height : HEIGHT - height);
        svg.rectangle("zone", Axis.percent(LEFT), top, Axis.percent(1 - LEFT), high, ZONE);
        svg.line("limit", Axis.percent(LEFT), Svg.at(height), "100%", Svg.at(height));
        double label = height - 5;
        svg.text(
                "bound",
                Axis.percent(LEFT + GAP),
                Svg.at(Math.min(Math.max(label, 11), HEIGHT - 2)),
                "start",
                limit.label());
    }

    private static void lost(Markup page, Series series) {
        List<Integer> lost = series.lost();
        if (!lost.isEmpty()) {
            page.leaf(
                    "p",
                    "Not a finite number in epoch "
                            + String.join(
                                    ", ",
                                    lost.stream()
                                            .limit(MOST_LOST)
                                            .map(String::valueOf)
                                            .toList())
                            + (lost.size() > MOST_LOST ? " and " + (lost.size() - MOST_LOST) + " more" : "") + ".",
                    "class",
                    "lost");
        }
    }

    private static void numbers(Markup page, List<Series> all) {
        page.open("details").leaf("summary", Figures.plural(all.size(), "number", "numbers") + " of the training");
        HtmlTable.open(
                page, "Numbers of the training", "numbers", "Name", "#Epochs", "#First", "#Last", "#Least", "#Most");
        for (Series series : all.subList(0, Math.min(MOST_NUMBERS, all.size()))) {
            List<Double> finite = series.finite();
            page.open("tr");
            HtmlTable.head(page, series.name());
            HtmlTable.number(page, Figures.count(series.values().size()));
            HtmlTable.number(
                    page, Figures.value(Optional.ofNullable(series.values().get(0)), ""));
            HtmlTable.number(page, Figures.value(series.last(), ""));
            HtmlTable.number(page, Figures.value(finite.stream().min(Double::compare), ""));
            HtmlTable.number(page, Figures.value(finite.stream().max(Double::compare), ""));
            page.closeLine();
        }
        HtmlTable.close(page);
        HtmlTable.more(page, all.size() - MOST_NUMBERS, "numbers");
        page.closeLine();
    }

    private static String description(Series series, List<Limit> limits) {
        StringBuilder text = new StringBuilder(PlainText.line(series.name(), PlainText.NAME))
                .append(" over ")
                .append(Figures.plural(series.values().size(), "epoch", "epochs"))
                .append(", at last ")
                .append(Figures.value(series.last(), ""));
        limits.forEach(limit -> text.append(", bound ").append(limit.label()));
        return text.toString();
    }

    private static double share(int epoch, int epochs) {
        return LEFT + (RIGHT - LEFT) * (epoch - 1) / (epochs - 1);
    }

    private static double height(Axis axis, double value) {
        return (1 - axis.share(value)) * HEIGHT;
    }

    private static String y(Axis axis, double value) {
        return Svg.at(height(axis, value));
    }
}
