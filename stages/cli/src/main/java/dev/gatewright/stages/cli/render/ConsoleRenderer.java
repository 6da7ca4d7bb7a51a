// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import java.util.List;

/**
 * A run for a terminal: a line a stage, a line a gate, those first that did not pass, and at the end what it came to.
 *
 * <p>In colour, which is to say for a person, sentences are broken at {@value #WIDTH} columns. In plain text, which is to say
 * for a log, a sentence stays on one line, so that it can be searched for.
 */
public final class ConsoleRenderer {
    private static final int WIDTH = 80;
    private static final int STAGE_COLUMN = 18;
    private static final int GATE_COLUMN = 18;
    private static final int MOST_GATES = 200;
    private static final String RESET = "\u001b[0m";

    private final boolean colour;

    /** With colours, or without. */
    public ConsoleRenderer(boolean colour) {
        this.colour = colour;
    }

    /** The run. */
    public String render(RunView view) {
        StringBuilder out = new StringBuilder();
        List<StageView> stages = view.stages();
        for (int i = 0; i < stages.size(); i++) {
            stage(stages.get(i), view.isOfOneStage(), out);
            // Stages that were not started have one line each, and stand together.
            boolean together = i + 1 < stages.size()
                    && stages.get(i).outcome() == Outcome.NOT_STARTED
                    && stages.get(i + 1).outcome() == Outcome.NOT_STARTED;
            out.append(together ? "" : "\n");
        }
        RunSummary summary = RunSummary.of(view);
        out.append(paint(
                summary.outcome(),
                summary.outcome().mark() + " " + summary.outcome().word(),
                true));
        String what = view.isOfOneStage() ? stages.get(0).name().spelling() + " of run " : "run ";
        out.append("  ")
                .append(bold(what + PlainText.line(view.run().runId(), PlainText.NAME)))
                .append('\n');
        if (!summary.sentence().isEmpty()) {
            out.append("  ");
            wrapped(summary.sentence(), 2, out);
        }
        return out.toString();
    }

    private void stage(StageView stage, boolean isAlone, StringBuilder out) {
        Outcome outcome = stage.outcome();
        // Why a stage was not started stands above it, where the one that stopped it is shown too.
        boolean hasToSayWhy = isAlone || outcome != Outcome.NOT_STARTED;
        String headline = PlainText.line(stage.headline(), PlainText.SENTENCE);
        // The headline of a stage that could not judge repeats the cause, which stands in the next line.
        boolean repeats = stage.cause().isPresent() && outcome == Outcome.NOT_EVALUATED;
        out.append(bold(padded(stage.name().spelling(), STAGE_COLUMN)));
        out.append(paint(outcome, repeats ? outcome.word() : headline, true));
        stage.seconds().ifPresent(seconds -> out.append(dim("  " + Figures.duration(seconds))));
        out.append('\n');
        int shown = 0;
        for (GateView gate : stage.gatesByUrgency()) {
            if (shown++ == MOST_GATES) {
                out.append("  and ")
                        .append(stage.gates().size() - MOST_GATES)
                        .append(" more gates, which are in the report\n");
                break;
            }
            gate(gate, out);
        }
        stage.ladder().ifPresent(ladder -> ladder(ladder, out));
        stage.endpoint().ifPresent(endpoint -> endpoint.lines().forEach(line -> labelled("Endpoint: ", line, out)));
        CanaryView.of(stage.document()).ifPresent(canary -> canary(canary, out));
        worstRow(stage, out);
        stage.image().ifPresent(image -> image(image, out));
        for (String doubt : stage.doubts()) {
            out.append("  ").append(paint(Outcome.NOT_EVALUATED, "not to be believed: ", true));
            wrapped(doubt, 2, out);
        }
        if (stage.doubts().isEmpty() && hasToSayWhy) {
            stage.cause().ifPresent(cause -> labelled("Cause: ", cause, out));
        }
        if (hasToSayWhy) {
            stage.next().ifPresent(next -> labelled("Next: ", next, out));
        }
    }

