// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluation;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.run.Preparation;
import dev.gatewright.stages.api.spec.DataSection;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.validation.evaluation.Evaluation;
import dev.gatewright.validation.evaluation.EvaluationFailedException;
import dev.gatewright.validation.evaluation.EvaluationRequest;
import dev.gatewright.validation.evaluation.Evaluator;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Evaluations within a stage: what they throw is what a stage throws, and what they read is what the run has read before. */
public final class Evaluations {
    private Evaluations() {}

    /** An evaluation, and how long it took. */
    record Timed(Evaluation evaluation, double seconds) {}

    /**
     * Judges the spec's model, or the predictions, by the section's gates.
     *
     * @throws StageFailedException if nothing could be judged, or if what was read is not what an earlier stage read or wrote
     * @throws InterruptedException if the thread was interrupted; everything that was started has been stopped
     */
    public static StageOutcome run(EvaluationSection section, StageRequest stage) throws InterruptedException {
        boolean ofSource = section.predictions() == null && SourceRun.isOf(stage.spec());
        return ofSource ? ofSource(section, stage) : judge(section, List.of(), stage);
    }

    private static StageOutcome ofSource(EvaluationSection section, StageRequest stage) throws InterruptedException {
        prepare(section, false, stage);
        try (SourceRun source = SourceRun.predict(section.rowsName(), stage)) {
            StageOutcome outcome = judge(section, source.outputs(), stage);
            List<Artifact> inputs = new ArrayList<>(outcome.inputs());
            source.verifyRows(inputs, section.rowsName());
            Artifact artifact = source.artifact();
            if (artifact != null) {
                inputs.add(0, artifact);
            }
            DigestChain.verify(stage, inputs);
            Json.Builder facts = Json.object();
            outcome.facts().members().forEach(facts::put);
            facts.put("source", source.facts(stage.spec()));
            return new StageOutcome(
                    outcome.gates(),
                    outcome.metrics(),
                    inputs,
                    outcome.outputs(),
                    facts.build(),
                    outcome.environment());
        }
    }

    private static StageOutcome judge(
            EvaluationSection section, List<EvaluationRequest.RecordedOutput> outputs, StageRequest stage)
            throws InterruptedException {
        Problems problems = new Problems();
        Requests requests = new Requests(section, stage.spec(), problems);
        EvaluationRequest request = requests.ofSpec(outputs, stage.installation(), stage.threads())
                .orElseThrow(() -> new IllegalStateException("an unchecked spec is run: " + problems.errors()));
        stage.progress().step("evaluating " + stage.spec().model().name() + " on " + section.rowsName());
        if (outputs.isEmpty()) {
            prepare(section, request.looksForLeakage(), stage);
        }
        List<Gate> byTeacher = request.gates().stream()
                .filter(gate -> Requests.TEACHER.equals(gate.against()))
                .toList();
        List<Gate> others = request.gates().stream()
                .filter(gate -> !byTeacher.contains(gate))
                .toList();
        Timed timed = evaluate(request.comparedWith(request.reference(), others), stage);
        StageOutcome outcome =
                new Outcomes(stage.spec(), request).of(timed.evaluation(), section.rowsName(), timed.seconds());
        if (!byTeacher.isEmpty()) {
            EvaluationRequest second = request.comparedWith(requests.other(Requests.TEACHER), byTeacher);
            Evaluation compared = evaluate(second, stage).evaluation();
            outcome = withTeacher(request.gates(), outcome, new Outcomes(stage.spec(), second), compared, section);
        }
        DigestChain.verify(stage, outcome.inputs());
        return outcome;
    }

    /** The same outcome with the gates that a second pass over the rows judged, beside the teacher. */
    private static StageOutcome withTeacher(
            List<Gate> order, StageOutcome first, Outcomes outcomes, Evaluation second, EvaluationSection section) {
        List<GateResult> results = new ArrayList<>(first.gates());
        results.addAll(second.gates());
        List<Artifact> inputs = new ArrayList<>(first.inputs());
        inputs.addAll(outcomes.rows(second, section.rowsName()));
        Evaluation.ModelRun teacher = second.reference();
        if (teacher != null) {
            inputs.add(outcomes.model(Requests.TEACHER, teacher));
        }
        return new StageOutcome(
                inOrder(order, results),
                first.metrics(),
                inputs.stream().distinct().toList(),
                first.outputs(),
                first.facts(),
                first.environment());
    }

    /** The results of {@code gates}, in their order. */
    static List<GateResult> inOrder(List<Gate> gates, List<GateResult> results) {
        List<GateResult> ordered = new ArrayList<>();
        for (Gate gate : gates) {
            results.stream()
                    .filter(result -> result.gate().equals(gate))
                    .findFirst()
                    .ifPresent(ordered::add);
        }
        return ordered;
    }

    /** Lets the commands write the rows that are read, unless an earlier stage of the run has read them already. */
    static void prepare(EvaluationSection section, boolean trainingToo, StageRequest stage)
            throws InterruptedException {
        Placed<String> data = section.data();
        if (data == null) {
            return;
        }
        prepare(data.value(), stage);
        DataSection rows = stage.spec().data().get(data.value());
        Placed<String> training = rows == null ? null : rows.training();
        if (training != null && trainingToo) {
            prepare(training.value(), stage);
        }
    }

    private static void prepare(String data, StageRequest stage) throws InterruptedException {
        boolean isThere = false;
        for (Report earlier : stage.earlier()) {
            isThere |= earlier.inputs().stream().anyMatch(input -> input.name().equals(data));
        }
        if (!isThere) {
            Preparation.run(data, stage);
        }
    }

    static Timed evaluate(EvaluationRequest request, StageRequest stage) throws InterruptedException {
        long start = System.nanoTime();
        Evaluation evaluation =
                failingAsStages(stage.spec(), () -> Evaluator.evaluate(request, stage.progress()::advanced));
        return new Timed(evaluation, Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
    }

    /** Work of an evaluation. */
    interface Work<T> {
        T done() throws InterruptedException;
    }

    static <T> T failingAsStages(Spec spec, Work<T> work) throws InterruptedException {
        try {
            return work.done();
        } catch (RuntimeException e) {
            // An interrupt closes the files that are read, which then fail in their own words.
            if (Thread.interrupted()) {
                InterruptedException interrupted = new InterruptedException("interrupted while it judged");
                interrupted.initCause(e);
                throw interrupted;
            }
            throw e instanceof EvaluationFailedException
                    ? new StageFailedException(
                            Withheld.sentence(e, spec), "mend that and start the stage again", Withheld.cause(e, spec))
                    : e;
        }
    }
}
