// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.smoketest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageOutcome;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Artifact;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.testkit.FakeStage;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only the judged model, behind a server that refuses what it must, passes. */
@Timeout(120)
class SmokeTestStageTest {
    private static final String OTHER = "cd".repeat(32);

    @TempDir
    private Path path;

    private ModelServer server;
    private SmokeFolder folder;

    @BeforeEach
    void start() throws Exception {
        server = new ModelServer();
        folder = new SmokeFolder(path).asking(server, "");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String judged() throws Exception {
        return Artifact.of("model", path.resolve("model.onnx"), path).sha256();
    }

    @Test
    void passesTheJudgedModelAndTellsAllThatWasSeen() throws Exception {
        server.naming(judged());
        Report report = folder.with(
                        "load: {rate: 100, time: 500ms, arrivals: constant}", "burst: 20", "identity: digest")
                .gates(
                        "[{metric: accuracy, min: 0.9, confidence: 0.9}, {metric: f1, average: macro, max-degradation: 0.01},"
                                + " {metric: agreement, min: 0.99}, {metric: latency_p99_ms, max: 60000},"
                                + " {metric: error_rate, max: 0}, {metric: achieved_rate, min: 1}, {metric: ready_after_ms, max: 60000}]")
                .run();

        assertThat(SmokeFolder.headline(report)).isEqualTo("PASSED");
        assertThat(SmokeFolder.sentences(report))
                .hasSize(10)
                .contains(
                        "golden_mismatches 0 holds max 0",
                        "malformed_accepted 0 holds max 0",
                        "burst_failures 0 holds max 0",
                        "accuracy 1 (90% CI 0.9366–1, n=40) holds min 0.9",
                        "f1[macro] 1 against judged 1, a degradation of 0 (n=40, paired) holds max-degradation 0.01",
                        "agreement with judged 1 (n=40) holds min 0.99",
                        "error_rate 0 holds max 0");
        Json.Obj facts = report.document().object("facts");
        assertThat(facts.object("identity").text("proof")).contains("digest");
        assertThat(facts.object("identity").text("model")).contains(judged());
        Json.Obj load =
                report.document().object("environment").object("endpoint").object("load");
        assertThat(load.number("answered")).contains(50.0);
        assertThat(load.items("latencies")).isNotEmpty();
        assertThat(report.inputs()).extracting(Artifact::name).containsExactly("model", "holdout");
        try (Stream<Path> left = Files.list(path.resolve(".gatewright/runs/1/smoke-test"))) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("report.json");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "protocol: v1",
                "protocol: mapping, path: /score, ready: /health, request: {x: [/row/a, /row/b]}, answer: {scores: /result/scores}",
            })
    void asksInOtherProtocols(String keys) throws Exception {
        Report report = folder.asking(server, keys).run();

        assertThat(SmokeFolder.headline(report)).isEqualTo("PASSED");
        assertThat(report.document().object("facts").object("identity").text("proof"))
                .contains("golden");
    }

