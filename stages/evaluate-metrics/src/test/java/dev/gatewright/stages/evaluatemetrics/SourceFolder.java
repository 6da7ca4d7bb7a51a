// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.evaluatemetrics;

import dev.gatewright.stages.testkit.StageRun;
import dev.gatewright.validation.testkit.numpy.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An {@link EvaluationFolder} whose model is a source: a shell command that gives the answers of the model that says yes where x0
 * is above 0.
 */
final class SourceFolder {
    private final EvaluationFolder folder;

    SourceFolder(Path path) throws IOException {
        this.folder = new EvaluationFolder(path).writeRows();
        float[] probabilities = new float[2 * EvaluationFolder.ROWS];
        for (int i = 0; i < EvaluationFolder.ROWS; i++) {
            boolean yes = 2 * i + 1 > EvaluationFolder.ROWS;
            probabilities[2 * i] = yes ? 0.2f : 0.9f;
            probabilities[2 * i + 1] = yes ? 0.8f : 0.1f;
        }
        write("answers.npy", probabilities);
        Files.writeString(folder.path("weights.bin"), "the weights");
    }

    void write(String name, float... probabilities) throws IOException {
        String shape = "(" + probabilities.length / 2 + ", 2)";
        Files.write(folder.path(name), Npz.npy("<f4", shape, Npz.floats(probabilities)));
    }

    Path path(String name) {
        return folder.path(name);
    }

    /** The stage on the source, whose command does {@code first} before it answers. */
    StageRun judge(String first, String head, String... gates) throws IOException {
        Files.writeString(path("source.sh"), first + """

                at=$(dirname "$GATEWRIGHT_REQUEST")/answer
                mkdir "$at/outputs"
                cp answers.npy "$at/outputs/o0.npy"
                printf '%s' '{"gatewright": 1, "status": "done", "outputs": [{"name": "p", "file": "o0.npy"}], "versions": {"sh": "1"}, "unpickled": ["weights.bin"]}' > "$at/answer.json"
                """);
        StringBuilder spec = new StringBuilder("gatewright: 1\n");
        spec.append("model:\n  name: m\n  task: binary-classification\n  classes: [\"no\", \"yes\"]\n");
        spec.append("  source: {kind: command, command: sh source.sh, path: weights.bin}\n");
        spec.append("data:\n  holdout: {path: holdout.csv, label: y, features: {x: \"x*\"}, slices: [writer]}\n");
        spec.append(head).append("\nstages:\n  evaluate-metrics:\n    data: holdout\n    gates:\n");
        for (String gate : gates) {
            spec.append("      - ").append(gate).append('\n');
        }
        Files.writeString(path("gatewright.yaml"), spec);
        return new StageRun(new EvaluateMetricsStage(), path(""));
    }
}
