// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.actions;

import dev.gatewright.validation.testkit.Requires;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A repository whose workflows act runs on this machine, with our actions in place of those of the release. The actions of others
 * that a workflow names are played: what is uploaded lies in a folder, from which it is downloaded.
 */
final class Act {
    private static final long PATIENCE_SECONDS = 180;

    /** The release that workflows here name. */
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private static final String OURS = "gatewright/gatewright@" + COMMIT;
    private static final String SETUP_JAVA = "actions/setup-java@b6effb05e454b25005698d916606bdc6ffcbf961";
    private static final String UPLOAD = "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f";
    private static final String DOWNLOAD = "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c";

    private final Path folder;
    private final Path repository;
    private final List<String> variables = new ArrayList<>();

    /** A repository in {@code folder} with all that {@code content} has. */
    Act(Path folder, Path content) throws IOException, InterruptedException {
        this.folder = folder;
        this.repository = folder.resolve("repository");
        copy(content, repository);
        Files.createDirectories(folder.resolve("shared"));
        Path ours = folder.resolve("ours");
        for (String action : Action.folders()) {
            copy(
                    Action.ROOT.resolve(action).resolve("action.yml"),
                    ours.resolve(action).resolve("action.yml"));
        }
        copy(Action.ROOT.resolve("actions/launch"), ours.resolve("actions/launch"));
        copy(Action.ROOT.resolve("actions/setup/install"), ours.resolve("actions/setup/install"));
        play("setup-java", ":");
        play("upload-artifact", "cp -r \"$ARTIFACT_PATH\" \"$SHARED/\"");
        play("download-artifact", "cp -r \"$SHARED/$ARTIFACT_NAME.tar\" .");
    }

    private void play(String action, String command) throws IOException {
        Path file = folder.resolve(action).resolve("action.yml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                name: played
                description: Played.
                inputs:
                  name: {description: '', default: ''}
                  path: {description: '', default: ''}
                runs:
                  using: composite
                  steps:
                    - shell: bash
                      env:
                        ARTIFACT_NAME: ${{ inputs.name }}
                        ARTIFACT_PATH: ${{ inputs.path }}
                      run: |
                        %s
                """.formatted(command));
    }

    Act set(String variable, String value) {
        variables.addAll(List.of("--var", variable + "=" + value));
        return this;
    }

    Act write(String file, String text) throws IOException {
        Path path = repository.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    String read(String file) throws IOException {
        return Files.readString(repository.resolve(file));
    }

    /** Where jobs leave what is looked at. */
    Path shared() {
        return folder.resolve("shared");
    }

    /** What a workflow came to. */
    record Ended(int code, String log) {}

    Ended run(String event, String workflow) throws IOException, InterruptedException {
        return start(event, workflow).ended();
    }

    Started start(String event, String workflow) throws IOException, InterruptedException {
        commit();
        List<String> command = new ArrayList<>(List.of(
                // Whoever builds in the background may have signals ignored, which every process would inherit.
                "env",
                "--default-signal=INT",
                Requires.act().toString(),
                event,
                "-W",
                ".github/workflows/" + workflow));
        command.addAll(List.of("-P", "ubuntu-24.04=-self-hosted", "--no-cache-server", "--env", "SHARED=" + shared()));
        command.addAll(List.of("--env", "JAVA_HOME=" + System.getProperty("java.home")));
        command.addAll(variables);
        command.addAll(List.of("--local-repository", OURS + "=" + folder.resolve("ours")));
        command.addAll(List.of("--local-repository", SETUP_JAVA + "=" + folder.resolve("setup-java")));
        command.addAll(List.of("--local-repository", UPLOAD + "=" + folder.resolve("upload-artifact")));
        command.addAll(List.of("--local-repository", DOWNLOAD + "=" + folder.resolve("download-artifact")));
        Path log = Files.createTempFile(folder, "act", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GITHUB_") || name.startsWith("RUNNER_"));
        builder.environment().put("HOME", folder.resolve("home").toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("home").toString());
        return new Started(builder.start(), log);
    }

    /** A workflow while it runs. */
    record Started(Process process, Path log) {
        Ended ended() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("act does not end: " + Files.readString(log));
            }
            return new Ended(process.exitValue(), Files.readString(log));
        }
    }

    /** What is committed already stays as it is. */
    private void commit() throws IOException, InterruptedException {
        git("init", "--quiet");
        git("add", "--all");
        if (exitOfGit("diff", "--cached", "--quiet") != 0) {
            git("-c", "user.name=n", "-c", "user.email=n@example.com", "commit", "--quiet", "-m", "m");
        }
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        if (exitOfGit(arguments) != 0) {
            throw new IOException("git cannot " + arguments[0]);
        }
    }

    private int exitOfGit(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(repository.toFile())
                .inheritIO()
                .start()
                .waitFor();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
