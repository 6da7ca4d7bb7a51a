// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.canarydeploy;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.canarydeploy.CanaryDeploySection.NoTraffic;
import dev.gatewright.stages.canarydeploy.CanaryDeploySection.Step;
import dev.gatewright.stages.canarydeploy.port.Side;
import dev.gatewright.stages.canarydeploy.port.Target;
import dev.gatewright.stages.canarydeploy.port.Traffic;
import dev.gatewright.stages.evaluation.ServedAnswers;
import dev.gatewright.validation.endpoint.EndpointFailedException;
import dev.gatewright.validation.endpoint.GoldenRow;
import dev.gatewright.validation.endpoint.GoldenSet;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateResult;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.onnx.model.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Asks golden rows, watches the steps, and keeps what was found. */
final class WatchedCanary implements Canary.Trial {
    static final String STABLE_ANSWERS = "stable-golden.json";
    /** How many times its hold a step waits for a first request. */
    private static final int LONGEST_WAIT = 10;

    private static final long POLL = 100;

    private final CanaryDeploySection section;
    private final StageRequest request;
    private final ModelFile model;
    private final GoldenSet golden;
    private final Target target;
    private final Path folder;
    private final Heartbeat heartbeat;
    private final GoldenProof proof;
    private final List<Gate> ofTask;
    private final Map<CanaryGate, GateResult> judged = new LinkedHashMap<>();
    private final List<GateResult> always = new ArrayList<>();
    private final List<Json> steps = new ArrayList<>();
    private @Nullable GoldenSet stableAnswers;
    private StepJudge.@Nullable Seen lastOfStable;
    private int lastWeightOfStable;
    private String trouble = "";

    WatchedCanary(
            CanaryDeploySection section,
            StageRequest request,
            ModelFile model,
            GoldenSet golden,
            Target target,
            Path folder,
            Heartbeat heartbeat) {
        this.section = section;
        this.request = request;
        this.model = model;
        this.golden = golden;
        this.target = target;
        this.folder = folder;
        this.heartbeat = heartbeat;
        this.ofTask = ServedAnswers.gates(section.ofTask(), request.spec(), new Problems());
        this.proof = new GoldenProof(request.spec().model().name());
    }

