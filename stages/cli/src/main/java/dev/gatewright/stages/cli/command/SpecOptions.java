// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which spec, and what of it is set on the command line. */
final class SpecOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "SPEC",
            defaultValue = "gatewright.yaml",
            description = "The spec, or a folder with a gatewright.yaml (default: ${DEFAULT-VALUE}).")
    private Path spec = Path.of("gatewright.yaml");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets a value of the spec, such as stages.evaluate-metrics.gates[0].min=0.9.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "What models run on, as device: of the spec says it: auto, cpu, cuda or tensorrt.")
    private @Nullable String device;

    Path spec() {
        return spec;
    }

    List<String> settings() {
        List<String> all = new ArrayList<>(settings);
        if (device != null) {
            all.add("device=" + device);
        }
        return all;
    }
}
