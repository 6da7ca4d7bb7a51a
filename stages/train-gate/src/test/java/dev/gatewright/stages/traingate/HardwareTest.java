// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareTest {
    @TempDir
    private Path processes;

    @Test
    void tellsProcessorMemoryAndGpus() throws Exception {
        Files.writeString(processes.resolve("cpuinfo"), "processor\t: 0\nmodel name\t: Some CPU @ 2.0GHz\n");
        Files.writeString(processes.resolve("meminfo"), "MemTotal:       16384 kB\nMemFree: 1 kB\n");
        Path gpu = Files.createDirectories(processes.resolve("driver/nvidia/gpus/0000:01:00.0"));
        Files.writeString(gpu.resolve("information"), "Model: \t\t NVIDIA H100\nIRQ: 1\n");

        Json.Obj hardware = new Hardware(processes).describe();

        assertThat(hardware.text("processor")).contains("Some CPU @ 2.0GHz");
        assertThat(hardware.number("memoryBytes")).contains(16384.0 * 1024);
        assertThat(hardware.items("gpus")).isEqualTo(List.of(Json.of("NVIDIA H100")));
    }

    @Test
    void leavesOutWhatTheSystemDoesNotTell() {
        assertThat(new Hardware(processes.resolve("nowhere")).describe().members())
                .containsOnlyKeys("system", "architecture", "processors", "gpus");
    }
}
