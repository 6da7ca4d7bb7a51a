// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api.report;

import dev.gatewright.stages.api.json.CanonicalJson;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds the documents of a run against each other: what one of them says alone is no evidence. */
public final class Agreement {
    private Agreement() {}

    /**
     * Why a stage cannot be believed, in sentences; none where its documents agree.
     *
     * @param entry the stage in {@code run}
     * @param report what it left; null where there is none
     */
    public static List<String> doubts(RunDocument run, RunDocument.Entry entry, @Nullable Report report) {
        List<String> doubts = new ArrayList<>();
        if (report == null) {
            if (entry.status() != Status.NOT_STARTED) {
                doubts.add("run.json says " + entry.status() + ", and there is no report.json");
            }
            return doubts;
        }
        if (!report.runId().equals(run.runId())) {
            doubts.add("its report is of another run, " + report.runId());
        }
        if (report.stage() != entry.stage()) {
            doubts.add("its report is of another stage, " + report.stage().spelling());
        }
        if (report.status() != entry.status() || !report.verdict().equals(Optional.ofNullable(entry.verdict()))) {
            doubts.add("run.json says " + words(entry.status(), Optional.ofNullable(entry.verdict()))
                    + ", and its report says " + words(report.status(), report.verdict()));
        } else if (!report.isIntact()
                || (entry.reportDigest() != null
                        && !entry.reportDigest().equals(CanonicalJson.sha256(report.document())))) {
            doubts.add("its report was changed after it was written: its digest is not the one that was recorded");
        }
        Verdict judged = gates(report);
        if (report.verdict().equals(Optional.of(Verdict.PASSED)) && judged != Verdict.PASSED) {
            doubts.add("its report says PASSED, and its gates come to " + judged);
        }
        return doubts;
    }

    /** What the gates of a report come to. */
    private static Verdict gates(Report report) {
        return Verdict.combine(report.document().objects("gates").stream()
                .map(gate -> isWarning(gate) ? Verdict.PASSED : verdict(gate))
                .toList());
    }

    /** How a gate of a report was judged; one whose verdict is missing, or none that there is, was not. */
    public static Verdict verdict(Json.Obj gate) {
        String name = gate.text("verdict").orElse("");
        for (Verdict verdict : Verdict.values()) {
            if (verdict.name().equals(name)) {
                return verdict;
            }
        }
        return Verdict.NOT_EVALUATED;
    }

    /** Whether a gate was judged, does not pass, and its author wants only to be told. */
    public static boolean isWarning(Json.Obj gate) {
        Verdict verdict = verdict(gate);
        return gate.text("onFailure").equals(Optional.of("warn"))
                && (verdict == Verdict.FAILED || verdict == Verdict.INCONCLUSIVE);
    }

    private static String words(Status status, Optional<Verdict> verdict) {
        return status + verdict.map(value -> " and " + value).orElse("");
    }
}
