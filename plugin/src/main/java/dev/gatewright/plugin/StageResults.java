// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.HostResult;
import dev.gatewright.stages.api.host.RunFiles;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Agreement;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what is shown of the stages of a run. What was not accepted is shown as not evaluated, without anything of its reports. */
final class StageResults {
    private static final String WHOLE_RUN = "run";
    private static final int MOST_GATES = 200;
    private static final int MOST_METRICS = 500;

    private StageResults() {}

    /** The stage, or every stage of a whole run. */
    static List<StageResult> of(Optional<StageName> stage, HostResult result, RunFiles files) {
        String name = stage.map(StageName::spelling).orElse(WHOLE_RUN);
        String digest = result.runDigest();
        if (digest == null) {
            return List.of(notEvaluated(name, result.runId(), result.why()));
        }
        try {
            RunDocument run =
                    files.readRun().orElseThrow(() -> new IOException("run.json has gone after its verdict was read"));
            if (!run.runDigest().equals(digest)) {
                throw new IOException("run.json was changed after its verdict was read");
            }
            List<StageResult> results = new ArrayList<>();
            for (RunDocument.Entry entry : run.stages()) {
                if (stage.isEmpty() || stage.get() == entry.stage()) {
                    results.add(of(run, entry, files.readReport(entry.stage()).orElse(null)));
                }
            }
            return results;
        } catch (IOException | IllegalArgumentException e) { // the latter: text that has no digest
            return List.of(notEvaluated(name, result.runId(), String.valueOf(e.getMessage())));
        }
    }

    private static StageResult of(RunDocument run, RunDocument.Entry entry, @Nullable Report report) {
        String stage = entry.stage().spelling();
        List<String> doubts = Agreement.doubts(run, entry, report);
        if (!doubts.isEmpty()) {
            return notEvaluated(stage, run.runId(), String.join("; ", doubts));
        }
        Json.Obj document = report == null ? Json.object().build() : report.document();
        List<GateResult> gates = gates(document);
        List<MetricResult> metrics = metrics(document);
        int leftOut =
                document.objects("gates").size() + document.objects("metrics").size() - gates.size() - metrics.size();
        Verdict verdict = entry.verdict();
        return new StageResult(
                stage,
                run.runId(),
                entry.status().name(),
                verdict == null ? null : verdict.name(),
                why(document),
                entry.judgementDigest(),
                run.runDigest(),
                gates,
                metrics,
                leftOut);
    }

    private static StageResult notEvaluated(String stage, String runId, String why) {
        return new StageResult(
                stage,
                runId,
                Status.DONE.name(),
                Verdict.NOT_EVALUATED.name(),
                why,
                null,
                null,
                List.of(),
                List.of(),
                0);
    }

    /** What the gates do not say. */
    private static String why(Json.Obj document) {
        Json.Obj cause = document.object("cause");
        return cause.text("sentence").orElse("")
                + cause.text("next").map(next -> "; " + next).orElse("");
    }

    private static List<GateResult> gates(Json.Obj document) {
        return document.objects("gates").stream()
                .limit(MOST_GATES)
                .map(gate -> new GateResult(
                        Agreement.verdict(gate).name(),
                        Agreement.isWarning(gate),
                        gate.text("sentence").orElse("a gate without a sentence")))
                .toList();
    }

    private static List<MetricResult> metrics(Json.Obj document) {
        return document.objects("metrics").stream()
                .limit(MOST_METRICS)
                .map(metric -> new MetricResult(
                        metric.text("metric").orElse("a metric without a name"),
                        metric.text("rows").orElse(""),
                        metric.number("value").orElse(null),
                        metric.text("unit").orElse("")))
                .toList();
    }

    /** The conjunction of those that were started; null where none was. */
    static @Nullable String combined(List<StageResult> results) {
        List<Verdict> started = new ArrayList<>();
        for (StageResult each : results) {
            String verdict = each.getVerdict();
            if (verdict != null) {
                started.add(Verdict.valueOf(verdict));
            }
        }
        return started.isEmpty() ? null : Verdict.combine(started).name();
    }

    /** Jenkins' class for the colour of a verdict: only what passed is green. */
    static String colour(@Nullable String verdict) {
        if (verdict == null) {
            return "jenkins-!-text-color";
        }
        return switch (Verdict.valueOf(verdict)) {
            case PASSED -> "jenkins-!-success-color";
            case INCONCLUSIVE -> "jenkins-!-warning-color";
            case FAILED, NOT_EVALUATED -> "jenkins-!-error-color";
        };
    }
}
