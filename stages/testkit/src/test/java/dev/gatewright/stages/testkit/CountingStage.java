// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.testkit;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.MeasuredMetric;
import dev.gatewright.stages.api.spec.GateRequest;
import dev.gatewright.stages.api.spec.GateResolver;
import dev.gatewright.stages.api.spec.Key;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Section;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Shapes;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.metrics.gate.Evidence;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateJudge;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.Reading;
import dev.gatewright.validation.metrics.gate.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small stage that keeps the contract: it judges the share of lines that say {@code right}. Subclasses break the contract. */
class CountingStage implements Stage<CountingStage.Plan> {
    private static final Key<Path> ROWS = Key.required("rows", Shapes.path(), "The rows.", "rows: rows.txt");
    static final Key<List<GateRequest>> GATES = Key.required(
            "gates", Shapes.listOf(GateRequest.SHAPE, false), "The gates.", "gates: [{metric: accuracy, min: 0.9}]");

    record Plan(Path rows, List<GateRequest> gates) {}

    @Override
    public StageName name() {
        return StageName.EVALUATE_METRICS;
    }

    @Override
    public Shape<Plan> shape() {
        return new Section<>(
                "evaluate-metrics",
                List.of(ROWS, GATES),
                (values, problems) -> new Plan(values.need(ROWS), values.need(GATES)));
    }

    @Override
    public void check(Plan plan, Spec spec, Problems problems) {
        gates(plan, spec, problems);
    }

    @Override
    public StageOutcome run(Plan plan, StageRequest request) throws InterruptedException {
        Path file = request.spec().resolve(plan.rows());
        request.progress().step("counting");
        List<String> rows = rows(file, request);
        double share = (double) rows.stream().filter("right"::equals).count() / rows.size();
        List<GateResult> results = new ArrayList<>();
        List<MeasuredMetric> metrics = new ArrayList<>();
        for (Gate gate : gates(plan, request.spec(), new Problems())) {
            results.add(GateJudge.judge(gate, new Evidence.Whole(Sample.of(new Reading.Exact(share)))));
            metrics.add(new MeasuredMetric(gate.measure(), "", share, rows.size(), null));
        }
        for (int done = 1; done <= 3; done++) {
            Thread.sleep(10);
            request.progress().advanced(done, 3);
        }
        return new StageOutcome(
                results,
                metrics,
                inputs(file, request),
                List.of(),
                Json.object().put("batch", 64L).build(),
                Json.object().put("threads", (long) request.threads()).build());
    }

    List<Artifact> inputs(Path file, StageRequest request) {
        try {
            return List.of(Artifact.of("rows", file, request.spec().folder()));
        } catch (IOException e) {
            throw new StageFailedException("the rows cannot be read: " + e.getMessage(), "see the file", e);
        }
    }

    List<String> rows(Path file, StageRequest request) throws InterruptedException {
        try {
            List<String> rows = Files.readAllLines(file);
            if (rows.isEmpty()) {
                throw new StageFailedException("there are no rows in " + file, "write some", null);
            }
            return rows;
        } catch (IOException e) {
            throw new StageFailedException("the rows cannot be read: " + e.getMessage(), "see the file", e);
        }
    }

    private static List<Gate> gates(Plan plan, Spec spec, Problems problems) {
        GateResolver resolver = new GateResolver(spec.model(), List.of(), List.of(), problems);
        List<Gate> gates = new ArrayList<>();
        plan.gates().forEach(request -> resolver.resolve(request).ifPresent(gates::add));
        return gates;
    }
}
