// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Precision, recall and F1 of each class on a page, as numbers with bars. */
final class HtmlClasses {
    /** The metrics that are drawn for each class. */
    private static final List<String> METRICS = List.of("precision", "recall", "f1");

    private static final int MOST_AT_ONCE = 20;
    private static final int BAR = 8;
    private static final double REST = 0.3;

    private HtmlClasses() {}

    /** A class with its rows and its values, in the order of the metrics. */
    private record Row(String name, Optional<Double> rows, List<Optional<Double>> values) {
        double worst() {
            return values.stream()
                    .mapToDouble(value -> value.orElse(-1.0))
                    .min()
                    .orElse(-1);
        }
    }

    /** Whether {@code metric} is drawn here, so that a table of the rest can leave it out. */
    static boolean draws(StageView stage, Json.Obj metric) {
        String name = metric.text("metric").orElse("");
        return metric.text("rows").isEmpty()
                && METRICS.stream().anyMatch(each -> name.startsWith(each + "[class="))
                && !stage.document().object("facts").items("classes").isEmpty();
    }

    static void write(Markup page, StageView stage) {
        List<Row> rows = rows(stage.document());
        if (rows.isEmpty()) {
            return;
        }
        boolean many = rows.size() > MOST_AT_ONCE;
        page.open("section", "class", "figure").leaf("h3", "Classes").line();
        if (many) {
            List<Row> worst = new ArrayList<>(rows);
            worst.sort(Comparator.comparingDouble(Row::worst));
            table(
                    page,
                    "The " + MOST_AT_ONCE + " weakest of " + rows.size() + " classes",
                    worst.subList(0, MOST_AT_ONCE));
            page.open("details").leaf("summary", "All " + rows.size() + " classes");
            table(page, "All classes", rows);
            page.closeLine();
        } else {
            table(page, "Precision, recall and F1 of each class", rows);
        }
        page.closeLine();
    }

    private static List<Row> rows(Json.Obj document) {
        Map<String, Json.Obj> metrics = new LinkedHashMap<>();
        for (Json.Obj metric : document.objects("metrics")) {
            if (metric.text("rows").isEmpty()) {
                metric.text("metric").ifPresent(name -> metrics.put(name, metric));
            }
        }
        List<Row> rows = new ArrayList<>();
        List<Json> classes = document.object("facts").items("classes");
        for (int k = 0; k < classes.size(); k++) {
            if (classes.get(k) instanceof Json.Text name) {
                List<Optional<Double>> values = new ArrayList<>();
                boolean measured = false;
                for (String metric : METRICS) {
                    Json.Obj found = metrics.get(metric + "[class=" + name.value() + "]");
                    measured |= found != null;
                    values.add(found == null ? Optional.empty() : found.number("value"));
                }
                if (measured) {
                    rows.add(new Row(name.value(), labelled(document, k), values));
                }
            }
        }
        return rows;
    }

    /** The rows of a class: of the confusion matrix where each row has one class, else as the report counts them. */
    private static Optional<Double> labelled(Json.Obj document, int k) {
        List<Json> labelled = document.object("facts").items("labelled");
        if (k < labelled.size()) {
            return labelled.get(k) instanceof Json.Num number ? Optional.of(number.value()) : Optional.empty();
        }
        return Confusion.of(document).map(confusion -> confusion.labelled(k));
    }

    private static void table(Markup page, String caption, List<Row> rows) {
        HtmlTable.open(page, caption, "classes", "Class", "#Rows", "Precision", "Recall", "F1");
        for (Row row : rows) {
            page.open("tr");
            HtmlTable.head(page, row.name());
            HtmlTable.number(page, row.rows().map(Figures::count).orElse("–"));
            row.values().forEach(value -> bar(page, value));
            page.closeLine();
        }
        HtmlTable.close(page);
    }

    private static void bar(Markup page, Optional<Double> value) {
        String digits = value.map(Numbers::rounded).orElse("undefined");
        page.open("td", "class", "bar").open("span", "class", "barred").leaf("span", digits, "class", "digits");
        Svg svg = Svg.open(page, "bars", BAR, digits);
        svg.rectangle("rest", "0", "0", "100%", Integer.toString(BAR), REST);
        value.ifPresent(number -> svg.rectangle("full", "0", "0", new Axis(0, 1).at(number), Integer.toString(BAR), 1));
        svg.close();
        page.close().close();
    }
}
