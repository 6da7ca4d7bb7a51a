// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.Installation;
import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.oci.Digest;
import dev.gatewright.stages.oci.ImageLayout;
import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.metrics.gate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerizeStageTest {
    private static final String OTHER = "0000000000000000000000000000000000000000000000000000000000000000";

    @TempDir
    private Path temporary;

    private ContainerizeFolder folder;

    @BeforeEach
    void write() throws IOException {
        folder = new ContainerizeFolder(Files.createDirectory(temporary.resolve("one"))).write("");
    }

    private static Json.Obj image(Report report) {
        return report.document().object("facts").object("image");
    }

    private static Map<String, Json> layers(Report report) {
        return image(report).objects("layers").stream()
                .collect(java.util.stream.Collectors.toMap(
                        layer -> layer.text("name").orElseThrow(),
                        layer -> layer.get("digest").orElseThrow()));
    }

    private Json.Obj document(String run) throws IOException {
        Path file = folder.path(".gatewright/runs/" + run + "/containerize/image.json");
        return (Json.Obj) JsonReader.read(Files.readAllBytes(file));
    }

    private ImageLayout layout(String run) throws IOException {
        return ImageLayout.open(folder.path(".gatewright/runs/" + run + "/containerize/image"));
    }

    @Test
    void leavesAnImageThatNamesTheModelThatWasJudged() throws Exception {
        Report report = folder.run().run("1");

        assertThat(report.verdict())
                .as(report.document().text("headline").orElse(""))
                .contains(Verdict.PASSED);
        String model = report.inputs().get(0).sha256();
        Json.Obj document = document("1");
        assertThat(document.text("format")).contains("gatewright-image/v1");
        assertThat(document.text("modelDigest")).contains(model);
        assertThat(document.text("digest")).isEqualTo(image(report).text("digest"));
        ImageLayout layout = layout("1");
        Json.Obj manifest = layout.document(layout.index().get(0));
        assertThat(layout.index().get(0).digest())
                .hasToString(document.text("digest").orElseThrow());
        assertThat(layout.blob(
                        Digest.parse(manifest.object("config").text("digest").orElseThrow())))
                .content()
                .contains("\"dev.gatewright.model.digest\":\"sha256:" + model + "\"", "\"User\":\"65532:65532\"")
                .contains("ORT_DISABLE_TELEMETRY=1");
        assertThat(report.outputs()).extracting("name").containsExactly("image", "bill-of-materials", "golden");
    }

    /** Also where the program's libraries were unpacked for this machine, out of a jar that was then packed anew. */
    @Test
    void theSameModelGivesTheSameImageWithAPreparedProgramInAnotherFolder() throws Exception {
        Report one = folder.run().run("1");
        ContainerizeFolder other = new ContainerizeFolder(Files.createDirectory(temporary.resolve("two"))).write("");
        other.zip("server/onnxruntime-1.29.0.jar", Map.of("ai/onnxruntime/OrtSession.class", "the runtime"));
        Path libraries = Files.createDirectories(other.path("native/linux-x64"));
        Files.writeString(libraries.resolve("libonnxruntime.so"), "a library");

        Report prepared = other.run(new Installation(
                        Installation.Part.NONE,
                        new Installation.Part(
                                List.of(
                                        other.path("server/model-server.jar"),
                                        other.path("server/onnxruntime-1.29.0.jar")),
                                List.of("-Donnxruntime.native.path=" + libraries))))
                .run("7");

        assertThat(prepared.verdict()).contains(Verdict.PASSED);
        assertThat(image(prepared)).isEqualTo(image(one));
    }

    @Test
    void anUnchangedLayerIsNotWrittenAgainInTheNextRun() throws Exception {
        Thread.sleep(40); // the files are older than a tick of the file system's clock
        Report one = folder.run().run("1");
        Report two = folder.run().run("2");

        assertThat(image(two)).isEqualTo(image(one));
        assertThat(two.document().object("environment").object("image").objects("layers"))
                .allSatisfy(layer -> assertThat(layer.get("reused")).contains(new Json.Bool(true)));
    }

    @Test
    void aNewModelChangesItsOwnLayerAlone() throws Exception {
        Map<String, Json> before = layers(folder.run().run("1"));
        folder.writeModel(2);
        folder.judgeAgain();

        Map<String, Json> after = layers(folder.run().run("2"));

        assertThat(after.get("runtime")).isEqualTo(before.get("runtime"));
        assertThat(after.get("application")).isEqualTo(before.get("application"));
        assertThat(after.get("model")).isNotEqualTo(before.get("model"));
    }

    @Test
    void refusesAModelThatWasNotJudged() throws Exception {
        folder.writeModel(2);

        Report report = folder.run().run("1");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(report.document().text("headline").orElseThrow())
                .contains("model.onnx is not the file of evaluate-metrics any more");
        assertThat(folder.path(".gatewright/runs/1/containerize/image.json")).doesNotExist();
    }

    @Test
    void refusesAModelWhereOnlyPredictionsWereJudged() throws Exception {
        folder.judgePredictions();

        Report report = folder.run().run("1");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(report.document().text("headline").orElseThrow())
                .contains("has passed no gates of evaluate-metrics in this run");
    }

    @Test
    void anImageThatIsTooLargeFails() throws Exception {
        folder.spec("gates: [{metric: image_bytes, max: 1000}]");

        Report report = folder.run().run("1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(report.document().objects("gates").get(3).text("sentence").orElseThrow())
                .startsWith("image_bytes ")
                .contains("is above max 1000");
    }

    @Test
    void saysWhatTheProgramLacks() throws Exception {
        StageRun without = folder.run(Installation.NONE);
        assertThat(without.run("1").document().text("headline").orElseThrow()).contains("lacks its server");

        folder.spec("platform: linux/arm64");
        assertThat(folder.run().run("2").document().text("headline").orElseThrow())
                .contains("has no library of ONNX Runtime for linux/arm64");
    }

    @Test
    void theServerIsToldTheModelAndItsDigestByThePathInTheImage() throws Exception {
        Report report = folder.run().run("1");
        ImageLayout layout = layout("1");
        String layer = ((Json.Text) layers(report).get("model")).value();

        Path unpacked = Files.createDirectory(temporary.resolve("unpacked"));
        Process tar = new ProcessBuilder(
                        "tar", "-xf", layout.blob(Digest.parse(layer)).toString(), "-C", unpacked.toString())
                .start();
        assertThat(tar.waitFor()).isZero();
        Json.Obj server = (Json.Obj) JsonReader.read(Files.readAllBytes(unpacked.resolve("gatewright/server.json")));
        assertThat(unpacked.resolve("gatewright")
                        .resolve(server.object("model").text("path").orElseThrow()))
                .hasSameBinaryContentAs(folder.path("model.onnx"));
        assertThat(server.object("model").text("sha256"))
                .contains(report.inputs().get(0).sha256());
    }

    @Test
    void anImageIsBuiltUponAnotherThatIsPinned() throws Exception {
        Report base = folder.run().run("1");
        folder.spec("base: \"oci:.gatewright/runs/1/containerize/image\"");

        Report report = folder.run().run("2");

        assertThat(report.verdict()).contains(Verdict.PASSED);
        assertThat(image(report).text("base"))
                .contains("oci-layout@" + image(base).text("digest").orElseThrow());
        assertThat(layout("2").document(layout("2").index().get(0)).objects("layers"))
                .hasSize(6);
    }

    @Test
    void aBaseThatIsNotThereIsNamed() throws Exception {
        folder.spec("base: \"oci:nowhere\"");

        Report report = folder.run().run("1");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(report.document().text("headline").orElseThrow()).contains("nowhere is no OCI layout");
    }

    @Test
    void aRegistryThatIsNotThereIsNamedAndTheImageIsNoPass() throws Exception {
        folder.spec("image: \"localhost:1/m\", push: true");

        Report report = folder.run().run("1");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(report.document().text("headline").orElseThrow()).contains("localhost:1 cannot be reached");
        assertThat(folder.path(".gatewright/runs/1/containerize/image.json")).doesNotExist();
    }

    /** It would wait for the registry otherwise, and fail. */
    @Test
    void anImageThatBreaksAGateIsNeitherPushedNorArchived() throws Exception {
        folder.spec("image: \"localhost:1/m\", push: true, archive: m.tar, gates: [{metric: image_bytes, max: 1000}]");

        assertThat(folder.run().run("1").verdict()).contains(Verdict.FAILED);
        assertThat(folder.path("m.tar")).doesNotExist();
    }

    @Test
    void theBootedImageIsAskedTheGoldenRowsAndNothingIsLeft() throws Exception {
        Report report = folder.run().run("1");

        assertThat(report.document().object("environment").object("boot").text("how"))
                .contains("booted without a container");
        assertThat(report.document().object("facts").object("golden").number("rows"))
                .contains(70.0);
        assertThat(report.document().objects("metrics"))
                .extracting(metric -> metric.text("metric").orElseThrow())
                .contains("agreement", "image_bytes", "cold_start_ms", "server_memory_mb");
        assertThat(folder.path(".gatewright/runs/1/containerize/booted")).doesNotExist();
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    /** Its form is held against the published schema by the conformance of the program's own one; here is what it says. */
    @Test
    void theBillOfMaterialsHasTheModelWithWhatWasMeasuredAndRefersToTheImage() throws Exception {
        folder.spec("labels: {org.opencontainers.image.licenses: Apache-2.0}");

        Report report = folder.run().run("1");

        Path file = folder.path(".gatewright/runs/1/containerize/bill-of-materials.cdx.json");
        Json.Obj bill = (Json.Obj) JsonReader.read(Files.readAllBytes(file));
        Json.Obj model = bill.objects("components").get(0);
        assertThat(model.text("type")).contains("machine-learning-model");
        assertThat(model.objects("hashes").get(0).text("content"))
                .contains(report.inputs().get(0).sha256());
        assertThat(model.objects("licenses").get(0).text("expression")).contains("Apache-2.0");
        Json.Obj metric = model.object("modelCard")
                .object("quantitativeAnalysis")
                .objects("performanceMetrics")
                .get(0);
        assertThat(metric.text("type")).contains("size_bytes");
        assertThat(metric.text("value")).contains("1");
        assertThat(bill.object("metadata").object("component").text("version"))
                .isEqualTo(image(report).text("digest"));
        ImageLayout layout = layout("1");
        Json.Obj referrer = layout.document(layout.index().get(1));
        assertThat(referrer.object("subject").text("digest"))
                .isEqualTo(image(report).text("digest"));
        assertThat(referrer.object("annotations").text("dev.gatewright.run")).contains("1");
        Digest blob =
                Digest.parse(referrer.objects("layers").get(0).text("digest").orElseThrow());
        assertThat(layout.blob(blob)).hasSameBinaryContentAs(file);
    }

    @Test
    void anImageThatAnswersOtherwiseThanTheJudgedModelFails() throws Exception {
        folder.writeGolden(1.001f);

        Report report = folder.run().run("1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(report.document().objects("gates").get(2).text("sentence").orElseThrow())
                .startsWith("golden_mismatches 70 is above max 0")
                .contains("row 'row 0', output 'scores' is 1.0 in element 1");
    }

    @Test
    void whatTheBootedImageAnswersIsJudgedByTheMetricsOfTheTask() throws Exception {
        folder.spec("gates: [{metric: accuracy, min: 0.99}, {metric: f1, average: macro, zero-division: 0, min: 0.6}]");

        assertThat(folder.run().run("1").verdict()).contains(Verdict.PASSED);

        folder.writeGolden(1, value -> "c");
        Report wrong = folder.run().run("2");
        assertThat(wrong.verdict()).contains(Verdict.FAILED);
        assertThat(wrong.document().objects("gates").get(3).text("sentence").orElseThrow())
                .startsWith("accuracy 0 (n=70) is below min 0.99");
    }

    @Test
    void aGateThatNoImageCanHoldIsRefused() throws Exception {
        folder.spec("gates: [{metric: latency_p95_ms, max: 5}, {metric: image_byte, max: 5}]");

        assertThat(folder.run().check().errors())
                .extracting(problem -> problem.message())
                .anyMatch(message -> message.contains("no latency_p95_ms is measured of an image"))
                .anyMatch(message -> message.contains("there is no metric 'image_byte'"));
    }

    @ParameterizedTest
    @CsvSource({
        "crashes, the server of the image ended with 3: cannot serve",
        "silent,  the server of the image says no address when it is ready",
        "other,   serves the model [" + OTHER + "]",
        "refuses, the booted image did not answer",
    })
    void aServerThatDoesNotServeTheModelIsNoPass(String behaviour, String sentence) throws Exception {
        folder.spec(behaviour, "");

        Report report = folder.run().run("1");

        assertThat(report.verdict()).contains(Verdict.NOT_EVALUATED);
        assertThat(report.document().text("headline").orElseThrow()).contains(sentence);
        assertThat(ProcessHandle.current().children()).isEmpty();
        assertThat(folder.path(".gatewright/runs/1/containerize/booted")).doesNotExist();
    }

    @Test
    void aSlowStartFailsItsGate() throws Exception {
        folder.spec("gates: [{metric: cold_start_ms, max: 0.001}, {metric: server_memory_mb, max: 100000}]");

        Report report = folder.run().run("1");

        assertThat(report.verdict()).contains(Verdict.FAILED);
        assertThat(report.document().objects("gates"))
                .extracting(gate -> gate.text("verdict").orElseThrow())
                .containsExactly("PASSED", "PASSED", "PASSED", "FAILED", "PASSED");
    }

    @Test
    void aSpecWithoutAJudgementIsRefused() throws Exception {
        Files.writeString(folder.path("gatewright.yaml"), """
                gatewright: 1
                model: {name: m, task: multiclass-classification, path: model.onnx, classes: [a, b, c]}
                stages:
                  containerize: {}
                """);

        assertThat(folder.run().check().errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("the spec has no such stage"));
        assertThat(folder.run().spec().stage(StageName.CONTAINERIZE)).isPresent();
    }
}
