// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.MeasuredMetric;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.evaluation.GoldenSets;
import dev.gatewright.stages.evaluation.ServedAnswers;
import dev.gatewright.validation.endpoint.Arrivals;
import dev.gatewright.validation.endpoint.Elements;
import dev.gatewright.validation.endpoint.Endpoint;
import dev.gatewright.validation.endpoint.EndpointFailedException;
import dev.gatewright.validation.endpoint.GoldenLoad;
import dev.gatewright.validation.endpoint.GoldenRow;
import dev.gatewright.validation.endpoint.GoldenSet;
import dev.gatewright.validation.endpoint.InferenceClient;
import dev.gatewright.validation.endpoint.LoadResult;
import dev.gatewright.validation.endpoint.Mapped;
import dev.gatewright.validation.endpoint.OpenLoad;
import dev.gatewright.validation.endpoint.Probes;
import dev.gatewright.validation.endpoint.Probes.Probed;
import dev.gatewright.validation.endpoint.TensorType;
import dev.gatewright.validation.endpoint.Tls;
import dev.gatewright.validation.metrics.gate.Bound;
import dev.gatewright.validation.metrics.gate.Gate;
import dev.gatewright.validation.metrics.gate.GateResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One endpoint, asked all that the section says. */
final class Examination implements AutoCloseable {
    private final SmokeTestSection section;
    private final StageRequest stage;
    private final GoldenSets.Golden golden;
    private final GoldenSet set;
    private final Served served;
    private final InferenceClient client;
    private final List<GateResult> always = new ArrayList<>();
    private final Findings findings = new Findings();

    Examination(SmokeTestSection section, GoldenSets.Golden golden, Served served, StageRequest stage) {
        this.section = section;
        this.stage = stage;
        this.golden = golden;
        this.set = golden.set();
        this.served = served;
        this.client = new InferenceClient(served.endpoint(), served.protocol());
    }

    /**
     * Asks, and judges.
     *
     * @throws EndpointFailedException if it cannot be asked, or gives no answers
     */
    StageOutcome run() throws InterruptedException {
        if (served.protocol() instanceof Mapped mapped) {
            mapped.misfit(set).ifPresent(misfit -> {
                throw new StageFailedException(
                        misfit, "write request and answer as the model has its inputs and outputs", null);
            });
        }
        stage.progress().step("waiting until " + served.endpoint() + " is ready");
        findings.readyAfter = client.awaitReady(served.readyWithin());
        client.readMetadata();
        List<Map<String, Elements>> answers = askGolden();
        ServedAnswers.Judgement judgement = judge(answers);
        probe();
        tls();
        load();
        burst();
        // Under a load more may have answered than before.
        Identity identity = identity();
        identity.demand(section.identity());
        return outcome(judgement, identity);
    }

