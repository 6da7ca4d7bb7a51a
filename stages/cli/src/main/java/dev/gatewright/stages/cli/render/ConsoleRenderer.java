// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.validation.metrics.gate.Verdict;

/** A run for a terminal: a line a stage, a line a gate. */
public final class ConsoleRenderer {
    private static final String RESET = "\u001b[0m";

    private final boolean colour;

    /** With colours, or without. */
    public ConsoleRenderer(boolean colour) {
        this.colour = colour;
    }

    /** The run. */
    public String render(RunView view) {
        StringBuilder out = new StringBuilder();
        RunDocument run = view.run();
        for (Report report : view.reports()) {
            stage(report, out);
        }
        String verdict = run.verdict().map(Verdict::name).orElse(run.status().name());
        out.append(bold("Run " + run.runId() + ": ")).append(paint(verdict, verdict)).append('\n');
        return out.toString();
    }

    private void stage(Report report, StringBuilder out) {
        String verdict = report.verdict().map(Verdict::name).orElse("NOT_STARTED");
        out.append(bold(report.stage().spelling())).append("  ");
        out.append(paint(verdict, report.document().text("headline").orElse(verdict))).append('\n');
        for (Json.Obj gate : report.document().objects("gates")) {
            gate(gate, out);
        }
        Json.Obj cause = report.document().object("cause");
        cause.text("sentence").ifPresent(sentence -> out.append("  ").append(sentence).append('\n'));
        cause.text("next").ifPresent(next -> out.append("  Next: ").append(next).append('\n'));
        out.append('\n');
    }

    private void gate(Json.Obj gate, StringBuilder out) {
        String verdict = gate.text("verdict").orElse("NOT_EVALUATED");
        boolean warning = gate.get("warning").filter(new Json.Bool(true)::equals).isPresent();
        String mark = warning ? "!" : mark(verdict);
        out.append("  ").append(paint(warning ? "INCONCLUSIVE" : verdict, mark)).append(' ');
        out.append(gate.text("sentence").orElse("")).append('\n');
    }

    private static String mark(String verdict) {
        return switch (verdict) {
            case "PASSED" -> "✓";
            case "FAILED" -> "✗";
            case "INCONCLUSIVE" -> "?";
            default -> "–";
        };
    }

    private String paint(String verdict, String text) {
        if (!colour) {
            return text;
        }
        String code = switch (verdict) {
            case "PASSED" -> "\u001b[32m";
            case "INCONCLUSIVE" -> "\u001b[33m";
            default -> "\u001b[31m";
        };
        return code + text + RESET;
    }

    private String bold(String text) {
        return colour ? "\u001b[1m" + text + RESET : text;
    }
}
