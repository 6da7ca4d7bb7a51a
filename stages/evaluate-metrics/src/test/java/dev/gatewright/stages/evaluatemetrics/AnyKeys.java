// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluatemetrics;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.api.spec.SpecNode;
import dev.gatewright.stages.testkit.FakeStage;

/** A train-gate that takes any keys and does nothing. */
final class AnyKeys implements Stage<SpecNode> {
    @Override
    public StageName name() {
        return StageName.TRAIN_GATE;
    }

    @Override
    public Shape<SpecNode> shape() {
        return new Shape<>() {
            @Override
            public SpecNode read(SpecNode node, Problems problems) {
                return node;
            }

            @Override
            public Json schema() {
                return Json.object().build();
            }
        };
    }

    @Override
    public void check(SpecNode section, Spec spec, Problems problems) {}

    @Override
    public StageOutcome run(SpecNode section, StageRequest request) {
        return FakeStage.outcome(1);
    }
}
