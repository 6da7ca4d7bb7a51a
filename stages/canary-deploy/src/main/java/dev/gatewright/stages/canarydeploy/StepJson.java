// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.canarydeploy.CanaryDeploySection.Step;
import dev.gatewright.stages.canarydeploy.port.Traffic;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A step as the report tells it. */
final class StepJson {
    private static final double[] QUANTILES = {0.5, 0.95, 0.99};

    private StepJson() {}

    static Json of(Step step, StepJudge.Seen candidate, StepJudge.Seen stable, List<GateResult> gates, boolean lives) {
        List<Json> judged = new ArrayList<>();
        for (GateResult gate : gates) {
            judged.add(Json.object()
                    .put("verdict", gate.verdict().name())
                    .put("sentence", gate.sentence())
                    .build());
        }
        Verdict verdict = lives ? GateResult.combine(gates) : Verdict.NOT_EVALUATED;
        return Json.object()
                .put("weight", step.weight())
                .put("holdSeconds", step.hold().toMillis() / 1e3)
                .put("verdict", verdict.name())
                .put("candidate", side(candidate))
                .put("stable", side(stable))
                .put("gates", judged)
                .build();
    }

    private static Json side(StepJudge.Seen seen) {
        Traffic traffic = seen.traffic();
        Json.Builder json = Json.object().put("requests", traffic.requests()).put("errors", traffic.errors());
        double[] times =
                traffic.milliseconds().stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(times);
        for (double quantile : QUANTILES) {
            if (times.length > 0) {
                int at = (int) Math.ceil(quantile * times.length) - 1;
                json.put("latency_p" + Math.round(100 * quantile) + "_ms", times[Math.max(0, at)]);
            }
        }
        StepJudge.Right right = seen.right();
        if (right != null) {
            json.put("right", right.right()).put("rows", right.rows());
        }
        return json.build();
    }
}
