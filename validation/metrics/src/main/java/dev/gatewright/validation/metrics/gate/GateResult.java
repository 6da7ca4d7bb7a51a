// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a gate came to.
 *
 * @param findings one a bound and set of rows
 */
public record GateResult(Gate gate, Verdict verdict, List<Finding> findings) {
    /** Keeps its own copy. */
    public GateResult {
        findings = List.copyOf(findings);
    }

    /** The gate in one sentence: metric, value, interval, n, comparison, wanted, and the bound that would have passed. */
    public String sentence() {
        return Sentences.of(this);
    }

    /** The same result; its failures, if it has any, name their cause. */
    public GateResult failingBecause(String cause) {
        return new GateResult(
                gate,
                verdict,
                findings.stream().map(finding -> finding.failingBecause(cause)).toList());
    }

    /** Whether it was judged, does not pass, and its author wants only to be told. */
    public boolean isWarning() {
        return gate.onFailure() == OnFailure.WARN && (verdict == Verdict.FAILED || verdict == Verdict.INCONCLUSIVE);
    }

    /** The verdict over several gates: a warning counts as passed, no gate at all as not evaluated. */
    public static Verdict combine(Collection<GateResult> results) {
        List<Verdict> verdicts = new ArrayList<>();
        for (GateResult result : results) {
            verdicts.add(result.isWarning() ? Verdict.PASSED : result.verdict());
        }
        return Verdict.combine(verdicts);
    }
}
