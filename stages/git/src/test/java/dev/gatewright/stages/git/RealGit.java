// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.validation.testkit.Requires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder with the real {@code git} in it, which no configuration of this machine reaches. */
record RealGit(Path folder) {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_OPTIONAL_LOCKS", "0",
            "GIT_AUTHOR_NAME", "Ada Lovelace",
            "GIT_AUTHOR_EMAIL", "ada@example.org",
            "GIT_COMMITTER_NAME", "Charles Babbage",
            "GIT_COMMITTER_EMAIL", "charles@example.org",
            "LC_ALL", "C.UTF-8");

    /** A new repository on branch {@code main}, without a commit. */
    static RealGit init(Path folder) {
        Requires.that(isHere(), "needs git on the PATH");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RealGit git = new RealGit(folder);
        git.run("init", "-q", "-b", "main");
        return git;
    }

    private static boolean isHere() {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(place -> Files.isExecutable(Path.of(place, "git")));
    }

    /** What git prints, without the last line's end; its exit status must be 0. */
    String run(String... arguments) {
        return feed("", arguments);
    }

    String feed(String input, String... arguments) {
        Answer answer = ask(input, arguments);
        assertThat(answer.status())
                .as("git %s: %s", List.of(arguments), answer.text())
                .isZero();
        return answer.text().stripTrailing();
    }

    /** Runs git where a status other than 0 is no surprise, as for a merge with conflicts. */
    Answer ask(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().putAll(ENVIRONMENT);
        builder.redirectErrorStream(true);
        try {
            Process process = builder.start();
            try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
                in.write(input);
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    record Answer(int status, String text) {}

    RealGit write(String path, String text) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RealGit commitAll(String message) {
        run("add", "-A");
        run("commit", "-q", "--allow-empty", "-m", message);
        return this;
    }

    /** Makes what was written so far older than the index that git writes next. */
    RealGit settle() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        run("update-index", "-q", "--really-refresh");
        return this;
    }

    CommitFacts facts() {
        return GitRepository.find(folder)
                .orElseThrow()
                .facts(Duration.ofMinutes(1))
                .orElseThrow();
    }

    /** The tracked paths that git says are changed, sorted. */
    List<String> changedPaths() {
        String status = run("status", "--porcelain", "-z", "--untracked-files=no", "--no-renames");
        return Stream.of(status.split("\0"))
                .filter(line -> !line.isEmpty())
                .map(line -> line.substring(3))
                .sorted()
                .toList();
    }
}
