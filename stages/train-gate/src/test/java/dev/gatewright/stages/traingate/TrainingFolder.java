// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.traingate;

import dev.gatewright.stages.api.json.Json;
import dev.gatewright.stages.api.report.Report;
import dev.gatewright.stages.api.spec.Problems;
import dev.gatewright.stages.testkit.StageRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** A folder with a spec whose training is a shell script, and a mark in the environment of all that it starts. */
final class TrainingFolder {
    static final String MARK = "TRAINING_OF_TEST";

    private final Path folder;
    private final String mark = UUID.randomUUID().toString();
    private String head = "";
    private String keys = "";
    private int run = 1;
    private String metrics = "build/metrics.json";
    private String task = "task: regression";

    TrainingFolder(Path folder) {
        this.folder = folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Path stageFolder() {
        return path(".gatewright/runs/" + run + "/train-gate");
    }

    /** Keys of the spec itself. */
    TrainingFolder head(String lines) {
        this.head = lines;
        return this;
    }

    /** The classes of the model; none for a regression. */
    TrainingFolder classes(String... names) {
        this.task = names.length == 0
                ? "task: regression"
                : "task: multiclass-classification, classes: [" + String.join(", ", names) + "]";
        return this;
    }

    /** Keys of train-gate, a line each; what is trained from now on is another run. */
    TrainingFolder keys(String... lines) {
        run++;
        this.keys = String.join(
                        "\n", Arrays.stream(lines).map(line -> "    " + line).toList()) + "\n";
        return this;
    }

    TrainingFolder csv() {
        return metrics("build/metrics.csv");
    }

    /** What stands at the key {@code metrics}; what is trained from now on is another run. */
    TrainingFolder metrics(String source) {
        run++;
        this.metrics = source;
        return this;
    }

    /** Makes {@code script} the training, and {@code gates} what is judged. */
    StageRun training(String script, String... gates) throws IOException {
        Files.writeString(path("train.sh"), script);
        return command("sh train.sh", List.of(gates));
    }

    /** The report of a training by the command line {@code run}. */
    Report run(String run, List<String> gates) throws Exception {
        return command(run, gates).run(Integer.toString(this.run));
    }

    private StageRun command(String run, List<String> gates) throws IOException {
        StringBuilder spec = new StringBuilder("gatewright: 1\n");
        spec.append("model: {name: m, ")
                .append(task)
                .append(", path: build/model.onnx}\n")
                .append(head);
        spec.append("stages:\n  train-gate:\n    run: ")
                .append(run)
                .append("\n    metrics: ")
                .append(metrics);
        spec.append("\n    environment: {")
                .append(MARK)
                .append(": \"")
                .append(mark)
                .append("\"}\n");
        spec.append(keys).append("    gates:\n");
        for (String gate : gates) {
            spec.append("      - {").append(gate).append("}\n");
        }
        Files.writeString(path("gatewright.yaml"), spec);
        return new StageRun(new TrainGateStage(), folder);
    }

    /** The report of a training by {@code script}. */
    Report train(String script, String... gates) throws Exception {
        return training(script, gates).run(Integer.toString(run));
    }

    /** What is wrong with the spec of a training with these gates, and what it warns of. */
    List<String> problems(String... gates) throws IOException {
        Problems problems = training("", gates).check();
        List<String> all = new ArrayList<>();
        problems.errors().forEach(problem -> all.add(problem.toString()));
        problems.warnings().forEach(problem -> all.add("warning: " + problem));
        return all;
    }

    /** The sentences of all gates. */
    static List<String> sentences(Report report) {
        return report.document().objects("gates").stream()
                .map(gate -> gate.text("sentence").orElseThrow())
                .toList();
    }

    static Json.Obj environment(Report report) {
        return report.document().object("environment");
    }

    /** The processes of the training that run, by the mark in their environment. */
    List<String> running() throws IOException {
        List<String> running = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (isMarked(process)) {
                    running.add(String.valueOf(process.getFileName()));
                }
            }
        }
        return running;
    }

    private boolean isMarked(Path process) {
        try {
            String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
            return Arrays.asList(environment.split("\0", -1)).contains(MARK + "=" + mark);
        } catch (IOException e) {
            return false; // it has ended, or is somebody else's
        }
    }
}
