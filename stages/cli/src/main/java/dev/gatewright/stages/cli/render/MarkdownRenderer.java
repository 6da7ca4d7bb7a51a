// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A run as Markdown, for the summary of a job or a comment on a pull request: the outcome, a line a gate, and the rest folded
 * away. It never is longer than such a comment may be; what is left out is said.
 */
public final class MarkdownRenderer {
    /** The most characters; GitHub takes 65,536. */
    static final int MOST = 65_000;

    /** What is kept free for the lines that say what was left out, and for the last one. */
    private static final int RESERVE = 4_000;

    private static final int LONGEST_SENTENCE = 600;
    private static final int SHORT_DIGEST = 12;

    private final RunView view;
    private final List<StageView> stages;
    private final StringBuilder out = new StringBuilder();

    private MarkdownRenderer(RunView view) {
        this.view = view;
        this.stages = view.stages();
    }

    /** The text. */
    public static String render(RunView view) {
        return new MarkdownRenderer(view).render();
    }

    /** A row of a table, already in Markdown. */
    private record Row(List<String> cells) {
        static Row of(String... cells) {
            return new Row(List.of(cells));
        }

        @Override
        public String toString() {
            return "| " + String.join(" | ", cells) + " |\n";
        }
    }

    private String render() {
        RunSummary summary = RunSummary.of(view);
        Outcome outcome = summary.outcome();
        out.append("## ").append(outcome.emoji()).append(' ').append(MarkdownText.of(outcome.word(), PlainText.NAME));
        summary.model().ifPresent(model -> out.append(": ").append(MarkdownText.of(model, PlainText.NAME)));
        out.append("\n\n")
                .append(MarkdownText.of(summary.sentence(), PlainText.SENTENCE))
                .append("\n\n");
        stages();
        gates();
        stages.forEach(this::ladder);
        stages.forEach(this::image);
        stages.forEach(this::endpoint);
        stages.forEach(this::canary);
        for (StageView stage : stages) {
            metrics(stage);
            worstRows(stage);
            files(stage);
        }
        origin();
        return out.toString();
    }

    private void stages() {
        List<Row> rows = new ArrayList<>();
        for (StageView stage : stages) {
            String took = stage.seconds().map(Figures::duration).orElse("–");
            rows.add(Row.of(
                    outcome(stage.outcome()),
                    MarkdownText.of(stage.name().spelling(), PlainText.NAME),
                    MarkdownText.of(stage.headline(), LONGEST_SENTENCE),
                    took));
        }
        table(rows, "stages", "Verdict", "Stage", "Headline", "Took");
        for (StageView stage : stages) {
            List<String> lines = new ArrayList<>();
            stage.doubts().forEach(doubt -> lines.add("Not to be believed: " + doubt + "."));
            if (view.isOfOneStage() || stage.outcome() != Outcome.NOT_STARTED) {
                stage.cause().ifPresent(lines::add);
                stage.next().ifPresent(next -> lines.add("Next: " + next));
            }
            for (String line : lines) {
                out.append("> **")
                        .append(MarkdownText.of(stage.name().spelling(), PlainText.NAME))
                        .append("**: ");
                out.append(MarkdownText.of(line, LONGEST_SENTENCE)).append("<br>\n");
            }
            out.append(lines.isEmpty() ? "" : "\n");
        }
    }

    /** A gate with the stage that judged it. */
    private record StageGate(StageView stage, GateView gate) {}

    private void gates() {
        List<StageGate> gates = new ArrayList<>();
        stages.forEach(stage -> stage.gates().forEach(gate -> gates.add(new StageGate(stage, gate))));
        gates.sort(Comparator.comparing(each -> each.gate().outcome()));
        List<Row> rows = new ArrayList<>();
        for (StageGate each : gates) {
            String sentence = MarkdownText.of(each.gate().sentence(), LONGEST_SENTENCE);
            boolean stands = each.gate().outcome() != Outcome.PASSED && !sentence.isEmpty();
            rows.add(Row.of(
                    outcome(each.gate().outcome()),
                    MarkdownText.of(each.stage().name().spelling(), PlainText.NAME),
                    stands ? "**" + sentence + "**" : sentence));
        }
        if (!rows.isEmpty()) {
            out.append("### Gates\n\n");
            table(rows, "gates", "Verdict", "Stage", "Gate");
        }
    }

    private void ladder(StageView stage) {
        Optional<LadderView> found = stage.ladder();
        if (found.isEmpty()) {
            return;
        }
        LadderView ladder = found.get();
        List<Row> rows = new ArrayList<>();
        for (LadderView.Form form : ladder.rungs()) {
            rows.add(Row.of(
                    form.outcome().map(MarkdownRenderer::outcome).orElse("⏸️ not tried"),
                    MarkdownText.of(form.name(), PlainText.NAME),
                    Figures.value(form.value(ladder.metric()), ""),
                    Figures.value(form.value(LadderView.AGREEMENT), ""),
                    form.sizeRatio().map(LadderView::percent).orElse("–"),
                    Figures.value(form.latency(), "ms"),
                    MarkdownText.of(form.sentence(), LONGEST_SENTENCE)));
        }
        out.append("### Rungs of ").append(stage.name().spelling()).append("\n\n");
        String metric = MarkdownText.of(ladder.metric(), PlainText.NAME);
        table(rows, "rungs", "Verdict", "Rung", metric, "Agreement", "of the size", "Latency", "Why");
    }

