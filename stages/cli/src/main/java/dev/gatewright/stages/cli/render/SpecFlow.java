// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.render;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.api.spec.StagePlan;

/** A spec as a flow chart in Mermaid, which GitHub and many editors draw. */
public final class SpecFlow {
    private SpecFlow() {}

    /** The chart. */
    public static String mermaid(Spec spec) {
        StringBuilder out = new StringBuilder("flowchart TD\n");
        Json.Obj stages = spec.document().toJson() instanceof Json.Obj document ? document.object("stages") : null;
        String before = "start";
        node(
                out,
                "start",
                "([",
                spec.model().name() + "<br/>" + spec.model().task().spelling(),
                "])");
        for (StagePlan<?> plan : spec.stages()) {
            String stage = plan.stage().name().spelling();
            StringBuilder label = new StringBuilder("<b>" + stage + "</b>");
            if (stages != null) {
                for (Json.Obj gate : stages.object(stage).objects("gates")) {
                    label.append("<br/>").append(gate(gate));
                }
            }
            node(out, stage, "[", label.toString(), "]");
            out.append("  ")
                    .append(before)
                    .append(before.equals("start") ? " --> " : " -- PASSED --> ")
                    .append(stage)
                    .append('\n');
            out.append("  ").append(stage).append(" -. FAILED, INCONCLUSIVE, NOT_EVALUATED .-> stop\n");
            before = stage;
        }
        node(out, "passed", "([", "run PASSED", "])");
        out.append("  ").append(before).append(" -- PASSED --> passed\n");
        node(out, "stop", "([", "nothing after it is started", "])");
        return out.toString();
    }

    private static String gate(Json.Obj gate) {
        StringBuilder text = new StringBuilder();
        gate.members().forEach((key, value) -> {
            String shown = value instanceof Json.Text word
                    ? word.value()
                    : dev.gatewright.stages.api.json.JsonWriter.compact(value);
            text.append(key.equals("metric") ? shown : " " + key + " " + shown);
        });
        return text.toString();
    }

    private static void node(StringBuilder out, String id, String open, String label, String close) {
        out.append("  ")
                .append(id)
                .append(open)
                .append('"')
                .append(label.replace("\"", "#quot;"))
                .append('"')
                .append(close)
                .append('\n');
    }
}
