// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The metrics of a stage on a page, as a table: value, interval, rows. */
final class HtmlMetrics {
    private static final int MOST = 1_000;

    private HtmlMetrics() {}

    static void write(Markup page, StageView stage) {
        List<Json.Obj> main = new ArrayList<>();
        List<Json.Obj> all = stage.document().objects("metrics");
        for (Json.Obj metric : all) {
            if (HtmlSlices.slice(stage, metric).isEmpty() && !HtmlClasses.draws(stage, metric)) {
                main.add(metric);
            }
        }
        if (all.isEmpty()) {
            return;
        }
        page.open("section", "class", "figure").leaf("h3", "Metrics").line();
        if (!main.isEmpty()) {
            table(page, "Metrics on all rows", main, false);
        }
        if (all.size() > main.size()) {
            page.open("details").leaf("summary", "All " + all.size() + " metrics, with those of classes and slices");
            table(page, "All metrics", all, true);
            page.closeLine();
        }
        page.closeLine();
    }

    private static void table(Markup page, String caption, List<Json.Obj> metrics, boolean withRows) {
        HtmlTable.begin(page, caption, "metrics");
        HtmlTable.heading(page, "Metric");
        if (withRows) {
            HtmlTable.heading(page, "Rows");
        }
        HtmlTable.heading(page, "#Value");
        HtmlTable.heading(page, "Interval");
        HtmlTable.heading(page, "#n");
        HtmlTable.body(page);
        for (Json.Obj metric : metrics.subList(0, Math.min(MOST, metrics.size()))) {
            page.open("tr");
            HtmlTable.head(page, metric.text("metric").orElse("?"));
            if (withRows) {
                HtmlTable.name(page, metric.text("rows").orElse("all"));
            }
            HtmlTable.number(
                    page,
                    Figures.value(metric.number("value"), metric.text("unit").orElse("")));
            page.open("td", "class", "between");
            interval(page, metric.object("interval"));
            page.close();
            HtmlTable.number(page, metric.number("n").map(Figures::count).orElse("–"));
            page.closeLine();
        }
        HtmlTable.close(page);
        HtmlTable.more(page, metrics.size() - MOST, "metrics");
    }

    private static void interval(Markup page, Json.Obj interval) {
        Optional<String> ends = Figures.interval(interval);
        page.text(ends.orElse("–"));
        if (ends.isPresent()) {
            String confidence = interval.number("confidence")
                    .map(level -> Figures.value(Optional.of(level * 100), "").replace(" ", "") + "%")
                    .orElse("");
            String how = (confidence + " " + interval.text("method").orElse("")).strip();
            page.text(" ").leaf("span", PlainText.line(how, PlainText.NAME), "class", "how");
        }
    }
}
