// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.metrics.gate;

import dev.gatewright.validation.metrics.Numbers;
import dev.gatewright.validation.metrics.statistics.Interval;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Judgements in words: metric, value, interval, n, comparison, wanted, and the bound that would have passed. */
final class Sentences {
    private Sentences() {}

    static String of(GateResult result) {
        List<Finding> findings = result.findings();
        Finding worst = null;
        for (Finding finding : findings) {
            if (finding.verdict() != null && (worst == null || severity(finding) > severity(worst))) {
                worst = finding;
            }
        }
        SliceRule slice = result.gate().slice();
        if (slice != null
                && findings.stream().anyMatch(finding -> !finding.rows().isEmpty())) {
            String summary = result.gate().measure().spelling() + " by " + slice.slice() + ": " + counts(findings);
            return worst == null
                    ? summary + ", so nothing was judged"
                    : summary + "; " + (result.verdict() == Verdict.PASSED ? "closest: " : "worst: ")
                            + of(result.gate(), result.verdict() == Verdict.PASSED ? least(findings) : worst);
        }
        Finding told = Objects.requireNonNull(worst, "a gate has a finding");
        return result.verdict() == Verdict.PASSED ? passed(result.gate(), findings) : of(result.gate(), told);
    }

    static String of(Gate gate, Finding finding) {
        String subject = subject(gate, finding);
        Verdict verdict = finding.verdict();
        String why = finding.why();
        if (why != null && verdict != Verdict.FAILED) {
            String outcome = verdict == Verdict.INCONCLUSIVE ? " is inconclusive: " : " could not be judged: ";
            return subject + outcome + why;
        }
        if (verdict == null) {
            return subject + " is shown, not judged";
        }
        Bound bound = finding.bound();
        String relation = bound.kind().holds() == Bound.Side.ABOVE ? " is below " : " is above ";
        return switch (verdict) {
            case PASSED -> subject + " holds " + bound;
            case FAILED ->
                subject
                        + relation
                        + bound
                        + (bound.kind().isAlarm()
                                ? ", which is too good to be true: look for leakage"
                                : ": would pass at " + finding.wouldPassAt())
                        + (why == null ? "" : "; " + why);
            case INCONCLUSIVE -> subject + " cannot decide " + bound + ": would pass at " + finding.wouldPassAt();
            case NOT_EVALUATED -> throw new IllegalStateException("a finding that was not evaluated says why");
        };
    }

    /** The tightest bound of this kind that {@code harmful}, the end of the interval that harms, still holds. */
    static String boundThatHolds(Bound bound, double harmful) {
        RoundingMode mode = bound.kind().holds() == Bound.Side.ABOVE ? RoundingMode.FLOOR : RoundingMode.CEILING;
        return Numbers.rounded(harmful, mode) + (bound.kind().quantity().isPercent() ? "%" : "");
    }

    static String percent(double confidence) {
        return Numbers.exact(Math.rint(confidence * 1e6) / 1e4) + "%";
    }

    private static String passed(Gate gate, List<Finding> findings) {
        List<String> sentences = new ArrayList<>();
        for (Finding finding : findings) {
            // The subject is said once; further bounds on the same quantity only name themselves.
            boolean said = !sentences.isEmpty() && !finding.bound().kind().compares();
            sentences.add(said ? finding.bound().toString() : of(gate, finding));
        }
        return String.join(" and ", sentences);
    }

    private static String subject(Gate gate, Finding finding) {
        StringBuilder text = new StringBuilder(gate.measure().spelling());
        if (gate.measure().isOfTwoModels()) {
            text.append(" with ").append(gate.against());
        }
        if (!finding.rows().isEmpty()) {
            text.append(" (").append(finding.rows()).append(')');
        }
        if (Double.isNaN(finding.value())) {
            return text.toString();
        }
        text.append(' ').append(withUnit(gate, finding.value()));
        Sample.Comparison comparison = finding.comparison();
        if (finding.bound().kind().compares() && comparison != null && !Double.isNaN(comparison.value())) {
            text.append(" against ").append(comparison.name()).append(' ').append(withUnit(gate, comparison.value()));
            if (!Double.isNaN(finding.held())) {
                Bound.Quantity quantity = finding.bound().kind().quantity();
                boolean improvement =
                        quantity == Bound.Quantity.IMPROVEMENT || quantity == Bound.Quantity.IMPROVEMENT_PERCENT;
                text.append(improvement ? ", an improvement of " : ", a degradation of ")
                        .append(
                                quantity.isPercent()
                                        ? Numbers.rounded(finding.held()) + "%"
                                        : withUnit(gate, finding.held()));
            }
        }
        return text.append(evidence(finding)).toString();
    }

    private static String evidence(Finding finding) {
        if (finding.n() == 0) {
            return "";
        }
        Interval interval = finding.interval();
        // Live traffic: no request goes to both sides.
        boolean separate =
                finding.comparison() != null && finding.comparison().name().equals("stable");
        String n = "n=" + finding.n() + (finding.bound().kind().compares() && !separate ? ", paired" : "");
        if (interval == null) {
            return " (" + n + ")";
        }
        String between = interval.low() < 0 || interval.high() < 0 ? " to " : "–";
        return " (" + percent(interval.confidence()) + " CI " + Numbers.rounded(interval.low()) + between
                + Numbers.rounded(interval.high()) + ", " + n + ")";
    }

    private static String withUnit(Gate gate, double value) {
        String symbol = gate.measure().unit().symbol();
        return Numbers.rounded(value) + (symbol.isEmpty() ? "" : " " + symbol);
    }

    private static String counts(List<Finding> findings) {
        List<String> parts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            long count = findings.stream()
                    .filter(finding -> finding.verdict() == verdict)
                    .count();
            if (count > 0) {
                parts.add(count + " " + verdict);
            }
        }
        long shown =
                findings.stream().filter(finding -> finding.verdict() == null).count();
        if (shown > 0) {
            parts.add(shown + " too small and only shown");
        }
        return String.join(", ", parts);
    }

    /** The judged finding that came closest to not passing. */
    private static Finding least(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.verdict() != null)
                .min((a, b) -> Double.compare(slack(a), slack(b)))
                .orElseThrow();
    }

    private static double slack(Finding finding) {
        Interval interval = finding.interval();
        boolean above = finding.bound().kind().holds() == Bound.Side.ABOVE;
        double harmful = interval == null ? finding.held() : above ? interval.low() : interval.high();
        return above ? harmful - finding.bound().limit() : finding.bound().limit() - harmful;
    }

    private static int severity(Finding finding) {
        return switch (Objects.requireNonNull(finding.verdict())) {
            case FAILED -> 3;
            case NOT_EVALUATED -> 2;
            case INCONCLUSIVE -> 1;
            case PASSED -> 0;
        };
    }
}
