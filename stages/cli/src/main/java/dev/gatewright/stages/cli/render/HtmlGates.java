// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The gates of a run on a page: a sentence each, with the value and its bound drawn. Those that did not pass come first. */
final class HtmlGates {
    private static final int MOST = 300;
    private static final int MOST_STRIPS = 3;

    private HtmlGates() {}

    /** A gate with the stage that judged it. */
    private record StageGate(StageView stage, GateView gate) {}

    static void write(Markup page, List<StageView> stages) {
        List<StageGate> gates = new ArrayList<>();
        stages.forEach(stage -> stage.gates().forEach(gate -> gates.add(new StageGate(stage, gate))));
        gates.sort(Comparator.comparing(each -> each.gate().outcome()));
        List<StageView> silent = stages.stream().filter(HtmlGates::needsWords).toList();
        if (gates.isEmpty() && silent.isEmpty()) {
            return;
        }
        page.open("section", "class", "stage decisions", "aria-labelledby", "gates-name")
                .line();
        page.open("header").leaf("h2", "Gates", "id", "gates-name").closeLine();
        silent.forEach(stage -> alert(page, stage));
        if (!gates.isEmpty()) {
            page.open("ol", "class", "gates").line();
            for (StageGate each : gates.subList(0, Math.min(MOST, gates.size()))) {
                gate(page, each.stage(), each.gate());
            }
            page.closeLine();
        }
        HtmlTable.more(page, gates.size() - MOST, "gates");
        page.closeLine();
    }

    /** A stage whose gates do not say all: it could not judge, or its documents do not agree. */
    private static boolean needsWords(StageView stage) {
        return !stage.doubts().isEmpty() || (stage.cause().isPresent() && stage.outcome() != Outcome.NOT_STARTED);
    }

    private static void alert(Markup page, StageView stage) {
        page.open("div", "class", "alert o-" + stage.outcome().style());
        badge(page, stage.outcome());
        page.text(" ").leaf("strong", stage.name().spelling());
        for (String doubt : stage.doubts()) {
            page.leaf("p", "Not to be believed: " + doubt + ".", "class", "cause");
        }
        stage.cause().ifPresent(cause -> page.leaf("p", cause, "class", "cause", "dir", "auto"));
        if (!stage.doubts().isEmpty()) {
            next(page, "run the stage again, and find out what changed the files in the run's folder");
        } else {
            stage.next().ifPresent(next -> next(page, next));
        }
        page.closeLine();
    }

    private static void next(Markup page, String next) {
        page.open("p", "class", "next").leaf("strong", "Next:").text(" ").leaf("span", next, "dir", "auto");
        page.close();
    }

    private static void gate(Markup page, StageView stage, GateView gate) {
        page.open("li", "class", "gate o-" + gate.outcome().style());
        badge(page, gate.outcome());
        page.open("div", "class", "told");
        page.leaf("p", gate.sentence(), "class", "sentence", "dir", "auto");
        page.open("p", "class", "rule");
        page.leaf("span", stage.name().spelling(), "class", "of").text(" ");
        page.leaf("code", PlainText.line(gate.name(), PlainText.NAME));
        for (String term : gate.terms()) {
            page.text(" ").leaf("span", PlainText.line(term, PlainText.NAME), "class", "term");
        }
        page.close();
        page.close();
        page.open("div", "class", "drawn");
        if (gate.slice().isPresent()) {
            Strip.swarm(page, gate);
        } else {
            List<Strip> strips = Strip.of(gate);
            for (Strip strip : strips.subList(0, Math.min(MOST_STRIPS, strips.size()))) {
                strip.write(page, Axis.around(strip.numbers()), true);
            }
        }
        page.close();
        page.closeLine();
    }

    /** The outcome as a word with its mark. */
    static void badge(Markup page, Outcome outcome) {
        badge(page, outcome, outcome.word());
    }

    /** The same with another word. */
    static void badge(Markup page, Outcome outcome, String word) {
        page.open("span", "class", "badge o-" + outcome.style());
        Icon.write(page, outcome);
        page.leaf("span", word).close();
    }
}
