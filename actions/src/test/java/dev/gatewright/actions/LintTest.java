// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What finds faults and holes in workflows finds none in ours, nor in those that users copy. */
class LintTest {
    @TempDir
    private Path folder;

    @Test
    void actionlintReportsNothing() throws Exception {
        List<String> command = new ArrayList<>(List.of(Requires.actionlint().toString(), "-shellcheck=", "-pyflakes="));
        workflows().forEach(workflow -> command.add(workflow.toString()));

        assertThat(run(command)).isEmpty();
    }

    @Test
    void zizmorReportsNothing() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Requires.zizmor().toString(),
                "--offline",
                "--pedantic",
                "--strict-collection",
                "--no-ignores",
                "--quiet"));
        workflows().forEach(workflow -> command.add(workflow.toString()));
        for (String action : Action.folders()) {
            command.add(Action.ROOT.resolve(action).resolve("action.yml").toString());
        }

        assertThat(run(command)).contains("No findings to report");
    }

    /** Our own, those of the example, and those in the documentation, each as a file of its own. */
    private List<Path> workflows() throws IOException {
        List<Path> workflows = new ArrayList<>();
        for (String place : List.of(".github/workflows", "examples/github/.github/workflows")) {
            try (Stream<Path> files = Files.list(Action.ROOT.resolve(place))) {
                files.filter(file -> file.toString().endsWith(".yml")).forEach(workflows::add);
            }
        }
        Path documented = Files.createDirectories(folder.resolve(".github/workflows"));
        for (Snippet snippet : Snippet.workflows()) {
            workflows.add(Files.writeString(documented.resolve(snippet.name() + ".yml"), snippet.text()));
        }
        return workflows;
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(Action.ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }
}
