// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import java.util.List;
import java.util.Optional;

/** An endpoint on a page: what proves that it serves the judged model, how it took a load, and what it had to refuse. */
final class HtmlEndpoint {
    private HtmlEndpoint() {}

    static void write(Markup page, StageView stage) {
        Optional<EndpointView> found = stage.endpoint();
        if (found.isEmpty()) {
            return;
        }
        EndpointView endpoint = found.get();
        page.open("section", "class", "figure").leaf("h3", "The endpoint").line();
        HtmlTable.open(page, endpoint.url(), "files", "What", "Seen");
        row(page, "Identity", endpoint.identity());
        row(page, "Ready after", Figures.value(endpoint.seen().number("readyAfterMs"), "ms"));
        row(
                page,
                "Greatest difference of a score",
                Figures.value(endpoint.seen().number("greatestDifference"), ""));
        Json.Obj tls = endpoint.seen().object("tls");
        tls.text("version")
                .ifPresent(version -> row(
                        page,
                        "TLS",
                        version + ", " + tls.text("suite").orElse("?") + ", certificates until "
                                + Figures.moment(tls.text("expires").orElse("?"))));
        endpoint.loadTold().ifPresent(load -> row(page, "Load", load));
        endpoint.reasons().forEach(reason -> row(page, "Failed", reason));
        endpoint.mismatches().forEach(mismatch -> row(page, "Answered otherwise", mismatch));
        HtmlTable.close(page);
        LatencyPlot.write(page, endpoint.curve());
        probes(page, endpoint.probes());
        page.closeLine();
    }

    private static void row(Markup page, String what, String seen) {
        page.open("tr");
        HtmlTable.head(page, what);
        page.leaf("td", PlainText.line(seen, PlainText.SENTENCE), "dir", "auto");
        page.closeLine();
    }

    private static void probes(Markup page, List<EndpointView.Probe> probes) {
        if (probes.isEmpty()) {
            return;
        }
        page.open("details")
                .leaf("summary", Figures.plural(probes.size(), "request", "requests") + " that had to be refused");
        HtmlTable.open(page, "What had to be refused", "files", "Asked", "Refused", "Seen");
        for (EndpointView.Probe probe : probes) {
            page.open("tr");
            HtmlTable.head(page, probe.name());
            page.leaf("td", probe.held() ? "yes" : "no");
            page.leaf("td", PlainText.line(probe.what(), PlainText.SENTENCE), "dir", "auto");
            page.closeLine();
        }
        HtmlTable.close(page);
        page.closeLine();
    }
}
