// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What came of a stage, in texts and numbers alone: it is saved with the run of Jenkins. */
@ExportedBean
public final class StageResult implements Serializable {
    private static final long serialVersionUID = 1;

    private final String stage;
    private final String runId;
    private final String status;
    private final @Nullable String verdict;
    private final String why;
    private final @Nullable String judgementDigest;
    private final @Nullable String runDigest;
    private final ArrayList<GateResult> gates;
    private final ArrayList<MetricResult> metrics;
    private final int leftOut;

    StageResult(
            String stage,
            String runId,
            String status,
            @Nullable String verdict,
            String why,
            @Nullable String judgementDigest,
            @Nullable String runDigest,
            List<GateResult> gates,
            List<MetricResult> metrics,
            int leftOut) {
        this.stage = ShownText.of(stage);
        this.runId = ShownText.of(runId);
        this.status = status;
        this.verdict = verdict;
        this.why = ShownText.of(why);
        this.judgementDigest = judgementDigest == null ? null : ShownText.of(judgementDigest);
        this.runDigest = runDigest == null ? null : ShownText.of(runDigest);
        this.gates = new ArrayList<>(gates);
        this.metrics = new ArrayList<>(metrics);
        this.leftOut = leftOut;
    }

    boolean isOfTheSameStageAs(StageResult other) {
        return stage.equals(other.stage) && runId.equals(other.runId);
    }

    /** Which stage; {@code run} where nothing could be told of its stages. */
    @Exported
    public String getStage() {
        return stage;
    }

    /** Of which run of Gatewright. */
    @Exported
    public String getRunId() {
        return runId;
    }

    /** Where it stands. */
    @Exported
    public String getStatus() {
        return status;
    }

    /** How it was judged; null for one that was not started. */
    @Exported
    public @Nullable String getVerdict() {
        return verdict;
    }

    /** Verdict, or where it stands. */
    public String getHeadline() {
        return verdict == null || (!status.equals("DONE") && verdict.equals("NOT_EVALUATED")) ? status : verdict;
    }

    /** The class of its colour. */
    public String getColour() {
        return StageResults.colour(verdict);
    }

    /** Why it did not pass; empty where it did. */
    @Exported
    public String getWhy() {
        return why;
    }

    /** SHA-256 of its judgement; null where there is none. */
    @Exported
    public @Nullable String getJudgementDigest() {
        return judgementDigest;
    }

    /** SHA-256 of the run's document; null where it was not accepted. */
    @Exported
    public @Nullable String getRunDigest() {
        return runDigest;
    }

    /** Its gates, in the order of the spec. */
    @Exported(inline = true)
    public List<GateResult> getGates() {
        return new ArrayList<>(gates);
    }

    /** What was measured. */
    @Exported(inline = true)
    public List<MetricResult> getMetrics() {
        return new ArrayList<>(metrics);
    }

    /** How many gates and metrics are only in the report. */
    @Exported
    public int getLeftOut() {
        return leftOut;
    }
}
