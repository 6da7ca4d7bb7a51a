// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.Numbers;
import java.util.ArrayList;
import java.util.List;

/** What an exported model answers over what its source answers: dots on the diagonal where both are the same. */
final class ParityPlot {
    private static final int WIDTH = 380;
    private static final int HEIGHT = 350;
    private static final int LEFT = 62;
    private static final int RIGHT = 366;
    private static final int TOP = 12;
    private static final int BOTTOM = 310;
    private static final int RADIUS = 3;
    private static final int MOST_DOTS = 1000;

    private ParityPlot() {}

    private record Pair(double source, double exported) {}

    static void write(Markup page, Json.Obj output) {
        List<Pair> pairs = pairs(output);
        if (pairs.isEmpty()) {
            return;
        }
        List<Double> all = new ArrayList<>();
        pairs.forEach(pair -> {
            all.add(pair.source());
            all.add(pair.exported());
        });
        // One scale for both, so that the diagonal is where they are equal.
        Axis axis = Axis.around(all);
        String name = PlainText.line(output.text("name").orElse("?"), PlainText.NAME);
        page.open("figure", "class", "curve");
        page.open("figcaption").leaf("strong", name + ": exported over source").close();
        Svg svg = Svg.scaled(
                page,
                "parity",
                WIDTH,
                HEIGHT,
                name + ": exported over source",
                pairs.size() + " elements; the greatest difference of all is "
                        + output.number("maxAbsolute").map(Numbers::rounded).orElse("unknown"));
        for (double tick : axis.ticks(6)) {
            String x = Svg.at(LEFT + (RIGHT - LEFT) * axis.share(tick));
            String y = Svg.at(BOTTOM - (BOTTOM - TOP) * axis.share(tick));
            svg.line("grid", Svg.at(LEFT), y, Svg.at(RIGHT), y);
            svg.line("grid", x, Svg.at(TOP), x, Svg.at(BOTTOM));
            svg.text(
                    "tick",
                    Svg.at(LEFT - 8),
                    Svg.at(BOTTOM - (BOTTOM - TOP) * axis.share(tick) + 4),
                    "end",
                    Numbers.rounded(tick));
            svg.text("tick", x, Svg.at(BOTTOM + 17), "middle", Numbers.rounded(tick));
        }
        svg.line("baseline", Svg.at(LEFT), Svg.at(BOTTOM), Svg.at(RIGHT), Svg.at(TOP));
        for (Pair pair : pairs) {
            svg.dot(
                    "dot o-shown",
                    Svg.at(LEFT + (RIGHT - LEFT) * axis.share(pair.source())),
                    Svg.at(BOTTOM - (BOTTOM - TOP) * axis.share(pair.exported())),
                    RADIUS);
        }
        svg.text("tick", Svg.at(RIGHT), Svg.at(HEIGHT - 4), "end", "source");
        svg.close();
        page.closeLine();
    }

    private static List<Pair> pairs(Json.Obj output) {
        List<Pair> pairs = new ArrayList<>();
        for (Json item : output.items("pairs")) {
            if (item instanceof Json.Arr arr
                    && arr.items().size() == 2
                    && arr.items().get(0) instanceof Json.Num source
                    && arr.items().get(1) instanceof Json.Num exported
                    && pairs.size() < MOST_DOTS) {
                pairs.add(new Pair(source.value(), exported.value()));
            }
        }
        return pairs;
    }
}
