// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.report.RunDocument;
import dev.gatewright.stages.cli.Door;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder of one run, and the commands that are still to be given there. */
final class Sandbox {
    /** Where {@code sh} scripts leave the ids of processes that must not outlive the run, one a line. */
    static final String PIDS = "pids";

    private final Path folder;
    private final List<List<String>> commands = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private @Nullable String home;
    private String runId = Sound.RUN_ID;
    private Launch launch =
            (sandbox, arguments) -> Door.run(sandbox.environment, sandbox.home, arguments.toArray(String[]::new));

    /** How a command line is given to the program. */
    interface Launch {
        /** Gives it and waits for the end. */
        Door.Answer run(Sandbox sandbox, List<String> arguments) throws Exception;
    }

    Sandbox(Path folder, List<List<String>> commands) {
        this.folder = folder;
        this.commands.addAll(commands);
    }

    Path folder() {
        return folder;
    }

    List<List<String>> commands() {
        return commands;
    }

    /** Gives the next command. */
    Door.Answer runNext() throws Exception {
        List<String> arguments = new ArrayList<>(commands.remove(0));
        arguments.add(1, folder.resolve("gatewright.yaml").toString());
        return launch.run(this, arguments);
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Path reportFile(StageName stage) {
        return runFolder().resolve(stage.spelling()).resolve(Report.FILE_NAME);
    }

    Path runFile() {
        return runFolder().resolve(RunDocument.FILE_NAME);
    }

    Path runFolder() {
        return folder.resolve(".gatewright").resolve("runs").resolve(runId);
    }

    // What follows is the language of the cases.

    void write(String name, String text) {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void write(String name, byte[] bytes) {
        try {
            Path file = path(name);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    byte[] bytes(String name) {
        try {
            return Files.readAllBytes(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the one place where {@code from} stands. */
    void edit(String name, String from, String to) {
        String text = text(name);
        assertThat(text.split(java.util.regex.Pattern.quote(from), -1))
                .as("'%s' stands once in %s:%n%s", from, name, text)
                .hasSize(2);
        write(name, text.replace(from, to));
    }

    void editSpec(String from, String to) {
        edit("gatewright.yaml", from, to);
    }

    void append(String name, String text) {
        write(name, text(name) + text);
    }

    /** Keeps the first {@code bytes} only. */
    void truncate(String name, int bytes) {
        assertThat(bytes(name)).as(name).hasSizeGreaterThan(bytes);
        write(name, Arrays.copyOf(bytes(name), bytes));
    }

    void delete(String name) {
        try {
            Files.delete(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void move(String from, String to) {
        try {
            Files.createDirectories(path(to).getParent());
            Files.move(path(from), path(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void age(String name) {
        try {
            Files.setLastModifiedTime(path(name), FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A path below the folder, to hand it to {@link #edit} and the like. */
    String name(Path file) {
        return folder.relativize(file).toString();
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** Adds words to the next command. */
    void argument(String... words) {
        List<String> command = new ArrayList<>(commands.get(0));
        command.addAll(List.of(words));
        commands.set(0, command);
    }

    /** Leaves the next command out. */
    void skip() {
        commands.remove(0);
    }

    /** Gives another command before the next one. */
    void first(String... command) {
        commands.add(0, List.of(command));
    }

    /** The run whose documents are looked at in the end. */
    void look(String otherRun) {
        runId = otherRun;
    }

    String runId() {
        return runId;
    }

    /** Runs an installed program with this folder, and not the one on this class path. */
    void home(Path installed) {
        home = installed.toString();
    }

    void launch(Launch other) {
        launch = other;
    }
}
