// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.docker.DockerEngine;
import dev.gatewright.stages.docker.DockerImage;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that a real engine builds and boots, with a stand-in for the server. */
@Tag("docker")
@Timeout(600)
class ContainerizeEngineTest {
    private static final String NAME = "localhost:5000/gatewright-test/containerize:1";
    private static final String JAVA = "base: \"localhost:5000/base/java:bookworm\", ";
    private static final String PUSHED = "image: \"" + NAME + "\", push: true";

    /** Answers x times 1 as JSON of its own, as {@code behaviour} says. */
    private static final String SCORER = """
            import http.server, json, sys
            print("here I am", flush=True)
            class Scorer(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.answer(200, {})
                def do_POST(self):
                    asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                    self.answer(200, {"scores": [FACTOR * x for x in asked["row"]]})
                def answer(self, status, document):
                    body = json.dumps(document).encode()
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(body)))
                    self.send_header("Connection", "close")
                    self.end_headers()
                    self.wfile.write(body)
            http.server.HTTPServer(("", 80), Scorer).serve_forever()
            """;

    private static final String DOCKERFILE = """
            FROM localhost:5000/base/python:bookworm
            COPY scorer.py weights/model.onnx /srv/
            CMD ["python3", "/srv/scorer.py"]
            """;

    private static final String OWN = "runtime: dockerfile, image: \"" + NAME + "\", port: 80,"
            + " dockerfile: {model: weights/model.onnx, model-at: /srv/model.onnx},"
            + " serving: {protocol: mapping, path: /score, ready: /, request: {x: /row}, answer: {scores: /scores}}";

    @TempDir
    private Path temporary;

    private ContainerizeFolder folder;
    private DockerEngine engine;

    @BeforeEach
    void prepare() throws IOException {
        engine = DockerEngine.connect(Requires.docker());
        engine.remove(NAME);
        folder = new ContainerizeFolder(temporary);
        folder.write("");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        if (engine == null) {
            return; // the test was skipped
        }
        engine.remove(NAME);
        engine.close();
        for (String what :
                new String[] {"ps -aq --filter label=dev.gatewright.owner", "images -q gatewright-candidate"}) {
            Process docker = new ProcessBuilder(("docker " + what).split(" ")).start();
            assertThat(docker.getInputStream().readAllBytes()).as(what).isEmpty();
        }
        assertThat(temporary.resolve(".gatewright/runs/1/containerize/copied")).doesNotExist();
        assertThat(temporary.resolve(".gatewright/runs/1/containerize/booted.tar"))
                .doesNotExist();
    }

    private static String headline(Report report) {
        return report.document().text("headline").orElse("");
    }

    private Json.Obj document() throws IOException {
        return (Json.Obj)
                JsonReader.read(Files.readAllBytes(temporary.resolve(".gatewright/runs/1/containerize/image.json")));
    }

    private void writeScorer(String dockerfile, String factor) throws IOException {
        Files.writeString(temporary.resolve("Dockerfile"), dockerfile);
        Files.writeString(temporary.resolve("scorer.py"), SCORER.replace("FACTOR", factor));
    }

    @ParameterizedTest
    @CsvSource({"builder: docker", "'builder: oci, boot: container'"})
    void anImageOfEitherBuilderIsBootedInAContainerAndPushed(String builder) throws Exception {
        folder.spec(builder + ", " + JAVA + PUSHED);

        Report report = folder.run().run("1");

        assertThat(report.verdict()).as(headline(report)).contains(Verdict.PASSED);
        assertThat(report.document()
                        .object("environment")
                        .object("boot")
                        .text("how")
                        .orElseThrow())
                .startsWith("booted in a container of Docker engine");
        assertThat(report.document().objects("metrics"))
                .extracting(metric -> metric.text("metric").orElseThrow())
                .contains("image_bytes", "cold_start_ms", "server_memory_mb");
        assertThat(document().text("reference").orElseThrow()).startsWith(NAME + "@sha256:");
        assertThat(document().text("modelDigest"))
                .contains(report.inputs().get(0).sha256());
        assertThat(report.document()
                        .object("facts")
                        .object("image")
                        .text("base")
                        .orElseThrow())
                .contains("/base/java")
                .contains("@sha256:");
    }

    @Test
    void anImageHasItsNameOnlyOnceItHoldsAllGates() throws Exception {
        folder.spec("builder: docker, " + JAVA + "image: \"" + NAME + "\"");
        folder.run().run("1");
        Optional<DockerImage> before = engine.image(NAME);
        assertThat(before).isPresent();
        folder.writeGolden(1.001f);
        folder.spec("builder: docker, port: 8081, " + JAVA + "image: \"" + NAME + "\"");

        Report report = folder.run().run("2");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(engine.image(NAME)).isEqualTo(before);
    }

