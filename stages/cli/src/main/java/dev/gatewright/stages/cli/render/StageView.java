// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Agreement;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a run, as a renderer reads it.
 *
 * @param report what it left; none where there is none
 * @param doubts why its documents cannot be believed: where there is one, the stage is shown as not evaluated
 */
record StageView(RunDocument.Entry entry, @Nullable Report report, List<String> doubts) {
    /** Keeps its own copy. */
    StageView {
        doubts = List.copyOf(doubts);
    }

    /** The stage of {@code entry} in {@code run}, with its documents held against each other. */
    static StageView of(RunDocument run, RunDocument.Entry entry, @Nullable Report report) {
        return new StageView(entry, report, Agreement.doubts(run, entry, report));
    }

    /** Which stage. */
    StageName name() {
        return entry.stage();
    }

    /** How it was judged; none for one that was not started. */
    Optional<Verdict> verdict() {
        return doubts.isEmpty() ? Optional.ofNullable(entry.verdict()) : Optional.of(Verdict.NOT_EVALUATED);
    }

    /** How it is shown. */
    Outcome outcome() {
        return verdict().map(Outcome::of).orElse(Outcome.of(entry.status()));
    }

    /** The report's document; an empty one where there is none. */
    Json.Obj document() {
        return report == null ? Json.object().build() : report.document();
    }

    /** The outcome in a line, such as {@code FAILED, 1 warning}. */
    String headline() {
        if (!doubts.isEmpty()) {
            return "NOT_EVALUATED: its documents do not agree";
        }
        return document().text("headline").orElseGet(() -> outcome().word());
    }

    /** The gates in the order of the spec. */
    List<GateView> gates() {
        return document().objects("gates").stream().map(GateView::new).toList();
    }

    /** The gates, those first that need a person's eye. */
    List<GateView> gatesByUrgency() {
        return gates().stream().sorted(Comparator.comparing(GateView::outcome)).toList();
    }

    /** The smaller forms of a model that it tried. */
    Optional<LadderView> ladder() {
        return LadderView.of(document());
    }

    /** The endpoint that it asked. */
    Optional<EndpointView> endpoint() {
        return EndpointView.of(document());
    }

    /** The rows that an exported model and its source answer most differently. */
    List<WorstRowView> worstRows() {
        return WorstRowView.of(document());
    }

    /** The image that it wrote. */
    Optional<ImageView> image() {
        return ImageView.of(document());
    }

    /** Why there is no judgement, in a sentence. */
    Optional<String> cause() {
        return document().object("cause").text("sentence");
    }

    /** What to do about it. */
    Optional<String> next() {
        return document().object("cause").text("next");
    }

    /** How long it took; empty while it has not ended. */
    Optional<Double> seconds() {
        return Figures.seconds(document().text("started"), document().text("ended"));
    }
}
