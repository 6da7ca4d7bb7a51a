// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.cli.render.LadderView.Form;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The smaller forms of a model on a page: a table, what they answer over what they cost, and what spoils one. */
final class HtmlLadder {
    private static final int MOST_SENTENCES = 300;

    private HtmlLadder() {}

    static void write(Markup page, StageView stage) {
        Json.Obj facts = stage.document().object("facts");
        facts.text("skipped").ifPresent(sentence -> {
            page.open("section", "class", "figure").leaf("h3", "Passed through");
            page.leaf("p", sentence + ".", "dir", "auto").closeLine();
        });
        Optional<LadderView> found = stage.ladder();
        if (found.isEmpty()) {
            return;
        }
        LadderView ladder = found.get();
        page.open("section", "class", "figure")
                .leaf("h3", "Rungs of the ladder")
                .line();
        table(page, ladder);
        page.open("div", "class", "curves wide").line();
        LadderPlot plot = new LadderPlot(ladder);
        String metric = PlainText.line(ladder.metric(), PlainText.NAME);
        plot.write(page, metric + " over size", "KiB", form -> form.bytes().map(bytes -> bytes / 1024));
        plot.write(page, metric + " over latency", "ms, median of single calls", Form::latency);
        page.closeLine();
        batches(page, facts.object("batches"));
        ladder.rungs().forEach(form -> sentences(page, form));
        page.closeLine();
        ladder.rungs().forEach(form -> HtmlBlame.write(page, ladder, form));
    }

    private static void table(Markup page, LadderView ladder) {
        String metric = PlainText.line(ladder.metric(), PlainText.NAME);
        HtmlTable.open(
                page,
                "Tried in this order; the first one that passes is taken",
                "rungs",
                "",
                "Rung",
                "Verdict",
                "#" + metric,
                "#Agreement",
                "#Size",
                "#of the size",
                "#Latency",
                "Why");
        row(page, ladder, ladder.unquantised(), "");
        for (int i = 0; i < ladder.rungs().size(); i++) {
            row(page, ladder, ladder.rungs().get(i), Integer.toString(i + 1));
        }
        HtmlTable.close(page);
    }

    private static void row(Markup page, LadderView ladder, Form form, String number) {
        page.open("tr", "class", "o-" + form.outcome().map(Outcome::style).orElse("shown"));
        page.leaf("td", number, "class", "how");
        HtmlTable.head(page, form.name());
        page.open("td", "class", "judged");
        if (!number.isEmpty()) {
            HtmlGates.badge(page, form.outcome().orElse(Outcome.NOT_STARTED), form.word());
        }
        page.close();
        HtmlTable.number(page, Figures.value(form.value(ladder.metric()), ""));
        HtmlTable.number(page, Figures.value(form.value(LadderView.AGREEMENT), ""));
        HtmlTable.number(page, form.bytes().map(Figures::bytes).orElse("–"));
        HtmlTable.number(page, form.sizeRatio().map(LadderView::percent).orElse("–"));
        HtmlTable.number(page, Figures.value(form.latency(), "ms"));
        page.leaf("td", PlainText.line(form.sentence(), PlainText.SENTENCE), "class", "told", "dir", "auto");
        page.closeLine();
    }

    private static void batches(Markup page, Json.Obj batches) {
        batches.number("rows")
                .ifPresent(rows -> page.leaf(
                                "p",
                                "Of the first " + Figures.count(rows) + " rows, "
                                        + Figures.value(batches.number("changedInBatchesOf1"), "")
                                        + " are answered otherwise in batches of 1 and "
                                        + Figures.value(batches.number("changedInBatchesOf8"), "")
                                        + " in batches of 8 than in those of 64 that were judged.",
                                "class",
                                "more")
                        .line());
    }

    /** All gates of a form in their sentences; those of the form that is the stage's stand above. */
    private static void sentences(Markup page, Form form) {
        List<Json> sentences = form.measured().items("gates");
        List<Json.Obj> verdicts = form.judged().objects("gates");
        if (sentences.isEmpty() || form.judged().get("shown").equals(Optional.of(new Json.Bool(true)))) {
            return;
        }
        page.open("details")
                .leaf(
                        "summary",
                        PlainText.line(form.name(), PlainText.NAME) + ": "
                                + Figures.plural(sentences.size(), "gate", "gates"));
        page.open("ul", "class", "steps");
        for (int i = 0; i < Math.min(sentences.size(), MOST_SENTENCES); i++) {
            String verdict =
                    i < verdicts.size() ? verdicts.get(i).text("verdict").orElse("") : "";
            String sentence = sentences.get(i) instanceof Json.Text text ? text.value() : "";
            page.open("li");
            step(page, verdict, sentence);
            page.closeLine();
        }
        page.close().closeLine();
    }

    /** A verdict and its sentence. */
    static void step(Markup page, String verdict, String sentence) {
        Form form = new Form(
                "", Json.object().put("verdict", verdict).build(), Json.object().build());
        HtmlGates.badge(page, form.outcome().orElse(Outcome.NOT_EVALUATED));
        page.text(" ").leaf("span", PlainText.line(sentence, PlainText.SENTENCE), "dir", "auto");
    }

    /** A number of decibels. */
    static String decibels(double value) {
        return String.format(Locale.ROOT, "%.1f dB", value);
    }
}
