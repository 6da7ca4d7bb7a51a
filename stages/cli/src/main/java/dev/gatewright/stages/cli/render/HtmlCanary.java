// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import java.util.Optional;

/** The steps of a canary on a page. */
final class HtmlCanary {
    private HtmlCanary() {}

    static void write(Markup page, StageView stage) {
        Optional<CanaryView> canary = CanaryView.of(stage.document());
        if (canary.isEmpty()) {
            return;
        }
        page.open("section", "class", "figure")
                .leaf("h3", "Steps of the canary")
                .line();
        HtmlTable.open(
                page,
                "The candidate's share of the traffic, and what both sides were asked in it",
                "files",
                "#Weight",
                "Verdict",
                "Candidate",
                "Stable",
                "Why");
        for (CanaryView.Step step : canary.get().steps()) {
            page.open("tr");
            HtmlTable.number(page, step.weight());
            page.open("td");
            HtmlGates.badge(page, step.outcome());
            page.close();
            page.leaf("td", step.told(CanaryView.CANDIDATE));
            page.leaf("td", step.told(CanaryView.STABLE));
            page.leaf("td", PlainText.line(step.why(), PlainText.SENTENCE), "dir", "auto");
            page.closeLine();
        }
        HtmlTable.close(page);
        page.closeLine();
    }
}