    private void gate(GateView gate, StringBuilder out) {
        Outcome outcome = gate.outcome();
        String word = padded(outcome.mark() + " " + outcome.word(), GATE_COLUMN - 2);
        out.append("  ").append(paint(outcome, word, outcome != Outcome.PASSED));
        wrapped(gate.sentence(), GATE_COLUMN, out);
    }

    /** The forms that were tried, in their order. */
    private void ladder(LadderView ladder, StringBuilder out) {
        out.append("  ").append(bold("Rungs:")).append('\n');
        for (LadderView.Form form : ladder.rungs()) {
            Outcome outcome = form.outcome().orElse(Outcome.NOT_STARTED);
            String word = padded(outcome.mark() + " " + form.word(), GATE_COLUMN - 2);
            out.append("  ").append(paint(outcome, word, outcome != Outcome.PASSED));
            wrapped(form.name() + ": " + ladder.told(form), GATE_COLUMN, out);
        }
    }

    /** The one row that says most about a model that was spoilt on its way; all others are in the report. */
    private void worstRow(StageView stage, StringBuilder out) {
        List<WorstRowView> rows = stage.worstRows();
        if (!rows.isEmpty() && (stage.outcome() != Outcome.PASSED || rows.get(0).changesLabel())) {
            String others = rows.size() == 1 ? "" : " (" + (rows.size() - 1) + " more in the report)";
            labelled("Worst row: ", rows.get(0).told() + others, out);
        }
    }

    /** The image that was written, layer by layer where they are known. */
    private void image(ImageView image, StringBuilder out) {
        labelled("Image: ", image.name(), out);
        for (ImageView.Layer layer : image.isOfAnEngine() ? List.<ImageView.Layer>of() : image.layers()) {
            out.append("  ");
            wrapped("layer " + layer.name() + ", " + layer.size() + ", " + layer.told(), 2, out);
        }
        for (String sentence : image.sentences()) {
            out.append("  ");
            wrapped(sentence, 2, out);
        }
    }

    /** The steps that were gone through, in their order. */
    private void canary(CanaryView canary, StringBuilder out) {
        out.append("  ").append(bold("Steps:")).append('\n');
        for (CanaryView.Step step : canary.steps()) {
            Outcome outcome = step.outcome();
            String word = padded(outcome.mark() + " " + outcome.word(), GATE_COLUMN - 2);
            out.append("  ").append(paint(outcome, word, outcome != Outcome.PASSED));
            wrapped(
                    step.weight() + ": candidate " + step.told(CanaryView.CANDIDATE) + "; stable "
                            + step.told(CanaryView.STABLE),
                    GATE_COLUMN,
                    out);
        }
    }

    private void labelled(String label, String text, StringBuilder out) {
        out.append("  ").append(bold(label));
        wrapped(text, 2 + label.length(), out);
    }

    /** Text of unknown origin that begins at column {@code indent}, with the end of its last line. */
    private void wrapped(String text, int indent, StringBuilder out) {
        String plain = PlainText.line(text, PlainText.SENTENCE);
        if (!colour) {
            out.append(plain).append('\n');
            return;
        }
        int column = indent;
        String gap = "";
        for (String word : plain.split(" ", -1)) {
            int width = word.codePointCount(0, word.length());
            if (column + gap.length() + width > WIDTH && column > indent) {
                out.append('\n').append(" ".repeat(indent));
                column = indent;
                gap = "";
            }
            out.append(gap).append(word);
            column += gap.length() + width;
            gap = " ";
        }
        out.append('\n');
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(width - text.length(), 1));
    }

    private String paint(Outcome outcome, String text, boolean bold) {
        return colour ? "\u001b[" + (bold ? "1;" : "") + outcome.ansi() + "m" + text + RESET : text;
    }

    private String bold(String text) {
        return colour ? "\u001b[1m" + text + RESET : text;
    }

    private String dim(String text) {
        return colour ? "\u001b[2m" + text + RESET : text;
    }
}