    private List<Map<String, Elements>> askGolden() throws InterruptedException {
        stage.progress().step("asking " + set.rows().size() + " golden rows");
        List<Map<String, Elements>> answers = new ArrayList<>();
        for (GoldenRow row : set.rows()) {
            Map<String, Elements> answer = client.ask(set, List.of(row)).get(0);
            if (answer.isEmpty()) {
                throw new StageFailedException(
                        served.endpoint() + " answers none of the model's outputs "
                                + set.outputs().stream().map(TensorType::name).toList(),
                        "see that it serves this model",
                        null);
            }
            set.mismatch(row, answer, served.protocol().mayLeaveOut())
                    .ifPresent(mismatch -> findings.mismatches.add(mismatch.sentence()));
            findings.greatestDifference = Math.max(findings.greatestDifference, set.greatestDifference(row, answer));
            answers.add(answer);
            stage.progress().advanced(answers.size(), set.rows().size());
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while golden rows were asked");
            }
        }
        identity();
        return answers;
    }

    private Identity identity() {
        boolean proves = set.rows().stream().anyMatch(row -> !row.outputs().isEmpty()) && set.modelSha256() != null;
        String judged = set.modelSha256();
        if (judged != null
                && served.modelSha256() != null
                && !served.modelSha256().equals(judged)) {
            throw new StageFailedException(
                    "the judged model's digest is " + judged + ", and the one that was deployed to " + served.endpoint()
                            + " has " + served.modelSha256(),
                    "deploy the model that was judged",
                    null);
        }
        return Identity.of(
                served.endpoint().toString(), judged, client.digests(), proves && findings.mismatches.isEmpty());
    }

    /** Rows of which only the label is known have to be answered with it; all others as the judged model answers them. */
    private ServedAnswers.Judgement judge(List<Map<String, Elements>> answers) throws InterruptedException {
        List<GoldenRow> ofLabels = new ArrayList<>();
        List<Map<String, Elements>> answersOfLabels = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            if (set.rows().get(i).outputs().isEmpty()) {
                ofLabels.add(set.rows().get(i));
                answersOfLabels.add(answers.get(i));
            }
        }
        long wrong = findings.mismatches.size();
        if (!ofLabels.isEmpty() && stage.spec().model().task().isClassification()) {
            ServedAnswers.Judgement alone = ServedAnswers.judge(set, ofLabels, answersOfLabels, List.of(), stage);
            wrong += alone.labelled() - alone.right();
        }
        always.add(ServingMeasure.GOLDEN_MISMATCHES.none(wrong));
        List<Gate> gates =
                taskGates().stream().filter(gate -> !gate.measure().isRunTime()).toList();
        return ServedAnswers.judge(set, set.rows(), answers, gates, stage);
    }

    private List<Gate> taskGates() {
        Problems problems = new Problems();
        List<Gate> gates = ServedAnswers.gates(section.ofTask(), stage.spec(), problems);
        if (problems.any()) {
            throw new IllegalStateException("an unchecked spec is run: " + problems.errors());
        }
        return gates;
    }

    private void probe() throws InterruptedException {
        if (section.authentication() != null) {
            stage.progress().step("asking without the key");
            List<Probed> probed = Probes.authentication(client, set);
            findings.probes.addAll(probed);
            always.add(ServingMeasure.UNAUTHENTICATED_ANSWERS.none(broken(probed)));
        }
        if (section.malformed()) {
            stage.progress().step("sending malformed requests");
            List<Probed> probed = Probes.malformed(client, set);
            findings.probes.addAll(probed);
            always.add(ServingMeasure.MALFORMED_ACCEPTED.none(broken(probed)));
        }
    }

    private static long broken(List<Probed> probed) {
        return probed.stream().filter(probe -> !probe.held()).count();
    }

    private void tls() {
        TlsSection wanted = section.tls();
        Endpoint endpoint = served.endpoint();
        if (wanted == null) {
            return;
        }
        Tls tls = Tls.of(endpoint);
        findings.tls = tls;
        Tls.Version least = wanted.minVersion();
        if (least != null) {
            boolean older = Tls.olderThan(least, endpoint).isPresent();
            always.add(ServingMeasure.OLDER_TLS_VERSIONS.none(older ? 1 : 0));
        }
        if (wanted.minDaysLeft() != null) {
            always.add(ServingMeasure.CERTIFICATE_DAYS.judged(Bound.Kind.MIN, wanted.minDaysLeft(), (double)
                    tls.daysLeft(stage.clock().instant())));
        }
    }

    private void load() throws InterruptedException {
        LoadSection wanted = section.load();
        if (wanted != null) {
            stage.progress()
                    .step("sending " + wanted.rate() + " requests a second for "
                            + wanted.time().toMillis() / 1000.0 + " s");
            findings.load = send(wanted.arrivals(), wanted.connections(), false);
        }
    }

    private void burst() throws InterruptedException {
        if (section.burst() > 0) {
            stage.progress().step("sending " + section.burst() + " requests at once");
            LoadResult burst = send(Arrivals.burst(section.burst()), section.burst(), true);
            findings.burst = burst;
            boolean ready = client.isReady();
            always.add(
                    ServingMeasure.BURST_FAILURES.none(Math.max(burst.intended() - burst.answered(), ready ? 0 : 1)));
        }
    }

    private LoadResult send(Arrivals arrivals, int connections, boolean mayRefuse) throws InterruptedException {
        Duration patience = served.endpoint().patience();
        return OpenLoad.run(arrivals, connections, patience, new GoldenLoad(client, set, mayRefuse));
    }

    private StageOutcome outcome(ServedAnswers.Judgement judgement, Identity identity) {
        Latencies latencies = new Latencies(findings.load);
        List<GateResult> results = new ArrayList<>(always);
        List<GateResult> judged = new ArrayList<>(judgement.gates());
        for (Gate gate : taskGates()) {
            results.add(
                    gate.measure().isRunTime()
                            ? latencies.judge(gate)
                            : judged.stream()
                                    .filter(result -> result.gate().equals(gate))
                                    .findFirst()
                                    .orElseThrow());
        }
        for (ServingGate.OfServing gate : section.ofServing()) {
            results.add(findings.judge(gate.gate(), gate.measure()));
        }
        List<MeasuredMetric> metrics = new ArrayList<>(judgement.metrics());
        metrics.addAll(latencies.measured());
        metrics.addAll(findings.measured());
        List<Artifact> inputs = new ArrayList<>(golden.inputs());
        inputs.addAll(served.inputs());
        return new StageOutcome(
                results, metrics, inputs, List.of(), facts(judgement, identity), findings.environment(served));
    }

    private Json.Obj facts(ServedAnswers.Judgement judgement, Identity identity) {
        Json.Builder facts = Json.object();
        judgement.facts().members().forEach(facts::put);
        facts.put("model", stage.spec().model().name());
        facts.put("protocol", served.protocol().spelling());
        facts.put("identity", identity.toJson());
        facts.put(
                "golden",
                Json.object()
                        .put("rows", (long) set.rows().size())
                        .put("labelled", judgement.labelled())
                        .put("absolute", set.tolerance().absolute())
                        .put("relative", set.tolerance().relative())
                        .build());
        facts.put("malformed", section.malformed() ? "refuse" : "skip");
        return facts.build();
    }

    @Override
    public void close() {
        client.close();
    }
}
