// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.stages.api.StageName;
import dev.gatewright.stages.api.report.Report;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A folder with a spec, its training, its model and its rows, in which the installed program is started as a process. */
final class Workplace {
    static final String RUN_ID = "r1";

    private static final long PATIENCE_SECONDS = 120;
    private static final String SPEC = """
            gatewright: 1
            model:
              name: check
              task: multiclass-classification
              path: build/model.onnx
              classes: [a, b, c]
            data:
              rows:
                path: rows.csv
                label: largest
                features: {numbers: [a, b, c]}
            device: cpu
            stages:
              train-gate:
                run: sh train.sh
                outputs: [build/model.onnx, build/metrics.json]
                metrics: build/metrics.json
                gates:
                  - {metric: val_accuracy, min: 0.9}
              evaluate-metrics:
                data: rows
                gates:
                  - {metric: accuracy, min: 0.9, confidence: 0.95}
                  - {metric: f1, average: macro, min: 0.9, confidence: 0.95}
                  - {metric: log_loss, max: 1}
            """;
    private static final String TRAINING = """
            mkdir -p build
            cp model.onnx build/model.onnx
            echo '{"val_accuracy": 0.95}' > build/metrics.json
            """;
    private static @Nullable Path program;

    private final Path folder;
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();

    private Workplace(Path folder, Path home) {
        this.folder = folder;
        this.home = home;
    }

    /** A fresh one in {@code folder}, for the program that all tests share. */
    static Workplace in(Path folder) throws IOException, InterruptedException {
        return in(folder, sharedProgram());
    }

    /** A fresh one in {@code folder}, for the program in {@code home}. */
    static Workplace in(Path folder, Path home) throws IOException {
        Workplace workplace = new Workplace(folder, home);
        workplace.write("gatewright.yaml", SPEC);
        workplace.write("train.sh", TRAINING);
        for (String name : List.of("model.onnx", "rows.csv")) {
            try (InputStream file =
                    Workplace.class.getResourceAsStream("/dev/gatewright/stages/cli/command/check/" + name)) {
                Files.copy(file, folder.resolve(name));
            }
        }
        return workplace;
    }

    /** One that another test has made. */
    static Workplace over(Path folder) throws IOException, InterruptedException {
        return new Workplace(folder, sharedProgram());
    }

    private static synchronized Path sharedProgram() throws IOException, InterruptedException {
        Path made = program;
        if (made == null) {
            made = InstalledProgram.makeFast(Path.of("target/test-program").toAbsolutePath());
            program = made;
        }
        return made;
    }

    /** What a command line came to. */
    record Answer(int code, String out, String err) {
        String all() {
            return out + err;
        }
    }

    /** The program while it runs. */
    record Running(Process process, Path out, Path err) {
        Answer answer() throws Exception {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("the program does not end: " + Files.readString(err));
            }
            return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
        }

        /** Sends a signal to the launcher, as a host or a terminal does. */
        void signal(String name) throws Exception {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start();
            assertThat(kill.waitFor()).isZero();
        }
    }

    Answer run(String... arguments) throws Exception {
        return start(arguments).answer();
    }

    Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("os.name").equals("Linux")) {
            // Whoever builds in the background may have signals ignored, which every process would inherit.
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.add(home.resolve("bin/gatewright").toString());
        Collections.addAll(command, arguments);
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    Workplace set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    /** Replaces the one place where {@code from} stands in the spec. */
    void edit(String from, String to) throws IOException {
        String spec = Files.readString(path("gatewright.yaml"));
        assertThat(spec).containsOnlyOnce(from);
        write("gatewright.yaml", spec.replace(from, to));
    }

    /** Leaves the training out of the spec: what it wrote is judged. */
    void withoutTraining() throws IOException {
        String spec = Files.readString(path("gatewright.yaml"));
        int from = spec.indexOf("  train-gate:");
        int to = spec.indexOf("  evaluate-metrics:");
        write("gatewright.yaml", spec.substring(0, from) + spec.substring(to));
    }

    Report report(String runId, StageName stage) throws IOException {
        return Report.read(path(".gatewright/runs/" + runId + "/" + stage.spelling() + "/" + Report.FILE_NAME));
    }

    /** Makes the training tell its process id and then wait, until {@link #goOn}. */
    void trainSlowly() throws IOException {
        write(
                "train.sh",
                "echo $$ >> trainings\necho $$ > training.tmp && mv training.tmp training.pid\nsleep 600 &\necho $! > sleeping.pid\n"
                        + "while ! [ -e go ]; do sleep 0.05; done\nkill $!\n" + TRAINING);
    }

    void goOn() throws IOException {
        write("go", "");
    }

    /** Waits until so many trainings have begun. */
    void awaitTrainings(int count) throws Exception {
        await(() -> Files.exists(path("trainings"))
                && Files.readAllLines(path("trainings")).size() == count);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new AssertionError("the training does not start");
            }
            Thread.sleep(10);
        }
    }

    /** Waits until the training runs, and has started a process of its own. */
    List<ProcessHandle> awaitTraining() throws Exception {
        List<ProcessHandle> found = new ArrayList<>();
        for (String name : List.of("training.pid", "sleeping.pid")) {
            await(() -> Files.exists(path(name)) && Files.size(path(name)) > 0);
            ProcessHandle.of(Long.parseLong(Files.readString(path(name)).strip()))
                    .ifPresent(found::add);
        }
        return found;
    }
}
