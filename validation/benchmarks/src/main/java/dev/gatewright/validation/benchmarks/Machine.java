// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.validation.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the figures hold for. */
final class Machine {
    private static final String VERSIONS = """
            import platform, numpy, onnxruntime, pandas, sklearn
            print(f"Python {platform.python_version()}, onnxruntime {onnxruntime.__version__}, pandas {pandas.__version__}, "
                  f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}")
            """;

    private Machine() {}

    /** One line a fact. */
    static String describe(Path program, Path python) throws IOException, InterruptedException {
        Path here = Path.of(".");
        return "- " + processor() + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + "\n"
                + "- ours: "
                + Timed.run(List.of(program.toString(), "version"), here)
                        .output()
                        .strip()
                        .replace("\n", ", ") + "\n"
                + "- theirs: "
                + Timed.run(List.of(python.toString(), "-c", VERSIONS), here)
                        .output()
                        .strip() + "\n"
                + "- load when it began (1, 5 and 15 minutes): "
                + Files.readString(Path.of("/proc/loadavg")).replaceAll("^(\\S+ \\S+ \\S+).*\\s*", "$1") + "\n";
    }

    private static String processor() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceAll(".*: ", ""))
                    .findFirst()
                    .orElse("unknown processor");
        }
    }
}
