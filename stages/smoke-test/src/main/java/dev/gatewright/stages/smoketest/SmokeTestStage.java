// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import dev.gatewright.stages.api.Stage;
import dev.gatewright.stages.api.StageFailedException;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.StageRequest;
import dev.gatewright.stages.api.spec.Placed;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.api.spec.Shape;
import dev.gatewright.stages.api.spec.Spec;
import dev.gatewright.stages.evaluation.GoldenSection;
import dev.gatewright.stages.evaluation.GoldenSets;
import dev.gatewright.stages.evaluation.ServedAnswers;
import dev.gatewright.validation.endpoint.EndpointFailedException;
import dev.gatewright.validation.metrics.gate.Gate;
import java.util.List;

/**
 * Asks an endpoint golden rows, one by one and under a load, and what it has to refuse; its answers are judged as those of a model
 * are, and beside the judged model's own.
 */
public final class SmokeTestStage implements Stage<SmokeTestSection> {
    private static final String HTTPS = "https";

    @Override
    public StageName name() {
        return StageName.SMOKE_TEST;
    }

    @Override
    public Shape<SmokeTestSection> shape() {
        return SmokeTestSection.SHAPE;
    }

    /** Only to say what is expected: rows of a file were answered before. */
    @Override
    public boolean runsModel(SmokeTestSection section) {
        GoldenSection golden = section.golden();
        return golden != null && golden.data() != null;
    }

    @Override
    public void check(SmokeTestSection section, Spec spec, Problems problems) {
        GoldenSets.check(section.golden(), spec, problems);
        EndpointSection endpoint = section.endpoint();
        if (section.golden() == null && !hasStageBefore(spec)) {
            problems.add(
                    section.place(),
                    "smoke-test asks golden rows, and nothing says which",
                    "golden: {data: holdout, rows: 200}");
        }
        if (endpoint == null && !hasStageBefore(spec)) {
            problems.add(
                    section.place(),
                    "smoke-test asks an endpoint, and neither the key 'endpoint' nor a stage canary-deploy says which",
                    "endpoint: {url: \"http://127.0.0.1:8080\"}");
        }
        Placed<SmokeTestSection.Authentication> authentication = section.authentication();
        if (authentication != null && endpoint != null && endpoint.secret() == null) {
            problems.add(
                    authentication.place(),
                    "an endpoint that demands a key can only be asked with it; name it",
                    "endpoint: {secret: ENDPOINT_KEY, …}");
        }
        TlsSection tls = section.tls();
        if (tls != null && endpoint != null && !HTTPS.equals(endpoint.url().getScheme())) {
            problems.add(tls.place(), endpoint.url() + " is asked without TLS; remove tls, or write https");
        }
        checkLoad(section, ServedAnswers.gates(section.ofTask(), spec, problems), problems);
    }

    private static boolean hasStageBefore(Spec spec) {
        return spec.stage(StageName.CANARY_DEPLOY).isPresent();
    }

    private static void checkLoad(SmokeTestSection section, List<Gate> gates, Problems problems) {
        if (section.load() != null) {
            return;
        }
        gates.stream()
                .filter(gate -> gate.measure().isRunTime())
                .findFirst()
                .ifPresent(gate -> problems.add(
                        section.place(),
                        gate.measure().spelling() + " is measured under a load, and the stage sends none",
                        "load: {rate: 100, time: 30s}"));
        section.ofServing().stream()
                .filter(gate -> gate.measure().isOfLoad())
                .findFirst()
                .ifPresent(gate -> problems.add(
                        gate.place(),
                        gate.measure().spelling() + " is measured under a load, and the stage sends none",
                        "load: {rate: 100, time: 30s}"));
    }

    @Override
    public StageOutcome run(SmokeTestSection section, StageRequest request) throws InterruptedException {
        Served served = Served.of(section.endpoint(), request);
        GoldenSets.Golden golden = GoldenSets.of(section.golden(), request);
        try (Examination examination = new Examination(section, golden, served, request)) {
            return examination.run();
        } catch (EndpointFailedException e) {
            throw new StageFailedException(String.valueOf(e.getMessage()), e.next(), e);
        }
    }
}
