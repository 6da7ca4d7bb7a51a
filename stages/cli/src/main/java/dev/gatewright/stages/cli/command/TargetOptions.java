// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.command;

import dev.gatewright.stages.canarydeploy.CanaryDeployStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;

/** Whose targets. */
final class TargetOptions {
    @Parameters(
            paramLabel = "SPEC",
            arity = "0..1",
            description = "The spec, or the folder in which it lies (default: this folder).")
    private Path spec = Path.of("");

    /** The folders of its targets, in order. */
    List<Path> folders() throws IOException {
        Path absolute = spec.toAbsolutePath().normalize();
        Path folder =
                Files.isRegularFile(absolute) ? absolute.resolveSibling(".").normalize() : absolute;
        Path targets = CanaryDeployStage.targetsOf(folder);
        if (!Files.isDirectory(targets)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(targets)) {
            return found.filter(Files::isDirectory).sorted().toList();
        }
    }
}
