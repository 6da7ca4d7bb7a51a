// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.oci.Digest;
import dev.gatewright.stages.oci.ImageLayout;
import dev.gatewright.validation.metrics.gate.Verdict;
import dev.gatewright.validation.testkit.Requires;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of the model alone. */
class ModelImageTest {
    @TempDir
    private Path temporary;

    private ContainerizeFolder folder;

    @BeforeEach
    void write() throws Exception {
        folder = new ContainerizeFolder(Files.createDirectory(temporary.resolve("one"))).write("");
    }

    /** Unpacks the one layer of the image, by a tar that is not ours. */
    private Path unpacked(Report report) throws Exception {
        ImageLayout layout = ImageLayout.open(folder.path(".gatewright/runs/1/containerize/image"));
        var layers = report.document().object("facts").object("image").objects("layers");
        assertThat(layers).hasSize(1);
        Path into = Files.createDirectory(temporary.resolve("unpacked"));
        Digest digest = Digest.parse(layers.get(0).text("digest").orElseThrow());
        Process tar = new ProcessBuilder("tar", "-xf", layout.blob(digest).toString(), "-C", into.toString()).start();
        assertThat(tar.waitFor()).isZero();
        return into;
    }

    private Json.Obj config() throws Exception {
        ImageLayout layout = ImageLayout.open(folder.path(".gatewright/runs/1/containerize/image"));
        Json.Obj manifest = layout.document(layout.index().get(0));
        Digest digest = Digest.parse(manifest.object("config").text("digest").orElseThrow());
        return (Json.Obj) JsonReader.read(Files.readAllBytes(layout.blob(digest)));
    }

    @Test
    void aModelcarHoldsTheModelAndStartsNothing() throws Exception {
        folder.spec("runtime: modelcar");

        Report report = folder.run().run("1");

        assertThat(report.verdict())
                .as(report.document().text("headline").orElse(""))
                .contains(Verdict.PASSED);
        assertThat(report.document().object("environment").object("boot").text("how"))
                .contains("its model was served by this program, without a container");
        assertThat(unpacked(report).resolve("models/model.onnx")).hasSameBinaryContentAs(folder.path("model.onnx"));
        assertThat(config().object("config").get("Entrypoint")).isEmpty();
        assertThat(config().object("config").object("Labels").text("dev.gatewright.model.digest"))
                .contains("sha256:" + report.inputs().get(0).sha256());
    }

    @Test
    void aModelcarThatAnswersOtherwiseFails() throws Exception {
        folder.spec("runtime: modelcar");
        folder.writeGolden(1.001f);

        assertThat(folder.run().run("1").verdict()).contains(Verdict.FAILED);
    }

    @Test
    void aRepositoryIsOneThatTritonLoads() throws Exception {
        folder.spec("runtime: triton, port: 8000");

        Report report = folder.run().run("1");

        assertThat(report.verdict())
                .as(report.document().text("headline").orElse(""))
                .contains(Verdict.PASSED);
        Path unpacked = unpacked(report);
        assertThat(unpacked.resolve("models/m/1/model.onnx")).hasSameBinaryContentAs(folder.path("model.onnx"));
        assertThat(Files.readString(unpacked.resolve("models/m/config.pbtxt"))).isEqualTo("""
                name: "m"
                backend: "onnxruntime"
                default_model_filename: "model.onnx"
                max_batch_size: 0
                input [
                  { name: "x", data_type: TYPE_FP32, dims: [-1, 3] }
                ]
                output [
                  { name: "scores", data_type: TYPE_FP32, dims: [-1, 3] }
                ]
                """);
        assertThat(config().object("config").items("Entrypoint"))
                .extracting(word -> ((Json.Text) word).value())
                .containsExactly(
                        "tritonserver", "--model-repository=/models", "--http-port=8000", "--allow-grpc=false");
    }

    /** By the protocol buffers of its own client. */
    @Test
    @Tag("python")
    void itsConfigurationIsReadByTritonsOwnDefinition() throws Exception {
        folder.spec("runtime: triton");
        Path unpacked = unpacked(folder.run().run("1"));

        Process python = new ProcessBuilder(
                        Requires.python().toString(),
                        "-c",
                        """
                        import sys
                        from google.protobuf import text_format
                        from tritonclient.grpc import model_config_pb2
                        read = text_format.Parse(open(sys.argv[1]).read(), model_config_pb2.ModelConfig())
                        print(read.name, read.backend, read.input[0].name, list(read.input[0].dims), read.output[0].data_type)
                        """,
                        unpacked.resolve("models/m/config.pbtxt").toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("m onnxruntime x [-1, 3] 11\n");
        assertThat(python.waitFor()).isZero();
    }
}
