// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.init;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.cli.init.Draft.Model;
import dev.gatewright.stages.cli.init.Draft.Predictions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A spec as its author would write it. */
public final class SpecText {
    private static final String DATA = "holdout";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");

    /** Words that some readers of YAML take for truth values, numbers or nothing. */
    private static final Set<String> OTHER_VALUES =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf");

    private final Draft draft;
    private final UnaryOperator<Path> paths;
    private final StringBuilder out = new StringBuilder();

    private SpecText(Draft draft, UnaryOperator<Path> paths) {
        this.draft = draft;
        this.paths = paths;
    }

    /**
     * The spec with {@code gates}.
     *
     * @param title what stands above it
     * @param paths a path as it is to be written, of a path as the user gave it
     */
    public static String of(Draft draft, String title, List<SuggestedGate> gates, UnaryOperator<Path> paths) {
        return new SpecText(draft, paths).text(title, gates);
    }

    private String text(String title, List<SuggestedGate> gates) {
        line(0, "# " + title);
        line(0, "gatewright: 1");
        line(0, "model:");
        line(2, "name: " + quoted(draft.name()));
        noted(2, "task: " + draft.task().spelling(), "task");
        if (draft.subject() instanceof Model model) {
            line(2, "path: " + path(model.path()));
            classes();
            if (model.scores() != null) {
                line(2, "scores: " + quoted(model.scores()));
            }
            if (model.logits()) {
                boolean ofOneClass = draft.task().isOfOneClass();
                line(
                        2,
                        "scores-are: logits # they are no probabilities: "
                                + (ofOneClass ? "those of a row do not add up to 1" : "some are below 0 or above 1"));
            }
            line(0, "data:");
            line(2, DATA + ":");
            line(4, "path: " + path(draft.rows()));
            noted(4, "label: " + list(draft.label()), "label");
            line(4, "features:");
            model.features().forEach((input, columns) -> line(6, quoted(input) + ": " + list(columns)));
            line(0, "baseline: {policy: none} # nothing to compare with yet");
        } else {
            classes();
        }
        line(0, "stages:");
        line(2, "evaluate-metrics:");
        if (draft.subject() instanceof Predictions predictions) {
            predictions(predictions);
        } else {
            line(4, "data: " + DATA);
        }
        line(4, "gates:");
        gates.forEach(gate -> line(6, "- " + gate.line()));
        return out.toString();
    }

    private void classes() {
        if (draft.task().isClassification()) {
            noted(
                    2,
                    "classes: ["
                            + draft.classes().stream().map(SpecText::quoted).collect(Collectors.joining(", ")) + "]",
                    "classes");
        }
    }

    private void predictions(Predictions predictions) {
        line(4, "predictions:");
        line(6, "path: " + path(draft.rows()));
        noted(6, "label: " + list(draft.label()), "label");
        if (predictions.prediction() != null) {
            line(6, "prediction: " + quoted(predictions.prediction()));
        }
        if (!predictions.scores().isEmpty()) {
            line(6, "scores: " + list(predictions.scores()));
        }
    }

    private void noted(int indent, String text, String key) {
        String note = draft.notes().get(key);
        line(indent, note == null ? text : text + " # " + printable(note));
    }

    private void line(int indent, String text) {
        out.append(" ".repeat(indent)).append(text).append('\n');
    }

    private String path(Path path) {
        return quoted(paths.apply(path).toString().replace('\\', '/'));
    }

    private static String list(List<String> texts) {
        return texts.size() == 1
                ? quoted(texts.get(0))
                : "[" + texts.stream().map(SpecText::quoted).collect(Collectors.joining(", ")) + "]";
    }

    /** Plain where it can only be a text; else quoted, as JSON does it, whose strings are YAML's. */
    private static String quoted(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !OTHER_VALUES.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : JsonWriter.compact(new Json.Text(text));
    }

    /** Without what would end the comment. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "\uFFFD");
    }
}
