// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.targetlocal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real servers, a real supervisor, and processes that are killed. */
@Tag("slow")
class LocalCanaryTest {
    private static final String GATES = """
            no-traffic: replay
            replay: {rate: 100}
            gates:
              - {metric: error_rate, max-degradation: 0.2, confidence: 0.9}
              - {metric: accuracy, max-degradation: 0.3, min: 0.9, min-samples: 10}
              - {metric: latency_p99_ms, max: 60000}
            """;

    @TempDir
    private Path temporary;

    private CanaryFolder folder;

    @BeforeEach
    void prepare() throws IOException {
        folder = new CanaryFolder(temporary)
                .write("steps: [{weight: 50, hold: 500ms}, {weight: 100, hold: 500ms}]\n" + GATES);
    }

    @AfterEach
    void end() {
        folder.close();
    }

    private void release() throws Exception {
        Report first = folder.good(4).run().run("first");
        assertThat(first.verdict()).as(first.document().toString()).contains(Verdict.PASSED);
        folder.supervisor().release();
    }

    @Test
    void aFirstReleaseHasNothingToCompareWithAndASecondGoesStepByStep() throws Exception {
        Report first = folder.good(4).run().run("first");

        assertThat(first.verdict()).as(first.document().toString()).contains(Verdict.PASSED);
        assertThat(CanaryFolder.facts(first).text("comparison").orElse(""))
                .startsWith("none: this is the first release");
        assertThat(CanaryFolder.steps(first)).isEqualTo("100 PASSED\n");
        String one = folder.served();
        folder.supervisor().release();

        Report second = folder.good(5).run().run("second");

        assertThat(second.verdict()).as(second.document().toString()).contains(Verdict.PASSED);
        assertThat(CanaryFolder.steps(second)).isEqualTo("50 PASSED\n100 PASSED\n");
        assertThat(folder.served()).isNotEqualTo(one);
        assertThat(folder.digest("stable")).as("stays warm").contains(one);
        assertThat(folder.phase()).isEqualTo("at_full");
        Json.Obj endpoint = (Json.Obj) JsonReader.read(
                Files.readAllBytes(temporary.resolve(".gatewright/runs/second/canary-deploy/endpoint.json")));
        assertThat(endpoint.text("format")).contains("gatewright-endpoint/v1");
        assertThat(endpoint.text("modelDigest")).contains(folder.served());
        assertThat(folder.supervisor().state().number("returnsInSeconds")).isPresent();

        folder.supervisor().rollBack();

        assertThat(folder.served()).isEqualTo(one);
    }

    @Test
    void aStageThatIsKilledInMidStepLeavesTrafficToReturnByItself() throws Exception {
        release();
        String stable = folder.served();
        folder.write("steps: [{weight: 50, hold: 60s}, {weight: 100, hold: 500ms}]\n" + GATES)
                .good(5);
        Process stage = stage("second");
        await(() -> folder.supervisor().state().number("weight").equals(Optional.of(50.0)));

        stage.destroyForcibly().waitFor();

        await(() -> folder.digest("candidate").isEmpty());
        assertThat(folder.served()).isEqualTo(stable);
        assertThat(folder.ask()).isEqualTo("200 stable");
        assertThat(folder.phase()).isEqualTo("at_weight");

        folder.write("steps: [{weight: 50, hold: 500ms}, {weight: 100, hold: 500ms}]\n" + GATES);
        Report again = folder.run().run("third");

        assertThat(again.verdict()).as(again.document().toString()).contains(Verdict.PASSED);
        assertThat(folder.served()).isNotEqualTo(stable);
    }

    @Test
    void aCandidateThatDiesInMidStepIsNoPassAndNobodyIsWithoutAnAnswer() throws Exception {
        release();
        String stable = folder.served();
        folder.write("steps: [{weight: 50, hold: 60s}, {weight: 100, hold: 500ms}]\nno-traffic: hold\n"
                        + "gates: [{metric: error_rate, max: 0.5}]")
                .good(5);
        Process stage = stage("second");
        await(() -> folder.supervisor().state().number("weight").equals(Optional.of(50.0)));

        candidate().destroyForcibly();

        for (int i = 0; i < 10; i++) {
            assertThat(folder.ask()).isEqualTo("200 stable");
        }
        assertThat(stage.waitFor()).isZero();
        Report report = folder.run().report("second");
        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(report.document().text("headline").orElse("")).contains("the candidate ended by itself");
        assertThat(folder.served()).isEqualTo(stable);
    }

    @Test
    void serversEndWithTheirSupervisorTheNextStartServesStableFirstAndTakesAWorseCandidateBack() throws Exception {
        release();
        String stable = folder.served();
        ProcessHandle supervisor = folder.supervisor().process().orElseThrow();
        List<ProcessHandle> servers = supervisor.descendants().toList();

        supervisor.destroyForcibly();

        supervisor.onExit().join();
        assertThat(servers).isNotEmpty();
        for (ProcessHandle server : servers) {
            server.onExit().join();
        }
        Report report = folder.bad().run().run("second");
        assertThat(report.verdict()).as(report.document().toString()).contains(Verdict.FAILED);
        assertThat(CanaryFolder.steps(report)).isEqualTo("50 FAILED\n");
        assertThat(report.document().objects("gates")).anySatisfy(gate -> {
            assertThat(gate.text("metric")).contains("stable_mismatches");
            assertThat(gate.text("verdict")).contains("PASSED");
        });
        assertThat(folder.served()).isEqualTo(stable);
        assertThat(folder.digest("candidate")).isEmpty();
        assertThat(report.outputs()).noneMatch(output -> output.name().equals("endpoint"));
    }

    /** The server that was started last. */
    private ProcessHandle candidate() {
        return folder.supervisor()
                .process()
                .orElseThrow()
                .children()
                .max((one, other) -> Long.compare(one.pid(), other.pid()))
                .orElseThrow();
    }

    private Process stage(String runId) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StageProgram.class.getName(),
                        temporary.toString(),
                        runId)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(new File(temporary.toFile(), "stage.log"))
                .start();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; !condition.getAsBoolean(); i++) {
            assertThat(i).as("times that it was looked").isLessThan(3000);
            Thread.sleep(20);
        }
    }
}
