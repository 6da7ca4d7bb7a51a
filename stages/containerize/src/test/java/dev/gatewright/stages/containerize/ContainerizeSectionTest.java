// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.containerize;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.stages.api.spec.InvalidRequestException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerizeSectionTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            runtime: triton                  | is not one of gatewright
            builder: docker                  | is not one of oci
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
}
