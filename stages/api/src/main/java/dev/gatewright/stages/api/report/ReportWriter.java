// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.report;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes the reports of one stage in one run.
 *
 * @param source facts of the commit, as the report shows them
 * @param host what called the program
 */
public record ReportWriter(
        StageName stage,
        String runId,
        String specFile,
        String specDigest,
        Json.Obj source,
        Json.Obj host,
        Instant startedAt) {

    /** The report that stands while the stage works: if nothing follows, it was killed. */
    public Report started() {
        Json.Builder json = opening(Status.RUNNING, Verdict.NOT_EVALUATED, "NOT_EVALUATED: started, not finished");
        json.put("cause", cause("the stage was started and has not finished", "start it again"));
        return close(json);
    }

    /** The report of a stage that could not judge. */
    public Report failed(Instant ended, String why, String next, @Nullable String trace) {
        Json.Builder json = opening(Status.DONE, Verdict.NOT_EVALUATED, "NOT_EVALUATED: " + whole(why));
        json.put("ended", time(ended));
        json.put("cause", cause(whole(why), whole(next)));
        if (trace != null) {
            json.put(
                    "environment", Json.object().put("stackTrace", whole(trace)).build());
        }
        return close(json);
    }

    /** The report of a stage that another one stopped. */
    public Report notStarted(StageName stoppedBy, String why) {
        Json.Builder json = opening(Status.NOT_STARTED, null, "NOT_STARTED: stopped by " + stoppedBy.spelling());
        json.put("stoppedBy", stoppedBy.spelling());
        json.put("cause", cause(why, "see the report of " + stoppedBy.spelling()));
        return close(json);
    }

    /** The report of a stage that judged. */
    public Report done(Instant ended, StageOutcome outcome) {
        Verdict verdict = GateResult.combine(outcome.gates());
        long warnings = outcome.gates().stream().filter(GateResult::isWarning).count();
        String headline = verdict + (warnings == 0 ? "" : ", " + warnings + (warnings == 1 ? " warning" : " warnings"));
        Json.Builder json = opening(Status.DONE, verdict, headline);
        json.put("ended", time(ended));
        if (outcome.gates().isEmpty()) {
            json.put("cause", cause("the stage judged no gate, and no gate is no pass", "write gates for it"));
        }
        json.put("gates", outcome.gates().stream().map(GateJson::of).toList());
        json.put(
                "metrics",
                outcome.metrics().stream().map(MeasuredMetric::toJson).toList());
        json.put("inputs", outcome.inputs().stream().map(Artifact::toJson).toList());
        json.put("outputs", outcome.outputs().stream().map(Artifact::toJson).toList());
        json.put("facts", outcome.facts());
        json.put("environment", outcome.environment());
        return close(json);
    }

    private Json.Builder opening(Status status, @Nullable Verdict verdict, String headline) {
        return Json.object()
                .put("schema", Report.SCHEMA)
                .put("stage", stage.spelling())
                .put("runId", runId)
                .put("status", status.name())
                .put("verdict", verdict == null ? null : verdict.name())
                .put("headline", headline)
                .put("started", time(startedAt))
                .put(
                        "spec",
                        Json.object()
                                .put("file", specFile)
                                .put("digest", specDigest)
                                .build())
                .put("source", source)
                .put("host", host);
    }

    private static Json cause(String why, String next) {
        return Json.object().put("sentence", why).put("next", next).build();
    }

    /** {@code text} as UTF-8 can say it: an error's message may hold half a surrogate pair, and has to be told all the same. */
    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Report close(Json.Builder json) {
        return new Report(
                json.put("judgementDigest", Judgement.digest(json.build())).build());
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
