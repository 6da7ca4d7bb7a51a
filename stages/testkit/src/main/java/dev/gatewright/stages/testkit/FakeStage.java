// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.testkit;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.metrics.catalogue.Catalogue;
import dev.gatewright.validation.metrics.catalogue.MetricChoice;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;
import java.util.ArrayList;
import java.util.List;

/** A stage with an empty section that does what a test says. */
public final class FakeStage implements Stage<String> {
    private final StageName name;
    private final Work work;

    /** What a stage does when it runs. */
    public interface Work {
        /** As {@link Stage#run}. */
        StageOutcome run(StageRequest request) throws InterruptedException;
    }

    /** A stage that does {@code work}. */
    public FakeStage(StageName name, Work work) {
        this.name = name;
        this.work = work;
    }

    /** A stage whose one gate, {@code size_bytes max 1000}, finds {@code values}; NaN could not be measured. */
    public static FakeStage measuring(StageName name, double... values) {
        return new FakeStage(name, request -> outcome(values));
    }

    /** What a stage leaves that judged {@code size_bytes max 1000} once for each of {@code values}. */
    public static StageOutcome outcome(double... values) {
        Gate gate =
                Gate.of(MetricChoice.of(Catalogue.find("size_bytes").orElseThrow(), List.of()), Bound.Kind.MAX, 1000);
        List<GateResult> results = new ArrayList<>();
        for (double value : values) {
            results.add(GateJudge.judge(gate, Evidence.exact(value)));
        }
        Json.Obj nothing = Json.object().build();
        return new StageOutcome(results, List.of(), List.of(), List.of(), nothing, nothing);
    }

    @Override
    public StageName name() {
        return name;
    }

    @Override
    public Shape<String> shape() {
        return new Section<>(name.spelling(), List.of(), (values, problems) -> name.spelling());
    }

    @Override
    public void check(String section, Spec spec, Problems problems) {}

    @Override
    public StageOutcome run(String section, StageRequest request) throws InterruptedException {
        return work.run(request);
    }
}
