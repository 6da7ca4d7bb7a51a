// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.validation.metrics.Numbers;
import java.util.ArrayList;
import java.util.List;

/** Latencies over the share of requests that they cover, whose last percents are as wide as the first ninety. */
final class LatencyPlot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 260;
    private static final int LEFT = 70;
    private static final int RIGHT = 744;
    private static final int TOP = 12;
    private static final int BOTTOM = 220;
    private static final double[] SHARES = {0, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999};

    private LatencyPlot() {}

    static void write(Markup page, List<EndpointView.Point> curve) {
        List<EndpointView.Point> points =
                curve.stream().filter(point -> point.quantile() < 1).toList();
        if (points.size() < 2) {
            return;
        }
        List<Double> values = new ArrayList<>(List.of(0.0));
        points.forEach(point -> values.add(point.milliseconds()));
        Axis axis = Axis.around(values);
        double widest = place(points.get(points.size() - 1).quantile());
        page.open("figure", "class", "curve");
        page.open("figcaption").leaf("strong", "Latency by percentile").close();
        Svg svg = Svg.scaled(page, "plot", WIDTH, HEIGHT, "Latency by percentile", told(points));
        for (double tick : axis.ticks(4)) {
            if (tick >= 0) {
                String y = y(axis, tick);
                svg.line("grid", Svg.at(LEFT), y, Svg.at(RIGHT), y);
                svg.text("tick", Svg.at(LEFT - 8), y, "end", Numbers.rounded(tick) + " ms");
            }
        }
        for (double share : SHARES) {
            if (place(share) <= widest) {
                String x = x(share, widest);
                svg.line("grid", x, Svg.at(TOP), x, Svg.at(BOTTOM));
                svg.text("tick", x, Svg.at(BOTTOM + 18), "middle", Numbers.rounded(share * 100) + "%");
            }
        }
        for (int i = 1; i < points.size(); i++) {
            svg.line(
                    "whisker",
                    x(points.get(i - 1).quantile(), widest),
                    y(axis, points.get(i - 1).milliseconds()),
                    x(points.get(i).quantile(), widest),
                    y(axis, points.get(i).milliseconds()));
        }
        svg.text("tick", Svg.at(RIGHT), Svg.at(HEIGHT - 4), "end", "share of the requests");
        svg.close();
        page.closeLine();
    }

    private static String told(List<EndpointView.Point> points) {
        List<String> told = new ArrayList<>();
        for (EndpointView.Point point : points) {
            told.add(Numbers.rounded(point.quantile() * 100) + "%: " + Numbers.rounded(point.milliseconds()) + " ms");
        }
        return String.join(", ", told);
    }

    /** 0 for none of the requests, 1 for nine of ten, 2 for 99 of 100. */
    private static double place(double quantile) {
        return -StrictMath.log10(1 - quantile);
    }

    private static String x(double quantile, double widest) {
        return Svg.at(LEFT + (RIGHT - LEFT) * place(quantile) / widest);
    }

    private static String y(Axis axis, double value) {
        return Svg.at(BOTTOM - (BOTTOM - TOP) * axis.share(value));
    }
}
