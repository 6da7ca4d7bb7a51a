// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonWriter;
import dev.gatewright.stages.api.spec.Spec;
import java.util.List;

/**
 * A spec as a flow chart in Mermaid, which GitHub and many editors draw. Whatever a spec's names hold, the chart stays a
 * valid one: they stand in quotes, and each of their signs that Mermaid could take for its own stands as a number.
 */
public final class SpecFlow {
    private static final int MOST_GATES = 12;
    private static final int LONGEST_GATE = 120;
    private static final String PLAIN_SIGNS = " .,_-=+/()";

    private SpecFlow() {}

    /** The chart. */
    public static String mermaid(Spec spec) {
        Json.Obj stages = spec.document().toJson() instanceof Json.Obj document
                ? document.object("stages")
                : Json.object().build();
        return mermaid(
                spec.model().name(),
                spec.model().task().spelling(),
                spec.stages().stream().map(plan -> plan.stage().name()).toList(),
                stages);
    }

    /** The chart of a model that goes through {@code names}, whose sections are the members of {@code stages}. */
    static String mermaid(String model, String task, List<StageName> names, Json.Obj stages) {
        StringBuilder out = new StringBuilder("flowchart TD\n");
        node(out, "start", "([", escaped(model) + "<br/>" + escaped(task), "])");
        String before = "start";
        for (int i = 0; i < names.size(); i++) {
            String stage = names.get(i).spelling();
            String node = "stage" + (i + 1);
            node(out, node, "[", label(stage, stages.object(stage).objects("gates")), "]");
            edge(out, before, i == 0 ? "-->" : "-- PASSED -->", node);
            edge(out, node, "-. FAILED, INCONCLUSIVE, NOT_EVALUATED .->", "stop");
            before = node;
        }
        node(out, "passed", "([", "run PASSED", "])");
        edge(out, before, "-- PASSED -->", "passed");
        node(out, "stop", "([", "nothing after it is started", "])");
        return out.toString();
    }

    private static String label(String stage, List<Json.Obj> gates) {
        StringBuilder label = new StringBuilder("<b>" + escaped(stage) + "</b>");
        for (Json.Obj gate : gates.subList(0, Math.min(MOST_GATES, gates.size()))) {
            label.append("<br/>").append(escaped(PlainText.line(gate(gate), LONGEST_GATE)));
        }
        if (gates.size() > MOST_GATES) {
            label.append("<br/>and ").append(gates.size() - MOST_GATES).append(" more");
        }
        return label.toString();
    }

    private static String gate(Json.Obj gate) {
        StringBuilder text = new StringBuilder(gate.text("metric").orElse(""));
        gate.members().forEach((key, value) -> {
            if (!key.equals("metric")) {
                text.append(' ').append(key).append(' ');
                text.append(value instanceof Json.Text word ? word.value() : JsonWriter.compact(value));
            }
        });
        return text.toString();
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        PlainText.line(text, PlainText.NAME).codePoints().forEach(character -> {
            if (Character.isLetterOrDigit(character) || PLAIN_SIGNS.indexOf(character) >= 0) {
                out.appendCodePoint(character);
            } else {
                out.append('#').append(character).append(';');
            }
        });
        return out.toString();
    }

    private static void node(StringBuilder out, String id, String open, String label, String close) {
        out.append("  ").append(id).append(open).append('"').append(label).append('"');
        out.append(close).append('\n');
    }

    private static void edge(StringBuilder out, String from, String arrow, String to) {
        out.append("  ")
                .append(from)
                .append(' ')
                .append(arrow)
                .append(' ')
                .append(to)
                .append('\n');
    }
}