    @Test
    void anotherModelOfTheSameAccuracyFails() throws Exception {
        // No row lies between 0 and 1/60: all labels are the same, and no score is.
        Report report =
                new SmokeFolder(path).asking(server.sayingYesAbove(0.005), "").run();

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(SmokeFolder.sentences(report))
                .contains("accuracy 1 (n=40) holds min 0.9")
                .anyMatch(sentence -> sentence.startsWith("golden_mismatches ") && sentence.contains("is above max 0"));
        assertThat(report.document().object("environment").object("endpoint").items("mismatches"))
                .first()
                .asString()
                .contains("row 'holdout:1', output 'scores' is ");
        assertThat(report.document().object("facts").object("identity").text("proof"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aDigestOfAnotherModelIsNoPassHoweverItAnswers(boolean inTurn) throws Exception {
        server.naming(inTurn ? new String[] {judged(), OTHER} : new String[] {OTHER});

        Report report = folder.run();

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(SmokeFolder.headline(report)).contains(judged()).contains(OTHER);
    }

    @Test
    void aProofThatIsDemandedAndNotHadIsNoPass() throws Exception {
        Report report = folder.with("identity: digest").run();

        assertThat(SmokeFolder.headline(report))
                .startsWith(
                        "NOT_EVALUATED: the spec demands the proof of identity 'digest', and the strongest that was had is"
                                + " 'golden'");
    }

    @Test
    void aServerThatAnswersWhatIsMalformedFails() throws Exception {
        Report report =
                new SmokeFolder(path).asking(server.acceptingAnything(), "").run();

        assertThat(SmokeFolder.headline(report)).startsWith("FAILED");
        assertThat(SmokeFolder.sentences(report))
                .anyMatch(sentence -> sentence.startsWith("malformed_accepted 10 is above"));
        assertThat(new SmokeFolder(path)
                        .asking(server, "")
                        .with("malformed: skip")
                        .stage()
                        .run("2")
                        .verdict())
                .contains(Verdict.PASSED);
    }

    @Test
    void aKeyThatNobodyDemandsFails() throws Exception {
        folder.asking(server, "secret: ENDPOINT_KEY").with("authentication: required");

        Report open =
                folder.stage().with(name -> Optional.of("s3cr3t-of-nobody")).run("1");
        server.demanding("s3cr3t-of-nobody");
        Report closed =
                folder.stage().with(name -> Optional.of("s3cr3t-of-nobody")).run("2");
        Report missing = folder.run();

        assertThat(SmokeFolder.sentences(open)).contains("unauthenticated_answers 2 is above max 0: would pass at 2");
        assertThat(closed.verdict()).as(SmokeFolder.headline(closed)).contains(Verdict.PASSED);
        assertThat(SmokeFolder.headline(missing)).startsWith("NOT_EVALUATED: the secret ENDPOINT_KEY is not there");
        try (Stream<Path> files = Files.walk(path)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !file.toString().endsWith(".onnx")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("s3cr3t"));
        }
    }

    @Test
    void requestsThatFailUnderTheLoadAreInTheErrorRate() throws Exception {
        folder.golden("golden: {data: holdout, rows: 3}")
                .asking(server.failingEvery(4), "")
                .with("load: {rate: 100, time: 400ms, arrivals: constant}", "malformed: skip")
                .gates("[{metric: accuracy, min: 0.9}, {metric: error_rate, max: 0.1}]");

        Report report = folder.run();

        assertThat(SmokeFolder.sentences(report)).contains("error_rate 0.25 is above max 0.1: would pass at 0.25");
    }

    @Test
    void nothingThatListensIsNoPass() throws Exception {
        int port;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listener.getLocalPort();
        }
        Report report = folder.asking("endpoint: {url: \"http://127.0.0.1:" + port + "\", ready-within: 100ms}")
                .run();

        assertThat(SmokeFolder.headline(report))
                .startsWith("NOT_EVALUATED: http://127.0.0.1:" + port + " was not ready within 100 ms");
    }

    @Test
    void rowsByHandWithLabelsAloneHaveToBeAnsweredWithThem() throws Exception {
        Files.writeString(path.resolve("golden.json"), """
                {"format": "gatewright-golden/v1",
                 "inputs": [{"name": "x", "datatype": "FP32", "shape": [2]}],
                 "outputs": [{"name": "scores", "datatype": "FP32", "shape": [2]}],
                 "rows": [{"id": "sure", "inputs": {"x": [1, 0]}, "expected": {"label": "yes"}},
                          {"id": "wrong", "inputs": {"x": [0.5, 0]}, "expected": {"label": "no"}}]}
                """);
        Report report = folder.golden("golden: {path: golden.json}")
                .gates("[{metric: accuracy, min: 0.5}]")
                .run();

        assertThat(SmokeFolder.sentences(report))
                .contains("golden_mismatches 1 is above max 0: would pass at 1", "accuracy 0.5 (n=2) holds min 0.5");
    }

    @Test
    void asksWhatAnEarlierStageLeftRunning() throws Exception {
        Report report = folder.asking("").runAfter(request -> {
            try {
                Path document = request.folder().resolve("endpoint.json");
                Files.writeString(
                        document,
                        "{\"format\": \"gatewright-endpoint/v1\", \"url\": \"" + server.url()
                                + "\", \"protocol\": \"v2\", \"model\": \"m\", \"modelDigest\": \"sha256:" + OTHER
                                + "\"}");
                Json.Obj nothing = Json.object().build();
                return new StageOutcome(
                        FakeStage.outcome(1).gates(),
                        List.of(),
                        List.of(),
                        List.of(Artifact.of("endpoint", document, request.spec().folder())),
                        nothing,
                        nothing);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(SmokeFolder.headline(report))
                .startsWith("NOT_EVALUATED: the judged model's digest is " + judged()
                        + ", and the one that was deployed to " + server.url() + " has " + OTHER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|malformed: refuse|{metric: latency_p99_ms, max: 5}|latency_p99_ms is measured under a load",
                "|malformed: refuse|{metric: error_rate, max: 0.1}|error_rate is measured under a load",
                "|malformed: refuse|{metric: error_rate, max: 5}|lies between 0 and 1",
                "|malformed: refuse|{metric: size_bytes, max: 5}|size_bytes is not seen from outside an endpoint",
                "|malformed: refuse|{metric: throughput, min: 5}|throughput is not seen from outside an endpoint",
                "|malformed: refuse|{metric: accuracy, max-degradation: 0.1, against: baseline}|cannot compare with 'baseline'",
                "|tls: {min-version: 1.3}|{metric: accuracy, min: 0.9}|is asked without TLS",
                "|tls: {}|{metric: accuracy, min: 0.9}|tls needs the key 'min-version' or 'min-days-left'",
                "|authentication: required|{metric: accuracy, min: 0.9}|can only be asked with it",
                "|load: {rate: 0, time: 1s}|{metric: accuracy, min: 0.9}|a load has from 1 to 1000000 requests",
                "|golden: {rows: 3}|{metric: accuracy, min: 0.9}|golden needs the key 'data', or 'path'",
                "protocol: mapping|malformed: refuse|{metric: accuracy, min: 0.9}|protocol mapping needs the key 'path'",
                "path: /x|malformed: refuse|{metric: accuracy, min: 0.9}|remove the key 'path', or write protocol: mapping",
            })
    void refusesWhatDoesNotFitTogether(String endpoint, String key, String gate, String sentence) throws Exception {
        folder.asking(server, endpoint == null ? "" : endpoint).with(key).gates("[" + gate + "]");
        if (key.startsWith("golden")) {
            folder.golden(key).with("malformed: refuse");
        }

        assertThat(folder.problems()).singleElement().asString().contains(sentence);
    }

    @Test
    void asksForAnEndpointAndForRows() throws Exception {
        assertThat(folder.asking("").golden("").problems())
                .hasSize(2)
                .anyMatch(problem -> problem.contains("nothing says which"))
                .anyMatch(problem -> problem.contains("neither the key 'endpoint' nor a stage canary-deploy"));
    }
}
