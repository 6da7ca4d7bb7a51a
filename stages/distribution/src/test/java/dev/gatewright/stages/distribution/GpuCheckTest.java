// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code ./verify --gpu} where it cannot check anything: that is a failure, and says why. */
class GpuCheckTest {
    @Test
    void failsWhereThereIsNoGpuOrNoLibrariesForIt() throws Exception {
        String missing = Files.exists(Path.of("/proc/driver/nvidia/version"))
                ? "verify: GATEWRIGHT_ONNXRUNTIME_LIBRARIES names no libraries"
                : "verify: there is no NVIDIA GPU here";
        ProcessBuilder builder = new ProcessBuilder("bash", "../../verify", "--gpu").redirectErrorStream(true);
        builder.environment().remove("GATEWRIGHT_ONNXRUNTIME_LIBRARIES");

        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said).contains(missing);
    }

    @Test
    void checksAgainstTheVersionThatJudges() throws IOException {
        Optional<String> version;
        try (var jars = Files.list(Path.of("target/gatewright/lib/worker"))) {
            version = jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.startsWith("onnxruntime-"))
                    .map(name -> name.replace("onnxruntime-", "").replace(".jar", ""))
                    .findFirst();
        }

        assertThat(Path.of("../../.ci/gpu/requirements.txt"))
                .content()
                .contains("onnxruntime-gpu==" + version.orElseThrow() + "\n");
    }
}
