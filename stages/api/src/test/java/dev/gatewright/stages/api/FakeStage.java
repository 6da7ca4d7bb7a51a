// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.api;

import dev.gatewright.stages.api.spec.BaselineSection;
import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.GateResolver;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Spec;
import java.nio.file.Path;
import java.util.List;

/**
 * A stage that does what a test says. Its section may name a data set and gates, which it resolves when it is checked, as a
 * stage that judges does.
 */
public final class FakeStage implements Stage<FakeStage.Plan> {
    private static final Key<Placed<String>> DATA =
            Key.optional("data", Shapes.placed(Shapes.name()), "The data set.", "data: holdout");
    private static final Key<String> RUN = Key.optional("run", Shapes.text(), "A command.", "run: python train.py");
    private static final Key<List<Path>> OUTPUTS = Key.optional(
            "outputs", Shapes.listOf(Shapes.pathBelow(), false), "What it writes.", "outputs: [build/model.onnx]");
    private static final Key<Path> METRICS =
            Key.optional("metrics", Shapes.path(), "Its metrics.", "metrics: build/metrics.json");
    private static final Key<List<GateRequest>> GATES = Key.optional(
            "gates", Shapes.listOf(GateRequest.SHAPE, false), "The gates.", "gates: [{metric: accuracy, min: 0.9}]");

    private final StageName name;
    private final Work work;

    /** What a stage does when it runs. */
    public interface Work {
        /** As {@link Stage#run}. */
        StageOutcome run(StageRequest request) throws InterruptedException;
    }

    /** Its section. */
    public record Plan(String data, List<GateRequest> gates) {}

    public FakeStage(StageName name, Work work) {
        this.name = name;
        this.work = work;
    }

    /** A stage that leaves {@code outcome}. */
    public static FakeStage of(StageName name, StageOutcome outcome) {
        return new FakeStage(name, request -> outcome);
    }

    @Override
    public StageName name() {
        return name;
    }

    @Override
    public Shape<Plan> shape() {
        return new Section<>(name.spelling(), List.of(DATA, RUN, OUTPUTS, METRICS, GATES), (values, problems) -> {
            Placed<String> data = values.get(DATA);
            return new Plan(data == null ? "" : data.value(), values.get(GATES, List.of()));
        });
    }

    @Override
    public void check(Plan plan, Spec spec, Problems problems) {
        DataSection data = spec.data().get(plan.data());
        List<String> slices = data == null
                ? List.of()
                : data.slices().stream().map(Placed::value).toList();
        boolean pinned = spec.baseline().policy() == BaselineSection.Policy.PINNED;
        List<String> comparisons = pinned ? List.of("baseline", "source") : List.of();
        GateResolver resolver = new GateResolver(spec.model(), slices, comparisons, problems);
        plan.gates().forEach(resolver::resolve);
    }

    @Override
    public StageOutcome run(Plan plan, StageRequest request) throws InterruptedException {
        return work.run(request);
    }
}
