// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import java.util.List;
import java.util.Locale;

/** The confusion matrix on a page: a heat map, and the most frequent mistakes in words. */
final class HtmlConfusion {
    private static final int MOST_WITH_NUMBERS = 14;
    private static final int MOST_WITH_NAMES = 30;
    private static final int MOST_MISTAKES = 8;
    private static final int LONGEST_LABEL = 12;
    private static final int LETTER = 7;
    private static final double DARK = 0.62;
    private static final double GROUND = 0.12;

    private HtmlConfusion() {}

    static void write(Markup page, StageView stage) {
        Confusion confusion = Confusion.of(stage.document()).orElse(null);
        if (confusion == null) {
            return;
        }
        page.open("section", "class", "figure").leaf("h3", "Confusion").line();
        page.open("div", "class", "beside").open("figure");
        map(page, confusion);
        page.leaf(
                "figcaption",
                "Each row holds the rows of one label, each column one prediction. On the diagonal lie the right answers. "
                        + "The shade grows with the share of the label's rows.");
        page.closeLine();
        page.open("div");
        mistakes(page, confusion);
        page.close().close().closeLine();
    }

    private static void map(Markup page, Confusion confusion) {
        int size = confusion.size();
        int cell = size <= MOST_WITH_NUMBERS ? 38 : size <= MOST_WITH_NAMES ? 20 : Math.max(5, 560 / size);
        boolean named = size <= MOST_WITH_NAMES;
        int longest = confusion.classes().stream()
                .mapToInt(name -> label(name).length())
                .max()
                .orElse(0);
        int left = named ? 24 + LETTER * longest : 24;
        // Names that are as narrow as their column stand upright above it; longer ones are turned.
        boolean turned = LETTER * longest > cell;
        int top = !named ? 24 : turned ? 30 + 6 * longest : 40;
        int width = left + size * cell + 2;
        int height = top + size * cell + 2;
        Svg svg = Svg.scaled(
                page, "matrix", width, height, "Confusion matrix of " + size + " classes", description(confusion));
        svg.text("tick", Svg.at(left + size * cell / 2.0), "12", "middle", "predicted");
        svg.turned("tick", "12", Svg.at(top + size * cell / 2.0), "middle", -90, "labelled");
        String side = Svg.at(size * cell);
        svg.rectangle("ground", Svg.at(left), Svg.at(top), side, side, GROUND);
        for (int k = 0; named && k < size; k++) {
            names(svg, label(confusion.classes().get(k)), k, left, top, cell, turned);
        }
        for (int label = 0; label < size; label++) {
            for (int prediction = 0; prediction < size; prediction++) {
                cell(svg, confusion, label, prediction, left + prediction * cell, top + label * cell, cell);
            }
        }
        svg.close();
    }

    private static void names(Svg svg, String name, int k, int left, int top, int cell, boolean turned) {
        double middle = k * cell + cell / 2.0;
        svg.text("label", Svg.at(left - 6), Svg.at(top + middle + 4), "end", name);
        String x = Svg.at(left + middle);
        if (turned) {
            svg.turned("label", x, Svg.at(top - 6), "start", -60, name);
        } else {
            svg.text("label", x, Svg.at(top - 6), "middle", name);
        }
    }

    private static void cell(Svg svg, Confusion confusion, int label, int prediction, int x, int y, int cell) {
        double rows = confusion.counts().get(label).get(prediction);
        if (rows == 0) {
            return;
        }
        // The root, so that one mistake in a hundred rows can be seen beside ninety-nine right answers.
        double shade = 0.1 + 0.9 * Math.sqrt(confusion.share(label, prediction));
        int gap = cell < 20 ? 0 : 1;
        String side = Svg.at(cell - 2 * gap);
        svg.rectangle(label == prediction ? "hit" : "miss", Svg.at(x + gap), Svg.at(y + gap), side, side, shade);
        if (confusion.size() <= MOST_WITH_NUMBERS) {
            String style = shade > DARK ? "count on" : "count";
            svg.text(style, Svg.at(x + cell / 2.0), Svg.at(y + cell / 2.0 + 4), "middle", compact(rows));
        }
    }

    private static void mistakes(Markup page, Confusion confusion) {
        List<Confusion.Mistake> mistakes = confusion.mistakes(MOST_MISTAKES);
        if (mistakes.isEmpty()) {
            page.leaf("p", "No row was taken for another class.");
            return;
        }
        HtmlTable.open(
                page, "The most frequent mistakes", "mistakes", "Labelled", "Predicted", "#Rows", "#Share of label");
        for (Confusion.Mistake mistake : mistakes) {
            page.open("tr");
            HtmlTable.head(page, mistake.label());
            HtmlTable.name(page, mistake.prediction());
            HtmlTable.number(page, Figures.count(mistake.rows()));
            HtmlTable.number(page, String.format(Locale.ROOT, "%.1f%%", mistake.share() * 100));
            page.closeLine();
        }
        HtmlTable.close(page);
    }

    private static String description(Confusion confusion) {
        double right = 0;
        double all = 0;
        for (int k = 0; k < confusion.size(); k++) {
            right += confusion.counts().get(k).get(k);
            all += confusion.labelled(k);
        }
        return Figures.count(right) + " of " + Figures.count(all) + " rows were given their own label";
    }

    private static String label(String name) {
        String plain = PlainText.line(name, PlainText.NAME);
        int end = plain.offsetByCodePoints(0, Math.min(LONGEST_LABEL, plain.codePointCount(0, plain.length())));
        return end < plain.length() ? plain.substring(0, end) + "…" : plain;
    }

    private static String compact(double rows) {
        return rows < 10_000
                ? String.format(Locale.ROOT, "%.0f", rows)
                : rows < 1e6
                        ? String.format(Locale.ROOT, "%.0fk", rows / 1e3)
                        : String.format(Locale.ROOT, "%.1fM", rows / 1e6);
    }
}
