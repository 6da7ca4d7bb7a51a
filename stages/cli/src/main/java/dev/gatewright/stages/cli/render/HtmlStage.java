// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

/** What a stage found, on a page: plots, metrics and evidence. Its gates stand above, with those of the other stages. */
final class HtmlStage {
    private HtmlStage() {}

    static void write(Markup page, StageView stage) {
        String id = stage.name().spelling();
        page.open("section", "class", "stage o-" + stage.outcome().style(), "id", id, "aria-labelledby", id + "-name");
        page.line().open("header");
        page.leaf("h2", id, "id", id + "-name");
        HtmlGates.badge(page, stage.outcome());
        // The headline of a stage that could not judge repeats the cause, which stands above.
        if (stage.outcome() != Outcome.NOT_EVALUATED
                && !stage.headline().equals(stage.outcome().word())) {
            page.leaf("p", stage.headline(), "class", "headline", "dir", "auto");
        }
        when(page, stage);
        page.closeLine();
        HtmlCurves.write(page, stage);
        HtmlParity.write(page, stage);
        HtmlLadder.write(page, stage);
        HtmlImage.write(page, stage);
        HtmlEndpoint.write(page, stage);
        HtmlCanary.write(page, stage);
        HtmlSlices.write(page, stage);
        HtmlClasses.write(page, stage);
        HtmlConfusion.write(page, stage);
        HtmlMetrics.write(page, stage);
        if (stage.report() != null) {
            page.open("section", "class", "figure evidence")
                    .leaf("h3", "Evidence")
                    .line();
            HtmlEvidence.write(page, stage);
            page.closeLine();
        }
        page.closeLine();
    }

    private static void when(Markup page, StageView stage) {
        stage.document().text("started").ifPresent(started -> {
            page.open("p", "class", "when");
            page.leaf("time", Figures.moment(started), "datetime", started);
            stage.seconds().ifPresent(seconds -> page.text(", took " + Figures.duration(seconds)));
            page.close();
        });
    }
}