    private void image(StageView stage) {
        Optional<ImageView> found = stage.image();
        if (found.isEmpty()) {
            return;
        }
        ImageView image = found.get();
        List<Row> rows = new ArrayList<>();
        for (ImageView.Layer layer : image.layers()) {
            rows.add(Row.of(
                    MarkdownText.of(layer.name(), PlainText.NAME),
                    layer.size(),
                    layer.told(),
                    MarkdownText.code(layer.digest())));
        }
        out.append("### Image of ").append(stage.name().spelling()).append("\n\n");
        out.append(MarkdownText.code(image.name())).append("\n\n");
        table(rows, "layers", "Layer", "Size", "Written", "Digest");
        for (String sentence : image.sentences()) {
            out.append("- ").append(MarkdownText.of(sentence, LONGEST_SENTENCE)).append('\n');
        }
        out.append('\n');
    }

    private void endpoint(StageView stage) {
        stage.endpoint().ifPresent(endpoint -> {
            List<Row> rows = new ArrayList<>();
            endpoint.lines().forEach(line -> rows.add(Row.of(MarkdownText.of(line, LONGEST_SENTENCE))));
            out.append("### Endpoint of ").append(stage.name().spelling()).append("\n\n");
            table(rows, "lines", "Seen");
        });
    }

    private void canary(StageView stage) {
        List<Row> rows = new ArrayList<>();
        CanaryView.of(stage.document())
                .ifPresent(canary -> canary.steps()
                        .forEach(step -> rows.add(Row.of(
                                outcome(step.outcome()),
                                step.weight(),
                                MarkdownText.of(step.told(CanaryView.CANDIDATE), LONGEST_SENTENCE),
                                MarkdownText.of(step.told(CanaryView.STABLE), LONGEST_SENTENCE),
                                MarkdownText.of(step.why(), LONGEST_SENTENCE)))));
        if (!rows.isEmpty()) {
            out.append("### Steps of ").append(stage.name().spelling()).append("\n\n");
            table(rows, "steps", "Verdict", "Weight", "Candidate", "Stable", "Why");
        }
    }

    private void metrics(StageView stage) {
        List<Row> rows = new ArrayList<>();
        for (Json.Obj metric : stage.document().objects("metrics")) {
            rows.add(Row.of(
                    MarkdownText.code(metric.text("metric").orElse("?")),
                    MarkdownText.of(metric.text("rows").orElse("all"), PlainText.NAME),
                    MarkdownText.of(
                            Figures.value(
                                    metric.number("value"), metric.text("unit").orElse("")),
                            PlainText.NAME),
                    Figures.interval(metric.object("interval")).orElse("–"),
                    metric.number("n").map(Figures::count).orElse("–")));
        }
        folded(stage, "metrics", rows, "Metric", "Rows", "Value", "Interval", "n");
    }

    private void worstRows(StageView stage) {
        List<Row> rows = new ArrayList<>();
        for (WorstRowView row : stage.worstRows()) {
            rows.add(Row.of(
                    row.number(),
                    MarkdownText.of(row.truth(), PlainText.NAME),
                    MarkdownText.of(row.source().told(), PlainText.NAME),
                    MarkdownText.of(row.exported().told(), PlainText.NAME),
                    Figures.value(row.difference(), "")));
        }
        folded(
                stage,
                "rows that are answered most differently",
                rows,
                "Row",
                "Truth",
                "Source",
                "Exported",
                "Difference");
    }

    private void files(StageView stage) {
        List<Row> rows = new ArrayList<>();
        for (String name : List.of("inputs", "outputs")) {
            for (Json.Obj file : stage.document().objects(name)) {
                rows.add(Row.of(
                        name.equals("inputs") ? "read" : "wrote",
                        MarkdownText.of(file.text("name").orElse("?"), PlainText.NAME),
                        MarkdownText.code(file.text("path").orElse("?")),
                        file.number("bytes").map(Figures::bytes).orElse("–"),
                        MarkdownText.code(file.text("sha256").orElse("none"))));
            }
        }
        folded(stage, "files", rows, "", "Name", "Path", "Size", "SHA-256");
    }

    private void folded(StageView stage, String what, List<Row> rows, String... headings) {
        if (!rows.isEmpty() && out.length() < MOST - 2 * RESERVE) {
            out.append("<details><summary>")
                    .append(stage.name().spelling())
                    .append(": ")
                    .append(rows.size());
            out.append(' ').append(what).append("</summary>\n\n");
            table(rows, what, headings);
            out.append("</details>\n\n");
        }
    }

    /** A table of as many rows as there is room for, and a line that says how many are missing. */
    private void table(List<Row> rows, String what, String... headings) {
        out.append(Row.of(headings))
                .append("|")
                .append(" --- |".repeat(headings.length))
                .append('\n');
        int written = 0;
        for (Row row : rows) {
            String line = row.toString();
            if (out.length() + line.length() > MOST - RESERVE) {
                break;
            }
            out.append(line);
            written++;
        }
        int left = rows.size() - written;
        out.append(
                left == 0
                        ? "\n"
                        : "\n" + Figures.count(left) + " more " + what
                                + " are in the report; they did not fit here.\n\n");
    }

    private void origin() {
        List<String> facts = new ArrayList<>();
        facts.add("Run " + MarkdownText.code(view.run().runId()));
        Optional.ofNullable(view.run().commit())
                .ifPresent(commit -> facts.add(
                        "commit " + MarkdownText.code(commit.substring(0, Math.min(SHORT_DIGEST, commit.length())))));
        for (StageView stage : stages) {
            Optional.ofNullable(stage.entry().judgementDigest())
                    .ifPresent(digest -> facts.add(
                            "judgement of " + MarkdownText.of(stage.name().spelling(), PlainText.NAME) + " "
                                    + MarkdownText.code(digest.substring(0, Math.min(SHORT_DIGEST, digest.length())))));
        }
        out.append(String.join(" · ", facts)).append('\n');
    }

    private static String outcome(Outcome outcome) {
        return outcome.emoji() + " " + MarkdownText.of(outcome.word(), PlainText.NAME);
    }
}