    @Override
    public void remember() throws InterruptedException {
        Target.Version stable = target.read().stable();
        if (stable == null) {
            return;
        }
        request.progress().step("asking stable for what it answers to the golden rows");
        try {
            GoldenSet answers = proof.answersOf(stable.url(), stable.digest(), golden);
            answers.write(folder.resolve(STABLE_ANSWERS));
            stableAnswers = answers;
        } catch (EndpointFailedException e) {
            throw new StageFailedException(
                    "stable does not answer the golden rows: " + e.getMessage(),
                    "see that the new model has the inputs and outputs of the one that is served, or deploy to another target",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start(Target where) throws InterruptedException {
        request.progress().step("starting the candidate");
        where.start(model, request.spec().model().name());
    }

    @Override
    public boolean answersAsJudged() throws InterruptedException {
        request.progress().step("asking the candidate " + golden.rows().size() + " golden rows");
        Target.Version candidate = candidate();
        GoldenProof.Result result = proof.ask(candidate.url(), golden);
        checkIdentity(result);
        always.add(CanaryMeasure.GOLDEN_MISMATCHES.always(Bound.Kind.MAX, 0, result.mismatches()));
        trouble = result.first();
        return result.mismatches() == 0;
    }

    private Target.Version candidate() throws InterruptedException {
        heartbeat.check();
        Target.Version candidate = target.read().candidate();
        if (candidate == null) {
            throw new StageFailedException(
                    "the candidate has ended by itself; all traffic is with stable",
                    "see candidate.log in " + folder,
                    null);
        }
        return candidate;
    }

    private void checkIdentity(GoldenProof.Result result) {
        Set<String> digests = result.digests();
        if (!digests.equals(Set.of(model.digest()))) {
            throw new StageFailedException(
                    digests.isEmpty()
                            ? "the candidate says of no model that it is served: " + result.first()
                            : "the candidate says that its model is " + String.join(", ", digests) + ", and judged was "
                                    + model.digest(),
                    "see what the target serves",
                    null);
        }
    }

    @Override
    public boolean holds(Step step) throws InterruptedException {
        request.progress()
                .step("candidate at " + step.weight() + "% for " + step.hold().toMillis() + " ms");
        Map<Side, Replay.Answered> answered =
                section.replayRate() == null ? watch(step) : replay(step, section.replayRate());
        heartbeat.check();
        Map<Side, Traffic> traffic = target.traffic();
        boolean candidateLives = target.read().candidate() != null;
        ServedAnswers.Judgement ofCandidate = judged(answered.get(Side.CANDIDATE), ofTask);
        StepJudge.Seen own = seen(Side.CANDIDATE, traffic, ofCandidate);
        StepJudge.Seen ofStable = seen(Side.STABLE, traffic, judged(answered.get(Side.STABLE), List.of()));
        StepJudge.Seen stable = ofStable;
        List<String> notes = List.of();
        if (stable.traffic().requests() > 0 || lastOfStable == null) {
            lastOfStable = stable;
            lastWeightOfStable = step.weight();
        } else {
            stable = lastOfStable;
            notes = List.of("stable is judged by the step at weight " + lastWeightOfStable
                    + ", since it has no traffic in the one at " + step.weight());
        }
        boolean first = target.read().stable() == null;
        List<GateResult> results = judge(new StepJudge(own, stable, notes), own, ofCandidate.gates(), first);
        boolean holds = candidateLives && GateResult.combine(results) == Verdict.PASSED;
        steps.add(StepJson.of(step, own, ofStable, results, candidateLives));
        if (!candidateLives) {
            throw new StageFailedException(
                    "the candidate ended by itself at weight " + step.weight() + "; all traffic is with stable",
                    "see candidate.log in " + folder,
                    null);
        }
        return holds;
    }

    /** What a side answered to the rows that were replayed, judged as evaluate-metrics judges a model. */
    private ServedAnswers.Judgement judged(Replay.@Nullable Answered answered, List<Gate> gates)
            throws InterruptedException {
        List<GoldenRow> rows = answered == null ? List.of() : answered.rows();
        return ServedAnswers.judge(golden, rows, answered == null ? List.of() : answered.answers(), gates, request);
    }

    private List<GateResult> judge(StepJudge judge, StepJudge.Seen own, List<GateResult> ofAnswers, boolean first) {
        List<GateResult> results = new ArrayList<>();
        if (section.noTraffic() == NoTraffic.FAIL) {
            results.add(CanaryMeasure.CANDIDATE_REQUESTS.always(
                    Bound.Kind.MIN, 1, own.traffic().requests()));
        }
        for (CanaryGate.OfTraffic gate : section.ofTraffic()) {
            if (!first || !gate.compares()) {
                results.add(keep(gate, judge.judge(gate)));
            }
        }
        List<CanaryGate> written = section.gates().stream()
                .filter(CanaryGate.OfTask.class::isInstance)
                .toList();
        for (int i = 0; i < written.size(); i++) {
            results.add(keep(written.get(i), ofAnswers.get(i)));
        }
        if (section.noTraffic() == NoTraffic.FAIL && own.traffic().requests() == 0) {
            always.add(results.get(0));
        }
        if (results.isEmpty()) {
            results.addAll(always);
        }
        return results;
    }

    /** What did not pass stays, so that a warning of an early step is not forgotten. */
    private GateResult keep(CanaryGate gate, GateResult result) {
        GateResult before = judged.get(gate);
        if (before == null || before.verdict() == Verdict.PASSED) {
            judged.put(gate, result);
        }
        return result;
    }

    private static StepJudge.Seen seen(Side side, Map<Side, Traffic> traffic, ServedAnswers.Judgement answers) {
        StepJudge.Right right =
                answers.labelled() == 0 ? null : new StepJudge.Right(answers.right(), answers.labelled());
        return new StepJudge.Seen(traffic.getOrDefault(side, Traffic.NONE), right);
    }

    /** Waits for the requests of others. */
    private Map<Side, Replay.Answered> watch(Step step) throws InterruptedException {
        long start = System.nanoTime();
        long hold = step.hold().toNanos();
        while (true) {
            Thread.sleep(Math.min(POLL, Math.max(1, step.hold().toMillis())));
            heartbeat.check();
            boolean lives = target.read().candidate() != null;
            long waited = System.nanoTime() - start;
            boolean waitsOn = section.noTraffic() == NoTraffic.HOLD
                    && waited < LONGEST_WAIT * hold
                    && target.traffic()
                                    .getOrDefault(Side.CANDIDATE, Traffic.NONE)
                                    .requests()
                            == 0;
            if (!lives || (waited >= hold && !waitsOn)) {
                return Map.of();
            }
        }
    }

    /** Sends golden rows, and ends at once where the candidate does. */
    private Map<Side, Replay.Answered> replay(Step step, double rate) throws InterruptedException {
        FutureTask<Map<Side, Replay.Answered>> load = new FutureTask<>(
                () -> Replay.run(target.read().url(), request.spec().model().name(), golden, rate, step.hold()));
        Thread thread = new Thread(load, "canary replay");
        thread.start();
        try {
            while (!load.isDone()) {
                Thread.sleep(POLL);
                candidate();
            }
            return load.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the replay ended", e.getCause());
        } finally {
            thread.interrupt();
            thread.join(Duration.ofMinutes(1).toMillis());
        }
    }

    @Override
    public void proveStable() throws InterruptedException {
        GoldenSet answers = stableAnswers;
        if (answers == null) {
            return;
        }
        request.progress().step("asking stable the golden rows again");
        GoldenProof.Result result = proof.ask(target.read().url(), answers);
        always.add(CanaryMeasure.STABLE_MISMATCHES.always(Bound.Kind.MAX, 0, result.mismatches()));
    }

    /** All gates: those that are always on, and of each other one the first result that did not pass, else the last. */
    List<GateResult> gates() {
        List<GateResult> gates = new ArrayList<>(always);
        gates.addAll(judged.values());
        return gates;
    }

    /** What each step came to. */
    List<Json> steps() {
        return steps;
    }

    /** What a golden row was answered wrongly, in words; empty where none was. */
    String trouble() {
        return trouble;
    }

    /** Whether there was a stable version to compare with. */
    boolean compared() {
        return stableAnswers != null;
    }
}
