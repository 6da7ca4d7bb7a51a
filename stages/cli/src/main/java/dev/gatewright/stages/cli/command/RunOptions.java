// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.api.host.Host;
import dev.gatewright.stages.cli.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which run, with how many threads, and how it is shown. */
final class RunOptions {
    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description = "Continues the run of that id, or starts it; else a new run is started.")
    private @Nullable String runId;

    @Option(
            names = "--runs",
            paramLabel = "STORE",
            description =
                    "Keeps the run in an OCI repository too, oci://registry.example.com/team/runs: what is missing of it"
                            + " here is fetched before, and what is new is pushed after each stage.")
    private @Nullable String runs;

    @Option(
            names = "--runs-authority",
            paramLabel = "FILE",
            description = "Certificates (PEM) of who vouches for that registry, in place of those that Java knows.")
    private @Nullable Path runsAuthority;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "command-line",
            completionCandidates = Hosts.class,
            converter = Hosts.class,
            description = "What calls the program: one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Host host = Host.COMMAND_LINE;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "How many threads may compute at once (default: all processors). Results do not depend on it.")
    private @Nullable Integer threads;

    @Option(
            names = "--format",
            defaultValue = "console",
            description = "How the result is shown: one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})."
                    + " All forms are in the run's folder too.")
    private RunFormat format = RunFormat.console;

    @Spec
    private @Nullable CommandSpec command;

    RunFormat format() {
        return format;
    }

    Host host() {
        return host;
    }

    Optional<String> runId() {
        return Optional.ofNullable(runId);
    }

    /** Where the run is kept beside its folder, if anywhere. */
    Optional<RunStore> store(Program program) throws IOException {
        return runs == null ? Optional.empty() : Optional.of(RunStore.of(runs, runsAuthority, program));
    }

    int threads() {
        if (threads == null) {
            return Runtime.getRuntime().availableProcessors();
        }
        if (threads < 1 && command != null) {
            throw new ParameterException(
                    command.commandLine(), "--threads " + threads + ": at least one thread has to compute");
        }
        return threads;
    }
}
