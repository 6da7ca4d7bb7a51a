// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluatemetrics;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.evaluation.EvaluationSection;
import dev.gatewright.stages.evaluation.Evaluations;

/** Judges a model, or predictions that were made before, on labelled rows that it has not seen. */
public final class EvaluateMetricsStage implements Stage<EvaluationSection> {
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
    public boolean runsModel(EvaluationSection section) {
        return section.predictions() == null;
    }

    @Override
    public StageOutcome run(EvaluationSection section, StageRequest request) throws InterruptedException {
        return Evaluations.run(section, request);
    }
}
