// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.host.HostResult;
import dev.gatewright.stages.api.host.RunFiles;
import hudson.AbortException;
import hudson.model.Result;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps with the program as users install it, which stages/distribution has put together. */
class InstalledProgramTest {
    private static final Path PROGRAM = Path.of("../../stages/distribution/target/gatewright")
            .toAbsolutePath()
            .normalize();
    private static final Path CHECK =
            Path.of("../../stages/cli/src/main/resources/dev/gatewright/stages/cli/command/check");
    private static final String GATE = "stages.evaluate-metrics.gates[0].";
    private static final String SPEC = """
            gatewright: 1
            model:
              name: check
              task: multiclass-classification
              path: model.onnx
              classes: [a, b, c]
            data:
              rows:
                path: rows.csv
                label: largest
                features: {numbers: [a, b, c]}
            device: cpu
            stages:
              %s
              evaluate-metrics:
                data: rows
                gates:
                  - {metric: accuracy, min: 0.9, min-samples: 1}
              canary-deploy:
                target: {kind: local, port: 0}
                golden: {data: rows, rows: 20}
                steps: [{weight: 100, hold: 1s}]
                no-traffic: replay
                replay: {rate: 10}
                release-within: 10m
                gates:
                  - {metric: error_rate, max: 0}
            """;

    @TempDir
    private Path folder;

    private TestBuild build;

    @BeforeEach
    void prepare() throws Exception {
        assumeThat(PROGRAM.resolve("bin/gatewright"))
                .as("stages/distribution is packaged before the plugin")
                .exists();
        build = TestBuild.in(folder, PROGRAM);
        for (String name : List.of("model.onnx", "rows.csv")) {
            Files.copy(CHECK.resolve(name), build.workspace().resolve(name));
        }
        spec("");
    }

    @Test
    void aStepAndTheCommandLineComeToTheSame() throws Exception {
        Map<String, Object> result = build.start(new EvaluateMetricsStep()).result();

        Process bare = command("evaluate-metrics", "--run-id=bare");
        HostResult expected = HostResult.of(
                bare.waitFor(),
                "bare",
                Optional.of(StageName.EVALUATE_METRICS),
                RunFiles.in(build.workspace().resolve(".gatewright/runs/bare")));
        assertThat(result)
                .containsEntry("verdict", "PASSED")
                .containsEntry("judgementDigest", expected.judgementDigest())
                .extracting("metrics", MAP)
                .containsEntry("accuracy", 1.0);
        assertThat(build.artifacts())
                .extracting(path -> Path.of(path).getFileName().toString())
                .contains("run.json", "run.html", "run.md", "junit.xml", "report.json", "report.html", "report.md");
    }

    @Test
    void afterAnInconclusiveEvaluationNothingIsDeployed() throws Exception {
        StepRun evaluation = build.start(with(new EvaluateMetricsStep(), GATE + "min-samples=100000"));
        assertThat(evaluation.result()).containsEntry("verdict", "INCONCLUSIVE");
        assertThat(build.run().getResult()).isEqualTo(Result.UNSTABLE);

        StepRun deployment = build.start(with(new CanaryDeployStep(), GATE + "min-samples=100000"));

        assertThat(deployment.failure())
                .isInstanceOf(AbortException.class)
                .hasMessageStartingWith("canary-deploy is NOT_EVALUATED: ")
                .hasMessageContaining("evaluate-metrics is INCONCLUSIVE");
        assertThat(build.workspace().resolve(".gatewright"))
                .isDirectoryContaining("glob:**/runs")
                .isDirectoryNotContaining("glob:**/targets");
    }

    @Test
    void aLostGateAndAWrongSpecAreToldApart() throws Exception {
        Path rows = build.workspace().resolve("rows.csv");
        Files.writeString(rows, Files.readString(rows).replace(",a,", ",b,"));
        assertThat(build.start(new EvaluateMetricsStep()).failure())
                .hasMessageStartingWith("evaluate-metrics is FAILED: accuracy 0.")
                .hasMessageContaining("below min 0.9");

        GateStep wrong = with(new EvaluateMetricsStep(), GATE + "metric=acuracy");
        wrong.setRunId("another");
        assertThat(build.start(wrong).failure()).hasMessageStartingWith("evaluate-metrics is NOT_EVALUATED: ");
        assertThat(build.log()).contains("acuracy");
    }

    @Test
    void abortEndsTheProgramAndWhatItRuns() throws Exception {
        spec("""
                train-gate:
                    run: sh train.sh
                    outputs: [model.onnx]
                    metrics: metrics.json
                    gates: [{metric: loss, max: 1}]""");
        Files.writeString(build.workspace().resolve("train.sh"), "echo $$ >pid; sleep 600");
        StepRun step = build.start(new TrainGateStep());
        Path pid = build.workspace().resolve("pid");
        StepRun.await(() -> Files.exists(pid) && Files.size(pid) > 0);
        ProcessHandle training =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        ProcessHandle program = training.parent().orElseThrow();
        FlowInterruptedException cause = new FlowInterruptedException(Result.ABORTED, true);

        step.stop(cause);

        assertThat(step.failure()).isSameAs(cause);
        assertThat(List.of(training, program)).noneMatch(ProcessHandle::isAlive);
        assertThat(build.artifacts()).anyMatch(path -> path.endsWith("train-gate/report.json"));
    }

    /** An abort ends whatever has the cookie of the workspace, which is the same in all builds: what is served has none. */
    @Test
    void whatWasDeployedOutlivesTheAbortOfAnotherBuild() throws Exception {
        build.start(new EvaluateMetricsStep()).result();
        URI endpoint =
                URI.create((String) build.start(new CanaryDeployStep()).result().get("endpoint"));
        try {
            FakeProgram program = FakeProgram.in(folder.resolve("program")).does("echo one; sleep 600");
            build.environment().put("PATH", program.home().resolve("bin") + ":/usr/bin:/bin");
            StepRun other = build.start(new TrainGateStep());
            StepRun.await(() -> build.log().contains("one"));

            other.stop(new FlowInterruptedException(Result.ABORTED, true));

            assertThat(other.failure()).isInstanceOf(FlowInterruptedException.class);
            HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/")).build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            assertThat(command("abort", "--all").waitFor()).isZero();
        }
    }

    private Process command(String... arguments) throws Exception {
        List<String> line =
                new ArrayList<>(List.of(PROGRAM.resolve("bin/gatewright").toString()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line)
                .directory(build.workspace().toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void spec(String trainGate) throws Exception {
        Files.writeString(build.workspace().resolve("gatewright.yaml"), SPEC.formatted(trainGate));
    }

    private static GateStep with(GateStep step, String setting) {
        step.setSet(List.of(setting));
        return step;
    }
}
