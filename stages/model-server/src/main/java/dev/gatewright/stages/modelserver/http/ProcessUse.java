// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.modelserver.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What this process takes of the machine. */
final class ProcessUse {
    /** Each by its name for Prometheus. */
    static final Map<String, Supplier<String>> GAUGES = new TreeMap<>(Map.of(
            "process_cpu_seconds_total", ProcessUse::cpuSeconds,
            "process_resident_memory_bytes", ProcessUse::residentBytes,
            "gatewright_heap_bytes", ProcessUse::heapBytes));

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String UNKNOWN = "NaN";

    private ProcessUse() {}

    private static String cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(used -> Double.toString(
                        used.toNanos() / (double) Duration.ofSeconds(1).toNanos()))
                .orElse(UNKNOWN);
    }

    private static String residentBytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.toString(Long.parseLong(line.replaceAll("\\D", "")) << 10);
                }
            }
        } catch (IOException e) {
            // No Linux.
        }
        return UNKNOWN;
    }

    private static String heapBytes() {
        Runtime runtime = Runtime.getRuntime();
        return Long.toString(runtime.totalMemory() - runtime.freeMemory());
    }
}
