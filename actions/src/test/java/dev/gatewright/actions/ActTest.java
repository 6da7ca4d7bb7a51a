// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.actions;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatewright.stages.api.host.ResultField;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The actions in workflows, as they are run on a machine: the example's, the documentation's, and some that do not pass. */
@Tag("act")
class ActTest {
    /** Shared, so that the program is unpacked once. */
    @TempDir
    private static Path folder;

    private static Act act;
    private static HttpServer server;

    @BeforeAll
    static void makeRepository() throws Exception {
        Requires.act();
        Path zip = BuiltProgram.zip();
        act = new Act(folder, Action.ROOT.resolve("examples/github"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, Files.size(zip));
            Files.copy(zip, exchange.getResponseBody());
            exchange.close();
        });
        server.start();
        act.set("ZIP", zip.toString())
                .set("GATEWRIGHT_URL", "http://localhost:" + server.getAddress().getPort() + "/gatewright.zip")
                .set("GATEWRIGHT_SHA256", Archives.sha256(zip));
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void theExampleAndTheDocumentationPass() throws Exception {
        Snippet documented = Snippet.workflows().get(0);
        act.write(".github/workflows/both/example.yml", act.read(".github/workflows/gatewright.yml"))
                .write(
                        ".github/workflows/both/documented.yml",
                        documented.text().replace("name: Gates", "name: Doc"));
        Act.Ended ended = act.run("push", "both");

        assertThat(ended.code()).as(ended.log()).isZero();
        assertThat(ended.log()).containsPattern("Gatewright/Gates *].*Job succeeded");
        assertThat(ended.log()).containsPattern("Gatewright/Doc *].*Job succeeded");
        assertThat(ended.log()).contains("Summary - ## ✅ PASSED: largest", "::set-output:: verdict=PASSED");
        assertThat(ended.log()).doesNotContain("::error");
        assertThat(act.shared().resolve("runs/github-1-1/run.html")).exists();
    }

    @Test
    void whatDoesNotPassFailsItsJobAndSaysWhy() throws Exception {
        String spec = act.read("gatewright.yaml");
        act.write("wrong.yaml", spec.replace("min: 0.9, confidence: 0.95}", "mim: 0.9}"))
                .write(".github/workflows/outcomes.yml", resource("outcomes.yml"));
        Act.Ended ended = act.run("push", "outcomes.yml");

        assertThat(ended.code()).as(ended.log()).isNotZero();
        assertThat(Pattern.compile("Job failed").matcher(ended.log()).results()).hasSize(4);
        assertThat(outputs("failed", "FAILED", "DONE").text("why").orElseThrow())
                .startsWith("log_loss 0.2216 nats");
        assertThat(outputs("inconclusive", "INCONCLUSIVE", "DONE").text("run-id"))
                .contains("undecided");
        assertThat(outputs("wrong", "NOT_EVALUATED", "NOT_STARTED").text("why")).contains("1 problem of the request");
        outputs("without-program", "NOT_EVALUATED", "NOT_STARTED");
        assertThat(ended.log())
                .contains(
                        "::error title=evaluate-metrics%3A FAILED,file=gatewright.yaml,line=21,col=9::log_loss 0.2216 nats")
                .contains(
                        "::error title=evaluate-metrics%3A INCONCLUSIVE,file=gatewright.yaml,line=19,col=9::accuracy 1 ")
                .contains("::error title=Wrong request,file=wrong.yaml,line=19,col=28::a gate has no key 'mim'")
                .contains("::error title=Gatewright::" + BuiltProgram.zip() + " has the SHA-256 ")
                .contains("Summary - ## ❌ FAILED: largest");
    }

    @Test
    void aRunIsHandedFromJobToJob() throws Exception {
        Act.Ended ended = act.run("workflow_dispatch", "stages.yml");

        assertThat(ended.code()).as(ended.log()).isZero();
        assertThat(ended.log()).contains("unpacked run github-1-1: ");
        assertThat(ended.log()).containsPattern("\\| localhost/largest:model-f54e81443ed9@sha256:[0-9a-f]{64}");
    }

    @Test
    void aCancelledJobEndsAllThatItStarted() throws Exception {
        String spec = act.read("gatewright.yaml");
        act.write("long.yaml", spec.substring(0, spec.indexOf("stages:")) + """
                        stages:
                          train-gate:
                            run: sh -c 'echo $$ >>"$SHARED/pids"; sleep 600 & echo $! >>"$SHARED/pids"; wait'
                            metrics: metrics.json
                            gates: [{metric: loss, max: 1}]
                        """)
                .write(".github/workflows/cancelled.yml", resource("cancelled.yml"));
        Act.Started started = act.start("push", "cancelled.yml");
        Path pids = act.shared().resolve("pids");
        await(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 2);
        List<ProcessHandle> all = Stream.concat(
                        started.process().descendants(),
                        Files.readAllLines(pids).stream()
                                .map(Long::parseLong)
                                .flatMap(pid -> ProcessHandle.of(pid).stream()))
                .toList();
        Process kill = new ProcessBuilder(
                        "kill", "-INT", Long.toString(started.process().pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
        Act.Ended ended = started.ended();

        assertThat(ended.code()).as(ended.log()).isNotZero();
        assertThat(all).hasSizeGreaterThan(4);
        await(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** A condition that may need a file that is not there yet. */
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static Json.Obj outputs(String job, String verdict, String status) throws Exception {
        Json.Obj outputs =
                (Json.Obj) JsonReader.read(Files.readAllBytes(act.shared().resolve(job + ".json")));
        assertThat(outputs.members())
                .containsOnlyKeys(Arrays.stream(ResultField.values())
                        .map(ResultField::spelling)
                        .toList());
        assertThat(outputs.text("verdict")).contains(verdict);
        assertThat(outputs.text("status")).contains(status);
        return outputs;
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = ActTest.class.getResourceAsStream("ActTest/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
