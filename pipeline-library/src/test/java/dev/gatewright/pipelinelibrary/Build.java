// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.pipelinelibrary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.tools.ant.DirectoryScanner;
import org.jspecify.annotations.Nullable;

/**
 * A build with its agent. Steps do what Jenkins' own do, as far as the library needs it: {@code sh} starts a real shell with the
 * variables of {@code withEnv}, {@code archiveArtifacts} reads patterns with Ant.
 */
final class Build {
    /** The steps that have a body. */
    static final Set<String> BLOCKS = Set.of("node", "stage", "withEnv", "dir");

    /** The other ones. */
    static final Set<String> STEPS = Set.of(
            "checkout", "sh", "bat", "isUnix", "pwd", "fileExists", "archiveArtifacts", "unstable", "error", "echo");

    private static final Set<String> OF_SHELLS = Set.of("script", "returnStatus", "returnStdout", "encoding", "label");

    /** What a build ends with that a step or a user has ended. */
    static final class AbortException extends RuntimeException {
        AbortException(String message) {
            super(message);
        }
    }

    /** A script that was handed to {@code sh} or {@code bat}, with the variables of that moment. */
    record Script(String step, String text, Map<String, String> environment) {}

    final Map<String, String> variables = new HashMap<>(Map.of("JOB_NAME", "team/digits", "BUILD_NUMBER", "7"));
    final Map<String, Object> parameters = new HashMap<>();
    final List<Script> scripts = new ArrayList<>();
    final List<String> stages = new ArrayList<>();
    final List<String> unstable = new ArrayList<>();
    final StringBuilder log = new StringBuilder();
    boolean unix = true;
    /** The number of the script that is aborted; none. */
    int abortedIn;

    private final Path workspace;
    private final Path archive;
    private final Deque<Map<String, String>> environments = new ArrayDeque<>();
    private final Deque<Path> folders = new ArrayDeque<>();
    private final Deque<String> blocks = new ArrayDeque<>();

    Build(Path folder) throws IOException {
        workspace = Files.createDirectories(folder.resolve("workspace"));
        archive = Files.createDirectories(folder.resolve("archive"));
        folders.push(workspace);
        Map<String, String> outside = new HashMap<>(System.getenv());
        outside.put("JAVA_HOME", System.getProperty("java.home"));
        environments.push(outside);
    }

    Path workspace() {
        return workspace;
    }

    /** Where programs are looked for from now on. */
    void setPath(String path) {
        environments.element().put("PATH", path);
    }

    /** What was archived, by the names that the build shows. */
    List<String> archived() throws IOException {
        try (var files = Files.walk(archive)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> archive.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** What a script sees under a name that is none of its own. */
    @Nullable
    Object property(String name) {
        return switch (name) {
            case "env" -> variables;
            case "scm" -> "scm";
            case "params" -> parameters;
            default -> null;
        };
    }

    /** The blocks that the build is in. */
    List<String> blocks() {
        return List.copyOf(blocks);
    }

    void enter(String block, Object argument) {
        blocks.push(block);
        switch (block) {
            case "stage" -> stages.add(argument.toString());
            case "withEnv" -> environments.push(overridden((List<?>) argument));
            case "dir" -> folders.push(folder().resolve(argument.toString()).normalize());
            default -> {}
        }
    }

    void leave() {
        switch (blocks.pop()) {
            case "withEnv" -> environments.pop();
            case "dir" -> folders.pop();
            default -> {}
        }
    }

    Object step(String name, List<?> arguments) {
        return switch (name) {
            case "isUnix" -> unix;
            case "pwd" -> folder().toString();
            case "fileExists" -> Files.exists(folder().resolve(arguments.get(0).toString()));
            case "checkout" -> "checked out";
            case "echo" -> log.append(arguments.get(0)).append('\n');
            case "sh", "bat" -> script(name, (Map<?, ?>) arguments.get(0));
            case "archiveArtifacts" -> archive((Map<?, ?>) arguments.get(0));
            case "unstable" -> unstable.add(sentence(arguments));
            case "error" -> throw new AbortException(sentence(arguments));
            default -> throw new IllegalArgumentException("there is no step " + name);
        };
    }

    private static String sentence(List<?> arguments) {
        String sentence = arguments.get(0).toString();
        if (sentence.isEmpty()) {
            throw new IllegalArgumentException("A non-empty message is required");
        }
        return sentence;
    }

    /** As Jenkins does it: an empty value takes a variable away, and a plus in a name puts a value in front. */
    private Map<String, String> overridden(List<?> pairs) {
        Map<String, String> changed = new HashMap<>(environments.element());
        for (Object pair : pairs) {
            String name = pair.toString().substring(0, pair.toString().indexOf('='));
            String value = pair.toString().substring(name.length() + 1);
            if (name.contains("+")) {
                throw new IllegalArgumentException(name + " would be put in front of another variable");
            }
            if (value.isEmpty()) {
                changed.remove(name);
            } else {
                changed.put(name, value);
            }
        }
        return changed;
    }

    private Path folder() {
        return folders.element();
    }

    private Object script(String step, Map<?, ?> arguments) {
        if (!OF_SHELLS.containsAll(arguments.keySet())) {
            throw new IllegalArgumentException(step + " does not take all of " + arguments.keySet());
        }
        if (!blocks.contains("node")) {
            throw new IllegalStateException("Required context class hudson.FilePath is missing");
        }
        if (step.equals("sh") != unix) {
            throw new IllegalStateException(step + " is for other agents");
        }
        String text = arguments.get("script").toString();
        scripts.add(new Script(step, text, environments.element()));
        if (scripts.size() == abortedIn) {
            throw new AbortException("Aborted by a person");
        }
        boolean returnsStdout = Boolean.TRUE.equals(arguments.get("returnStdout"));
        if (!unix) {
            return returnsStdout ? (Object) "" : 9009;
        }
        try {
            return shell(text, returnsStdout, Boolean.TRUE.equals(arguments.get("returnStatus")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Object shell(String text, boolean returnsStdout, boolean returnsStatus)
            throws IOException, InterruptedException {
        Path script = Files.writeString(Files.createTempFile("script", ".sh"), text);
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString())
                    .directory(folder().toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environments.element());
            int status = builder.start().waitFor();
            String printed = Files.readString(out, StandardCharsets.UTF_8);
            log.append(returnsStdout ? "" : printed).append(Files.readString(err));
            if (status != 0 && !returnsStatus) {
                throw new AbortException("script returned exit code " + status);
            }
            return returnsStdout ? printed : status;
        } finally {
            for (Path file : List.of(script, out, err)) {
                Files.delete(file);
            }
        }
    }

    private Object archive(Map<?, ?> arguments) {
        if (!Set.of("artifacts", "allowEmptyArchive").containsAll(arguments.keySet())) {
            throw new IllegalArgumentException("archiveArtifacts does not take all of " + arguments.keySet());
        }
        DirectoryScanner scanner = new DirectoryScanner();
        scanner.setBasedir(folder().toFile());
        scanner.setIncludes(Arrays.stream(arguments.get("artifacts").toString().split(",", -1))
                .map(String::strip)
                .toArray(String[]::new));
        scanner.addDefaultExcludes();
        scanner.scan();
        try {
            for (String file : scanner.getIncludedFiles()) {
                Path kept = archive.resolve(file);
                Files.createDirectories(kept.getParent());
                Files.copy(folder().resolve(file), kept, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return scanner.getIncludedFilesCount();
    }
}
