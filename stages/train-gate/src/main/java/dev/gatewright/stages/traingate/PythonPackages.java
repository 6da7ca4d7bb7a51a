// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.json.JsonReader;
import dev.gatewright.stages.api.process.UserCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Asks a Python interpreter for its version and the packages that are installed for it. */
final class PythonPackages {
    private static final Pattern PYTHON = Pattern.compile("(.*[/\\\\])?python[0-9.]*(\\.exe)?");
    private static final String NOTEBOOKS = "python";
    private static final int MOST_LINES = 20_000;

    /** One JSON value a line, so that no line is long. */
    private static final String QUESTION = """
            import importlib.metadata, json, platform
            print(json.dumps({"python": platform.python_version()}))
            for name, version in sorted({(str(d.metadata["Name"]), str(d.version)) for d in importlib.metadata.distributions()}):
                print(json.dumps({"name": name, "version": version}))
            print(json.dumps({"complete": True}))
            """;

    private final Duration longest;

    /** Waits {@code longest} for the answer. */
    PythonPackages(Duration longest) {
        this.longest = longest;
    }

    /** The interpreter that {@code section} names, or else the one that its command starts with, or that runs notebooks. */
    static Optional<String> interpreter(TrainGateSection section) {
        String named = section.python();
        if (named != null) {
            return Optional.of(named);
        }
        if (Notebook.is(section.run())) {
            return Optional.of(NOTEBOOKS);
        }
        String first = section.run().strip().split("\\s", 2)[0];
        return PYTHON.matcher(first).matches() ? Optional.of(first) : Optional.empty();
    }

    /**
     * The answer, {@code {"python": …, "packages": {…}}}; where the interpreter gives none, {@code {"error": …}}: what is not
     * recorded decides nothing.
     *
     * @param scratch the folder for the question and the answer
     */
    Json.Obj ask(String interpreter, TrainGateSection section, Path specFolder, Path scratch)
            throws InterruptedException {
        ConcurrentLinkedDeque<String> lines = new ConcurrentLinkedDeque<>();
        AtomicInteger count = new AtomicInteger();
        try {
            Path question = Files.writeString(scratch.resolve("packages.py"), QUESTION);
            String commandLine =
                    quoted(interpreter) + " " + quoted(question.toAbsolutePath().toString());
            int exitCode;
            try (UserCommand command = UserCommand.start(
                    commandLine, specFolder, section.environment(), scratch.resolve("packages.log"), line -> {
                        if (count.incrementAndGet() > MOST_LINES) {
                            throw new IllegalStateException("more than " + MOST_LINES + " lines");
                        }
                        lines.add(line);
                    })) {
                if (!command.awaitEnd(longest)) {
                    return error(interpreter + " did not list its packages within " + longest.toSeconds() + " s");
                }
                exitCode = command.exitCode();
            }
            return exitCode == 0
                    ? answer(interpreter, List.copyOf(lines))
                    : error(interpreter + " ended with exit code " + exitCode + ": " + lines.peekLast());
        } catch (IOException | IllegalStateException e) {
            return error(interpreter + " gave no list of its packages: " + e.getMessage());
        }
    }

    private static Json.Obj answer(String interpreter, List<String> lines) {
        String version = null;
        boolean complete = false;
        Json.Builder packages = Json.object();
        for (String line : lines) {
            Json.Obj object = object(line);
            version = object.text("python").orElse(version);
            complete |= object.get("complete").isPresent();
            object.text("name")
                    .ifPresent(name -> packages.put(name, object.text("version").orElse("")));
        }
        return version == null || !complete
                ? error(interpreter + " gave no list of its packages")
                : Json.object()
                        .put("python", version)
                        .put("packages", packages.build())
                        .build();
    }

    /** A warning of the interpreter may stand between the lines of the answer. */
    private static Json.Obj object(String line) {
        try {
            byte[] bytes = line.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            return line.startsWith("{") && JsonReader.read(bytes) instanceof Json.Obj object
                    ? object
                    : Json.object().build();
        } catch (IOException e) {
            return Json.object().build();
        }
    }

    private static Json.Obj error(String why) {
        return Json.object().put("error", why).build();
    }

    /** As a word of the system's shell. */
    static String quoted(String word) {
        return System.getProperty("os.name", "").startsWith("Windows")
                ? '"' + word + '"'
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
