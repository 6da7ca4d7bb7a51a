// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.github;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads a log as a runner does: which lines it would take for commands. */
final class RunnerLog {
    private RunnerLog() {}

    static List<String> commands(byte[] log) {
        // A comparison by a language's rules leaves out what cannot be seen.
        return new String(log, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll("[\\p{Cc}\\p{Cf}]", "").strip())
                .filter(line -> line.startsWith("::") || line.contains("##["))
                .toList();
    }
}
