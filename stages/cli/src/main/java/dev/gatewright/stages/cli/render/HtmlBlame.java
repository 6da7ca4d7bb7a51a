// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.cli.render.LadderView.Form;
import java.util.List;
import java.util.Optional;

/** The nodes that spoil a form, on a page: a bar each for the noise that it adds, and what became of leaving the worst out. */
final class HtmlBlame {
    private static final int MOST = 60;
    private static final int BAR = 14;
    private static final double AMPLITUDE = 20;

    private HtmlBlame() {}

    static void write(Markup page, LadderView ladder, Form form) {
        Json.Obj blame = form.judged().object("blame");
        List<Json.Obj> nodes = blame.objects("nodes");
        if (nodes.isEmpty()) {
            return;
        }
        page.open("section", "class", "figure");
        page.leaf("h3", "What spoils " + PlainText.line(form.name(), PlainText.NAME))
                .line();
        String rows = Figures.value(blame.number("rows"), "");
        HtmlTable.begin(
                page,
                "Nodes that spoil a form",
                "Each node quantised alone, the worst first, on the first " + rows
                        + " rows. Bar: noise that it adds to the scores, over the scores themselves.",
                "classes");
        HtmlTable.heading(page, "Node");
        HtmlTable.heading(page, "Operator");
        HtmlTable.heading(page, "Noise");
        HtmlTable.heading(page, "#Signal to noise");
        HtmlTable.heading(page, "#Rows changed");
        HtmlTable.heading(page, "#" + PlainText.line(ladder.metric(), PlainText.NAME));
        HtmlTable.heading(page, "");
        HtmlTable.body(page);
        double most = nodes.stream().mapToDouble(HtmlBlame::noise).max().orElse(1);
        List<String> excluded = form.excluded();
        for (Json.Obj node : nodes.subList(0, Math.min(MOST, nodes.size()))) {
            row(page, node, most, excluded.contains(node.text("node").orElse("")));
        }
        HtmlTable.close(page);
        HtmlTable.more(page, nodes.size() - MOST, "nodes");
        unmeasured(page, blame);
        steps(page, form, blame);
        page.closeLine();
    }

    private static void row(Markup page, Json.Obj node, double most, boolean excluded) {
        boolean answered = !node.get("answered").equals(Optional.of(new Json.Bool(false)));
        page.open("tr");
        HtmlTable.head(page, node.text("node").orElse("?"));
        HtmlTable.name(page, node.text("operator").orElse("?"));
        page.open("td", "class", "bar").open("div", "class", "barred");
        page.leaf("span", answered ? LadderView.percent(noise(node)) : "lost", "class", "digits");
        Svg svg = Svg.open(page, "strip", BAR, "Noise");
        double share = answered ? noise(node) / Math.max(most, Double.MIN_NORMAL) : 1;
        svg.rectangle("rest", "0", "0", "100%", Integer.toString(BAR), 1);
        svg.rectangle(excluded ? "miss" : "full", "0", "0", Axis.percent(share), Integer.toString(BAR), 1);
        svg.close();
        page.close().close();
        HtmlTable.number(
                page, node.number("signalToNoise").map(HtmlLadder::decibels).orElse(answered ? "no noise" : "–"));
        HtmlTable.number(page, Figures.value(node.number("changed"), ""));
        HtmlTable.number(page, Figures.value(node.number("score"), ""));
        page.leaf("td", excluded ? "left out" : "", "class", "how").closeLine();
    }

    /** The noise over the signal, as amplitudes; none where nothing is added. */
    private static double noise(Json.Obj node) {
        return node.number("signalToNoise")
                .map(decibels -> StrictMath.pow(10, -decibels / AMPLITUDE))
                .orElse(0.0);
    }

    private static void unmeasured(Markup page, Json.Obj blame) {
        int more = blame.items("unmeasured").size();
        if (more > 0) {
            page.leaf(
                            "p",
                            Figures.plural(more, "node", "nodes")
                                    + " with fewer weights became smaller too; no trial was left to look at them alone.",
                            "class",
                            "more")
                    .line();
        }
    }

    private static void steps(Markup page, Form form, Json.Obj blame) {
        List<Json.Obj> steps = blame.objects("steps");
        List<Json> sentences = form.measured().items("steps");
        page.open("ul", "class", "steps").line();
        for (int i = 0; i < Math.min(MOST, steps.size()); i++) {
            double left = steps.get(i).number("excluded").orElse(0.0);
            String sentence = i < sentences.size() && sentences.get(i) instanceof Json.Text text ? text.value() : "";
            page.open("li");
            String which = left == 0
                    ? "With all nodes: "
                    : "Without the worst " + (left == 1 ? "node: " : Figures.count(left) + " nodes: ");
            HtmlLadder.step(page, steps.get(i).text("verdict").orElse(""), which + sentence);
            page.closeLine();
        }
        page.closeLine();
    }
}
