// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.spec.InvalidRequestException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerizeSectionTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            runtime: flask                   | is not one of gatewright
            builder: kaniko                  | is not one of oci
            runtime: fastapi, builder: oci   | runtime fastapi runs commands in the image, which an engine does
            runtime: triton, builder: docker | runtime triton only lays files down, which needs no engine
            builder: docker, boot: unpacked  | what an engine has built is booted by it
            runtime: modelcar, boot: container | nothing runs in the image of a modelcar
            builder: docker                  | needs an image that it is built upon
            boot: container                  | needs an image that it is built upon
            builder: docker, base: "oci:x"   | an engine builds upon images of registries
            builder: docker, archive: m.tar  | the builder docker leaves its image in the engine
            engine: {host: "unix:///x"}      | no engine is asked here
            runtime: dockerfile              | needs to know what is built
            runtime: dockerfile, dockerfile: {model: m.onnx} | needs the key 'model-at'
            runtime: dockerfile, dockerfile: {model: m.onnx, model-at: m.onnx} | is no absolute path of a file in the image
            runtime: dockerfile, dockerfile: {model: ../m.onnx, model-at: /m.onnx} | is not a path below
            runtime: dockerfile, base: "r.example/java:17", dockerfile: {model: m.onnx, model-at: /m} | a Dockerfile says itself what it is built upon
            dockerfile: {model: m.onnx, model-at: /m.onnx} | has no Dockerfile of yours
            serving: {protocol: v1}          | is asked as it serves
            runtime: dockerfile, dockerfile: {model: m, model-at: /m}, serving: {authority: a.pem} | nobody vouches for a server without TLS
            image: Digits                    | is not an image's name
            image: "a b"                     | is not an image's name
            push: true                       | the registry that its name begins with
            image: digits, push: true        | the registry that its name begins with
            base: java                       | is neither none, nor oci:FOLDER, nor an image's name
            registry: {tls: false}           | registry has no key 'tls'
            platform: windows/amd64          | is not one of linux/amd64, linux/arm64
            port: 0                          | is not a whole number from 1 to 65535
            archive: ../m.tar                | is not a path below the spec's folder
            archive: model.onnx              | has to end in .tar
            labels: {dev.gatewright.x: y}    | are written by the stage alone
            gates: [{metric: image_bytes, min: 1}] | a gate of containerize has no key 'min'
            gates: [{metric: image_bytes}]   | a gate without a bound decides nothing
            gates: [{metric: image_bytes, max: -1}] | no image_bytes is negative
            """)
    void refusesWhatIsWrong(String keys, String sentence) {
        ContainerizeFolder prepared = new ContainerizeFolder(folder);

        assertThatThrownBy(() -> prepared.spec(keys))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aDotIsTheFolderOfTheSpec() throws Exception {
        String own = "runtime: dockerfile, builder: docker, dockerfile: {model: m.onnx, model-at: /m.onnx, context: .}";

        assertThat(new ContainerizeFolder(folder).spec(own).resolve(Path.of("")))
                .isEqualTo(folder);
    }
}
