// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.actions;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs one step of an action as a runner does: its text in a file, that file by bash, and all inputs in the environment. */
final class Runner {
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    Runner(Path folder) throws IOException {
        this.folder = folder;
        for (String name : List.of("workspace", "temp", "tools")) {
            Files.createDirectories(folder.resolve(name));
        }
        environment.put("GITHUB_ACTIONS", "true");
        environment.put("GITHUB_WORKSPACE", folder.resolve("workspace").toString());
        environment.put("GITHUB_RUN_ID", "77");
        environment.put("GITHUB_RUN_ATTEMPT", "2");
        environment.put("RUNNER_TEMP", folder.resolve("temp").toString());
        environment.put("RUNNER_TOOL_CACHE", folder.resolve("tools").toString());
    }

    /** What a step came to. */
    record Ended(int code, String log, String outputs, String path) {
        String output(String name) {
            return outputs.lines()
                    .filter(line -> line.startsWith(name + "="))
                    .reduce((first, last) -> last)
                    .map(line -> line.substring(name.length() + 1))
                    .orElse("");
        }
    }

    Runner with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path tools() {
        return folder.resolve("tools/gatewright");
    }

    Path workspace() {
        return folder.resolve("workspace");
    }

    Ended run(Action action, int step, Map<String, String> inputs) throws IOException, InterruptedException {
        return start(action, step, inputs).ended();
    }

    Started start(Action action, int step, Map<String, String> inputs) throws IOException {
        Path own = Files.createTempDirectory(folder, "step");
        Map<String, Object> definition = action.steps().get(step);
        Path script = Files.writeString(own.resolve("run.sh"), definition.get("run") + "\n");
        Path outputs = Files.createFile(own.resolve("outputs"));
        Path path = Files.createFile(own.resolve("path"));
        Path log = own.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(
                        // Whoever builds in the background may have signals ignored, which every process would inherit.
                        "env",
                        "--default-signal=INT",
                        "bash",
                        "--noprofile",
                        "--norc",
                        "-e",
                        "-o",
                        "pipefail",
                        script.toString())
                .directory(workspace().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // Those of a runner that this test itself may run on.
        builder.environment().keySet().removeIf(name -> name.startsWith("GITHUB_") || name.startsWith("RUNNER_"));
        builder.environment().putAll(environment);
        builder.environment().put("GITHUB_ACTION_PATH", action.folder().toString());
        builder.environment().put("GITHUB_OUTPUT", outputs.toString());
        builder.environment().put("GITHUB_PATH", path.toString());
        builder.environment().putAll(action.environment(definition, inputs));
        return new Started(builder.start(), log, outputs, path);
    }

    /** A step while it runs. */
    record Started(Process process, Path log, Path outputs, Path path) {
        Ended ended() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("the step does not end: " + Files.readString(log));
            }
            return new Ended(
                    process.exitValue(), Files.readString(log), Files.readString(outputs), Files.readString(path));
        }
    }
}
