// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.testkit;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Judgement;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.Status;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.OnFailure;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Checks that a report has what the format promises to those who read it, and nothing that it does not know. */
public final class ReportFormat {
    private static final Predicate<String> DIGEST =
            Pattern.compile("[0-9a-f]{64}").asMatchPredicate();
    private static final Predicate<String> SENTENCE = Predicate.not(String::isBlank);

    private ReportFormat() {}

    /** What is wrong with {@code report}, each with its place in the document; nothing where it is as promised. */
    public static List<String> violations(Json.Obj report) {
        List<String> violations = new ArrayList<>();
        report(new Members(report, "", violations));
        return violations;
    }

    private static void report(Members report) {
        report.text("schema", Report.SCHEMA::equals);
        report.text("stage", spelledAs(StageName.values(), StageName::spelling));
        report.text("runId", SENTENCE);
        report.text("status", spelledAs(Status.values(), Status::name));
        report.text("headline", SENTENCE);
        report.text("started", ReportFormat::isTime);
        report.text("judgementDigest", Judgement.digest(report.object())::equals);
        report.object("spec", spec -> {
            spec.text("file", SENTENCE);
            spec.text("digest", DIGEST);
        });
        report.anyObject("source");
        report.anyObject("host");
        Optional<String> verdict = report.textOrNull("verdict", spelledAs(Verdict.values(), Verdict::name));
        switch (report.object().text("status").orElse("")) {
            case "DONE" -> done(report, verdict);
            case "RUNNING" -> {
                report.require("verdict", verdict.equals(Optional.of("NOT_EVALUATED")));
                cause(report);
            }
            case "NOT_STARTED" -> {
                report.require("verdict", verdict.isEmpty());
                report.text("stoppedBy", spelledAs(StageName.values(), StageName::spelling));
                cause(report);
            }
            default -> {}
        }
        report.end();
    }

    private static void done(Members report, Optional<String> verdict) {
        report.text("ended", ReportFormat::isTime);
        report.require("verdict", verdict.isPresent());
        if (report.has("cause")) {
            report.require("verdict", verdict.equals(Optional.of("NOT_EVALUATED")));
            cause(report);
            if (!report.has("gates")) {
                report.optional("environment", () -> report.anyObject("environment"));
                return;
            }
        }
        report.require(
                "gates", report.has("cause") || !report.object().items("gates").isEmpty());
        report.objects("gates", ReportFormat::gate);
        report.objects("metrics", ReportFormat::metric);
        report.objects("inputs", ReportFormat::artifact);
        report.objects("outputs", ReportFormat::artifact);
        report.anyObject("facts");
        report.anyObject("environment");
    }

    private static void cause(Members report) {
        report.object("cause", cause -> {
            cause.text("sentence", SENTENCE);
            cause.text("next", SENTENCE);
        });
    }

    private static void gate(Members gate) {
        gate.text("metric", SENTENCE);
        gate.text("unit");
        gate.require("bounds", !gate.object().items("bounds").isEmpty());
        gate.objects("bounds", ReportFormat::bound);
        gate.optional("confidence", () -> gate.number("confidence"));
        gate.optional("against", () -> gate.text("against", SENTENCE));
        gate.optional("slice", () -> {
            gate.text("slice", SENTENCE);
            gate.text("correction", SENTENCE);
            gate.text("smallSlices", SENTENCE);
        });
        gate.optional("minSamples", () -> gate.number("minSamples"));
        gate.text("onFailure", spelledAs(OnFailure.values(), OnFailure::spelling));
        gate.truth("runTime");
        gate.text("verdict", spelledAs(Verdict.values(), Verdict::name));
        gate.truth("warning");
        gate.text("sentence", SENTENCE);
        gate.require("findings", !gate.object().items("findings").isEmpty());
        gate.objects("findings", ReportFormat::finding);
    }

    private static void finding(Members finding) {
        finding.optional("rows", () -> finding.text("rows", SENTENCE));
        finding.object("bound", ReportFormat::bound);
        Optional<String> verdict = finding.textOrNull("verdict", spelledAs(Verdict.values(), Verdict::name));
        finding.numberOrNull("value");
        finding.optional("difference", () -> finding.numberOrNull("difference"));
        finding.optional("interval", () -> finding.object("interval", ReportFormat::interval));
        finding.optional("n", () -> finding.number("n"));
        finding.optional(
                "comparison",
                () -> finding.object("comparison", comparison -> {
                    comparison.text("with", SENTENCE);
                    comparison.numberOrNull("value");
                    comparison.numberOrNull("smallestDetectable");
                    comparison.list("notes");
                }));
        finding.optional("wouldPassAt", () -> finding.text("wouldPassAt", SENTENCE));
        finding.require("why", !verdict.equals(Optional.of("NOT_EVALUATED")) || finding.has("why"));
        finding.optional("why", () -> finding.text("why", SENTENCE));
    }

    private static void bound(Members bound) {
        bound.text("kind", spelledAs(Bound.Kind.values(), Bound.Kind::spelling));
        bound.number("limit");
    }

    private static void interval(Members interval) {
        interval.number("low");
        interval.number("high");
        interval.number("confidence");
        interval.text("method", SENTENCE);
    }

    private static void metric(Members metric) {
        metric.text("metric", SENTENCE);
        metric.optional("rows", () -> metric.text("rows", SENTENCE));
        metric.numberOrNull("value");
        metric.text("unit");
        metric.optional("n", () -> metric.number("n"));
        metric.optional("interval", () -> metric.object("interval", ReportFormat::interval));
        metric.truth("runTime");
    }

    private static void artifact(Members artifact) {
        artifact.text("name", SENTENCE);
        artifact.text("path", SENTENCE);
        artifact.number("bytes");
        artifact.text("sha256", DIGEST);
    }

    private static <T> Predicate<String> spelledAs(T[] constants, Function<T, String> spelling) {
        return text -> Arrays.stream(constants)
                .anyMatch(constant -> spelling.apply(constant).equals(text));
    }

    private static boolean isTime(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
