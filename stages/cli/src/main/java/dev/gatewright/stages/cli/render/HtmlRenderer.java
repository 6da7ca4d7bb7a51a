// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.RunDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A run as one page that stands alone: no script, nothing from a network, its style and plots in it. It is well-formed XML
 * too. The page's own policy allows this one style sheet, by its digest, and nothing else.
 */
public final class HtmlRenderer {
    private static final int SHORT_DIGEST = 12;

    private HtmlRenderer() {}

    /** The page. */
    public static String render(RunView view) {
        RunSummary summary = RunSummary.of(view);
        List<StageView> stages = view.stages();
        Markup page = new Markup("<!DOCTYPE html>\n");
        page.open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml").line();
        head(page, view, summary);
        page.open("body").line();
        verdict(page, view, summary, stages);
        page.open("main").line();
        HtmlGates.write(page, stages);
        stages.forEach(stage -> HtmlStage.write(page, stage));
        origin(page, view, stages);
        page.closeLine();
        page.open("footer")
                .leaf(
                        "p",
                        "Made from run.json and report.json, which hold all that is shown here, and decide where this page differs from them.");
        page.closeLine().closeLine().closeLine();
        return page.toString();
    }

    private static void head(Markup page, RunView view, RunSummary summary) {
        String style = style();
        page.open("head").line();
        page.empty("meta", "charset", "utf-8").line();
        page.empty(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        "default-src 'none'; style-src 'sha256-" + digest(style)
                                + "'; base-uri 'none'; form-action 'none'")
                .line();
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        page.empty("meta", "name", "color-scheme", "content", "light dark").line();
        page.empty("meta", "name", "referrer", "content", "no-referrer").line();
        page.leaf(
                "title",
                summary.outcome().word() + " · "
                        + summary.model()
                                .map(name -> PlainText.line(name, 60) + " · ")
                                .orElse("") + view.run().runId());
        page.line().open("style").trusted(style).closeLine();
        page.closeLine();
    }

    private static void verdict(Markup page, RunView view, RunSummary summary, List<StageView> stages) {
        page.open("header", "class", "verdict o-" + summary.outcome().style()).line();
        page.open("div", "class", "inner").line();
        page.leaf("p", "Gatewright", "class", "brand").line();
        page.open("h1");
        Icon.write(page, summary.outcome());
        page.leaf("span", summary.outcome().word()).closeLine();
        page.leaf("p", summary.sentence(), "class", "sentence").line();
        about(page, view, summary, stages);
        if (view.run().stages().size() > 1) {
            rail(page, view, stages);
        }
        page.closeLine().closeLine();
    }

    private static void about(Markup page, RunView view, RunSummary summary, List<StageView> stages) {
        Json.Obj source = source(stages);
        page.open("dl", "class", "about").line();
        summary.model().ifPresent(model -> fact(page, "Model", model));
        fact(page, "Run", view.run().runId());
        stages.stream()
                .map(stage -> stage.document().text("started"))
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(started -> fact(page, "Started", Figures.moment(started)));
        String commit = view.run().commit();
        if (commit != null) {
            String branch = source.text("branch").map(name -> " on " + name).orElse("");
            fact(page, "Commit", commit.substring(0, Math.min(SHORT_DIGEST, commit.length())) + branch);
        }
        if (source.get("dirty").equals(Optional.of(new Json.Bool(true)))) {
            page.open("div", "class", "o-warning").leaf("dt", "Working tree");
            page.leaf("dd", "has changes that are not committed", "class", "uncommitted")
                    .closeLine();
        }
        source.text("author").ifPresent(author -> fact(page, "Author", author));
        page.closeLine();
    }

    private static void fact(Markup page, String name, String value) {
        page.open("div")
                .leaf("dt", name)
                .leaf("dd", PlainText.line(value, PlainText.NAME), "dir", "auto")
                .closeLine();
    }

    /** All stages of the run, in order; those that are on this page are links. */
    private static void rail(Markup page, RunView view, List<StageView> stages) {
        page.open("nav", "aria-label", "Stages").open("ol", "class", "rail").line();
        for (RunDocument.Entry entry : view.run().stages()) {
            Optional<StageView> shown = stages.stream()
                    .filter(stage -> stage.name() == entry.stage())
                    .findFirst();
            Outcome outcome =
                    shown.map(StageView::outcome).orElseGet(() -> new StageView(entry, null, List.of()).outcome());
            String name = entry.stage().spelling();
            page.open("li", "class", "o-" + outcome.style());
            Icon.write(page, outcome);
            page.open("span");
            if (shown.isPresent()) {
                page.leaf("a", name, "href", "#" + name);
            } else {
                page.leaf("b", name);
            }
            page.leaf("small", outcome.word());
            page.close().closeLine();
        }
        page.close().closeLine();
    }

    private static void origin(Markup page, RunView view, List<StageView> stages) {
        page.open("section", "class", "stage origin", "aria-labelledby", "origin-name")
                .line();
        page.open("header")
                .leaf("h2", "Where it comes from", "id", "origin-name")
                .closeLine();
        page.open("div", "class", "columns").line();
        HtmlFacts.write(page, "Source", source(stages), Set.of());
        HtmlFacts.write(page, "Host", host(stages), Set.of());
        HtmlFacts.write(page, "Run", view.run().toJson(), Set.of("stages", "schema", "status", "verdict"));
        page.closeLine().closeLine();
    }

    private static Json.Obj source(List<StageView> stages) {
        return first(stages, "source");
    }

    private static Json.Obj host(List<StageView> stages) {
        return first(stages, "host");
    }

    private static Json.Obj first(List<StageView> stages, String name) {
        return stages.stream()
                .map(stage -> stage.document().object(name))
                .filter(object -> !object.members().isEmpty())
                .findFirst()
                .orElseGet(() -> Json.object().build());
    }

    private static String style() {
        try (InputStream in = HtmlRenderer.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its style sheet report.css; install it anew");
            }
            return "\n" + new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the program's own style sheet report.css cannot be read; install it anew", e);
        }
    }

    private static String digest(String style) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder().encodeToString(sha256.digest(style.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
