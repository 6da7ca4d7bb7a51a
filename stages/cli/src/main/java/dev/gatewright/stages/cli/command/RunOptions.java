// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which run, and with how many threads. */
final class RunOptions {
    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description = "Continues the run of that id, or starts it; else a new run is started.")
    private @Nullable String runId;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "How many threads may compute at once (default: all processors). Results do not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    Optional<String> runId() {
        return Optional.ofNullable(runId);
    }

    int threads() {
        return threads;
    }
}
