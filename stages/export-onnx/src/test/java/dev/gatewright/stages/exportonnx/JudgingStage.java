// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.exportonnx;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.evaluation.EvaluationSection;
import dev.gatewright.stages.evaluation.Evaluations;

/** The stage evaluate-metrics, as far as it is in stages/evaluation. */
final class JudgingStage implements Stage<EvaluationSection> {
    @Override
    public StageName name() {
        return StageName.EVALUATE_METRICS;
    }

    @Override
    public Shape<EvaluationSection> shape() {
        return EvaluationSection.SHAPE;
    }

    @Override
    public void check(EvaluationSection section, Spec spec, Problems problems) {
        section.check(spec, problems);
    }

    @Override
    public StageOutcome run(EvaluationSection section, StageRequest request) throws InterruptedException {
        return Evaluations.run(section, request);
    }
}
