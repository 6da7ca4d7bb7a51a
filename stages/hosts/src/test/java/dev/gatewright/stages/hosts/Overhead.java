// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.pipelinelibrary.LibraryHost;
import dev.gatewright.plugin.PluginHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures what a step of the plugin and a call of the library take beside the program alone, in turns on one spec. It is no test of the build,
 * which asserts no times: {@code -Dtest=Overhead} runs it. The actions are measured where they run, on a runner.
 */
class Overhead {
    private static final int TURNS = 15;

    @TempDir
    private Path folder;

    @Test
    void measure() throws Exception {
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        for (String part : List.of("gatewright.yaml", "model.onnx", "data")) {
            SameRunTest.copy(SameRunTest.ROOT.resolve("examples/github").resolve(part), workspace);
        }
        Path launcher = SameRunTest.PROGRAM.resolve("bin/gatewright");

        List<Double> alone = new ArrayList<>();
        List<Double> step = new ArrayList<>();
        List<Double> library = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            alone.add(seconds(() -> SameRunTest.program(workspace, "run", "--run-id", "alone"), 0));
            step.add(seconds(() -> PluginHost.run(folder, SameRunTest.PROGRAM).get("verdict"), "PASSED"));
            library.add(seconds(() -> LibraryHost.run(folder, launcher).get("verdict"), "PASSED"));
        }
        System.out.printf("the program alone    %6.3f s (%s)%n", median(alone), range(alone));
        System.out.printf("a step of the plugin %6.3f s more (%s)%n", median(less(step, alone)), range(step));
        System.out.printf("a call of the library %5.3f s more (%s)%n", median(less(library, alone)), range(library));
    }

    private static double seconds(Callable<?> call, Object expected) throws Exception {
        long start = System.nanoTime();
        Object result = call.call();
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(result).isEqualTo(expected);
        return seconds;
    }

    private static List<Double> less(List<Double> values, List<Double> others) {
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            differences.add(values.get(i) - others.get(i));
        }
        return differences;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String range(List<Double> values) {
        return "%.3f to %.3f".formatted(Collections.min(values), Collections.max(values));
    }
}
