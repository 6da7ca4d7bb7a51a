// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Report;
import java.util.Set;

/** What a stage's verdict rests on, on a page: files with their digests, the device that really ran, versions, digests. */
final class HtmlEvidence {
    private static final int MOST_FILES = 200;
    private static final int LONGEST_TRACE = 20_000;
    private static final Set<String> DRAWN_FACTS = Set.of("confusion", "slices", "ladder", "image");
    private static final Set<String> DRAWN_ENVIRONMENT = Set.of(
            "numbers", "device", "stackTrace", "ladder", "parity", "worstRows", "image", "boot", "canary", "endpoint");

    private HtmlEvidence() {}

    static void write(Markup page, StageView stage) {
        Report report = stage.report();
        if (report == null) {
            return;
        }
        Json.Obj document = stage.document();
        files(page, stage, "What it read", "inputs");
        files(page, stage, "What it wrote", "outputs");
        Json.Obj environment = document.object("environment");
        page.open("div", "class", "columns").line();
        HtmlFacts.write(page, "Device that ran", environment.object("device"), Set.of());
        HtmlFacts.write(page, "Judged with", document.object("facts"), DRAWN_FACTS);
        HtmlFacts.write(page, "Canary", environment.object("canary"), Set.of("steps"));
        HtmlFacts.write(page, "Environment", environment, DRAWN_ENVIRONMENT);
        HtmlFacts.write(page, "Spec", document.object("spec"), Set.of());
        page.closeLine();
        environment.text("stackTrace").ifPresent(trace -> {
            page.open("details").leaf("summary", "Stack trace").open("pre");
            page.block(trace, LONGEST_TRACE).close().closeLine();
        });
        page.open("p", "class", "digest").text("Judgement digest ");
        page.leaf("code", document.text("judgementDigest").orElse("none"));
        page.closeLine();
    }

    private static void files(Markup page, StageView stage, String title, String name) {
        java.util.List<Json.Obj> files = stage.document().objects(name);
        if (files.isEmpty()) {
            return;
        }
        HtmlTable.open(page, title, "files", "Name", "Path", "#Size", "SHA-256");
        for (Json.Obj file : files.subList(0, Math.min(MOST_FILES, files.size()))) {
            page.open("tr");
            HtmlTable.head(page, file.text("name").orElse("?"));
            page.leaf(
                    "td",
                    PlainText.line(file.text("path").orElse("?"), PlainText.NAME * 2),
                    "class",
                    "path",
                    "dir",
                    "auto");
            HtmlTable.number(page, file.number("bytes").map(Figures::bytes).orElse("–"));
            page.open("td", "class", "hash")
                    .leaf("code", file.text("sha256").orElse("none"))
                    .close();
            page.closeLine();
        }
        HtmlTable.close(page);
        HtmlTable.more(page, files.size() - MOST_FILES, "files");
    }
}
