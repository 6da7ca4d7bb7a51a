// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import java.util.List;

/**
 * An exported model beside its source on a page: how far each output is, its worst elements and rows, and a plot of one over the
 * other.
 */
final class HtmlParity {
    private static final int MOST_OUTPUTS = 50;
    private static final int MOST_PLOTS = 4;

    private HtmlParity() {}

    static void write(Markup page, StageView stage) {
        List<Json.Obj> outputs = stage.document().object("environment").objects("parity");
        if (outputs.isEmpty()) {
            return;
        }
        List<Json.Obj> shown = outputs.subList(0, Math.min(MOST_OUTPUTS, outputs.size()));
        page.open("section", "class", "figure")
                .leaf("h3", "The exported model beside its source")
                .line();
        boolean defective =
                shown.stream().anyMatch(output -> output.text("defect").isPresent());
        HtmlTable.begin(page, "All outputs on the same rows", "files");
        List.of("Output", "#Elements", "#Not equal", "#Greatest difference", "#Relative", "#Tolerance")
                .forEach(heading -> HtmlTable.heading(page, heading));
        if (defective) {
            HtmlTable.heading(page, "Defect");
        }
        HtmlTable.body(page);
        for (Json.Obj output : shown) {
            page.open("tr");
            HtmlTable.head(page, output.text("name").orElse("?"));
            for (String number : List.of("elements", "unequal", "maxAbsolute", "maxRelative", "tolerance")) {
                HtmlTable.number(page, Figures.value(output.number(number), ""));
            }
            if (defective) {
                page.leaf("td", PlainText.line(output.text("defect").orElse(""), PlainText.SENTENCE), "dir", "auto");
            }
            page.closeLine();
        }
        HtmlTable.close(page);
        page.open("div", "class", "curves wide").line();
        shown.stream().limit(MOST_PLOTS).forEach(output -> ParityPlot.write(page, output));
        page.closeLine();
        shown.forEach(output -> worst(page, output));
        rows(page, stage.worstRows());
        page.closeLine();
    }

    private static void rows(Markup page, List<WorstRowView> rows) {
        if (rows.isEmpty()) {
            return;
        }
        HtmlTable.open(
                page,
                "The rows that are answered most differently; they count from 1",
                "files",
                "#Row",
                "Truth",
                "Source",
                "#Score",
                "Exported",
                "#Score",
                "#Difference");
        for (WorstRowView row : rows) {
            page.open("tr");
            HtmlTable.number(page, row.number());
            HtmlTable.name(page, row.truth());
            side(page, row.source());
            side(page, row.exported());
            HtmlTable.number(page, Figures.value(row.difference(), ""));
            page.closeLine();
        }
        HtmlTable.close(page);
    }

    private static void side(Markup page, WorstRowView.Side side) {
        HtmlTable.name(page, side.label().orElse(side.score().isPresent() ? "–" : "no answer"));
        HtmlTable.number(page, Figures.value(side.score(), ""));
    }

    private static void worst(Markup page, Json.Obj output) {
        List<Json.Obj> elements = output.objects("worst");
        if (elements.isEmpty()) {
            return;
        }
        String name = PlainText.line(output.text("name").orElse("?"), PlainText.NAME);
        page.open("details").leaf("summary", name + ": the elements that are farthest apart");
        HtmlTable.open(
                page, "Rows count from 1, elements of a row from 0", "files", "#Row", "#Element", "Source", "Exported");
        for (Json.Obj element : elements) {
            page.open("tr");
            HtmlTable.number(page, Figures.value(element.number("row"), ""));
            HtmlTable.number(page, Figures.value(element.number("element"), ""));
            HtmlTable.name(page, element.text("source").orElse("?"));
            HtmlTable.name(page, element.text("exported").orElse("?"));
            page.closeLine();
        }
        HtmlTable.close(page);
        page.closeLine();
    }
}