    @Test
    void anImageOfOnesOwnDockerfileIsAskedInItsOwnWords() throws Exception {
        writeScorer(DOCKERFILE, "1");
        folder.spec(OWN);

        Report report = folder.run().run("1");

        assertThat(report.verdict()).as(headline(report)).contains(Verdict.PASSED);
        assertThat(engine.image(NAME)).isPresent();
        assertThat(Files.readString(temporary.resolve(".gatewright/runs/1/containerize/server.log")))
                .contains("here I am");
        assertThat(Files.readString(temporary.resolve(".gatewright/runs/1/containerize/build.log")))
                .contains("COPY scorer.py");
    }

    /** Whatever a Dockerfile copies. */
    @Test
    void rowsWithColumnsThatNeverLeaveAreInNoImage() throws Exception {
        writeScorer("""
                FROM localhost:5000/base/python:bookworm
                COPY . /srv
                RUN [ ! -e /srv/rows/people.csv ] && [ ! -e /srv/.gatewright ] && mv /srv/weights/model.onnx /srv/model.onnx
                CMD ["python3", "/srv/scorer.py"]
                """, "1");
        Files.writeString(
                Files.createDirectories(temporary.resolve("rows")).resolve("people.csv"), "name,label\nAda,a\n");
        folder.spec(OWN);
        Path spec = temporary.resolve("gatewright.yaml");
        Files.writeString(
                spec,
                Files.readString(spec)
                        + "data: {people: {path: rows/people.csv, label: label, features: {x: name}, never-leave: [name]}}\n");

        Report report = folder.run().run("1");

        assertThat(report.verdict()).as(headline(report)).contains(Verdict.PASSED);
    }

    @Test
    void anImageThatAnswersOtherwiseFails() throws Exception {
        writeScorer(DOCKERFILE, "1.01");
        folder.spec(OWN);

        Report report = folder.run().run("1");

        assertThat(report.verdict()).as(headline(report)).contains(Verdict.FAILED);
        assertThat(engine.image(NAME)).isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            RUN echo >> /srv/model.onnx                 | the image has another model.onnx at /srv/model.onnx: its digest is
            RUN rm /srv/model.onnx                      | Could not find the file /srv/model.onnx
            RUN exit 7                                  | returned a non-zero code: 7
            RUN mv /srv/scorer.py /srv/other.py         | the container ended with 2
            CMD ["sh", "-c", "echo starting; sleep 90"] | the container was not ready within 10 s (http://127.0.0.1:
            """)
    void anImageThatCannotBeTrustedIsNoPass(String spoiled, String sentence) throws Exception {
        writeScorer(DOCKERFILE + spoiled + "\n", "1");
        // Only the one that never gets ready is waited for so long.
        folder.spec(sentence.contains("not ready") ? OWN.replace("serving: {", "serving: {ready-within: 10s, ") : OWN);

        Report report = folder.run().run("1");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(headline(report)).contains(sentence);
        assertThat(engine.image(NAME)).isEmpty();
        assertThat(temporary.resolve(".gatewright/runs/1/containerize/image.json"))
                .doesNotExist();
    }

    /** The real thing: packages from their registry, and the model by ONNX Runtime. */
    @Test
    void anApplicationThatIsWrittenForTheModelServesIt() throws Exception {
        folder.spec(
                "runtime: fastapi, engine: {build-network: host}, base: \"localhost:5000/base/python:bookworm\", image: \""
                        + NAME + "\"");

        Report report = folder.run().run("1");

        assertThat(report.verdict()).as(headline(report)).contains(Verdict.PASSED);
        assertThat(temporary.resolve(".gatewright/runs/1/containerize/build/app.py"))
                .isRegularFile();
        assertThat(report.document().object("environment").object("image").text("user"))
                .contains("65532:65532");
    }

    @Test
    void aModelThatIsNotTheOneInTheFolderTakesItsPlace() throws Exception {
        Files.createDirectories(temporary.resolve("weights"));
        Files.writeString(temporary.resolve("weights/model.onnx"), "what was trained last week");
        writeScorer(DOCKERFILE, "1");
        folder.spec(OWN);

        Report report = folder.run().run("1");

        assertThat(report.verdict()).as(headline(report)).contains(Verdict.PASSED);
        assertThat(temporary.resolve("weights/model.onnx")).hasContent("what was trained last week");
    }

    @Test
    void aRegistryThatRefusesIsNamedAndNothingIsPassed() throws Exception {
        folder.spec("builder: docker, " + JAVA + "image: \"localhost:1/m:1\", push: true");

        Report report = folder.run().run("1");

        engine.remove("localhost:1/m:1");
        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(headline(report)).contains("the engine could not push localhost:1/m:1");
    }

    @Test
    void aBaseThatIsNotThereIsNamed() throws Exception {
        folder.spec("builder: docker, base: \"localhost:5000/base/nothing:1\", image: \"" + NAME + "\"");

        Report report = folder.run().run("1");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(headline(report)).contains("base/nothing");
    }
}
