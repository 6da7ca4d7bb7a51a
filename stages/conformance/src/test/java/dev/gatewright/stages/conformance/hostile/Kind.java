// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the program comes to read a file: a folder in which everything else is sound. */
enum Kind {
    CSV("data/rows.csv", predictions("rows.csv", "truth")),
    NPZ("data/rows.npz", predictions("rows.npz", "{column: truth, as: index}")),
    PARQUET("data/rows.parquet", predictions("rows.parquet", "{column: truth, as: index}")),
    SPEC("gatewright.yaml", ""),
    MODEL("build/model.onnx", """
            gatewright: 1
            model: {name: flowers, task: multiclass-classification, path: build/model.onnx, classes: [a, b, c]}
            data:
              holdout: {path: data/holdout.csv, label: truth, features: {x: "f*"}}
            device: cpu
            stages:
              evaluate-metrics:
                data: holdout
                gates:
                  - {metric: accuracy, min: 0.5}
            """),
    METRICS_JSON("build/metrics.json", training("build/metrics.json"), true),
    METRICS_CSV("build/metrics.csv", training("build/metrics.csv"), true),
    EVENTS("build/logs/events.out.tfevents.1.host", training("{tensorboard: build/logs}"), true),
    TRAINER_STATE("build/trainer/trainer_state.json", training("{trainer-state: build/trainer}"), true);

    private static final String HOLDOUT = "f0,f1,f2,truth\n" + "1,0,0,a\n0,1,0,b\n0,0,1,c\n".repeat(10);

    private final String file;
    private final String spec;
    private final boolean isTrained;

    /** A file that lies there before the program starts. */
    Kind(String file, String spec) {
        this(file, spec, false);
    }

    /** A file that the training may have to leave. */
    Kind(String file, String spec, boolean isTrained) {
        this.file = file;
        this.spec = spec;
        this.isTrained = isTrained;
    }

    /** The file's name, or its folder's, as the spec says it. */
    String file() {
        return isTrained && !spec.contains(file) ? Path.of(file).getParent().toString() : file;
    }

    /** Lays out the folder with {@code content} as its file. */
    void lay(Path folder, Content content) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("build"));
        Files.writeString(folder.resolve("gatewright.yaml"), spec);
        Files.writeString(folder.resolve("data/holdout.csv"), HOLDOUT);
        if (this == SPEC) {
            Files.delete(folder.resolve("gatewright.yaml"));
        }
        Path place = folder.resolve(isTrained ? "prepared/" + file : file);
        Files.createDirectories(place.getParent());
        content.writeTo(place);
    }

    private static String predictions(String file, String label) {
        return """
                gatewright: 1
                model: {name: flowers, task: multiclass-classification, classes: [a, b, c]}
                stages:
                  evaluate-metrics:
                    predictions: {path: data/FILE, label: LABEL, scores: "p*", slices: [writer]}
                    gates:
                      - {metric: accuracy, min: 0.5}
                      - {metric: log_loss, max: 1}
                """.replace("FILE", file).replace("LABEL", label);
    }

    private static String training(String metrics) {
        return """
                gatewright: 1
                model: {name: flowers, task: multiclass-classification, classes: [a, b, c]}
                stages:
                  train-gate:
                    run: cp -R prepared/build/. build/
                    metrics: METRICS
                    gates:
                      - {metric: val_loss, max: 0.5}
                """.replace("METRICS", metrics);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Files of this kind; each defect is told once. */
    Table table() {
        return new Table(this, new ArrayList<>());
    }

    /** The files of one kind. */
    record Table(Kind kind, List<HostileFile> files) {
        /** Adds a file that cannot be judged, or a spec that is refused. */
        Table add(String defect, Content content, String place, String expected) {
            return add(defect, content, kind == SPEC ? 2 : 3, place, expected);
        }

        /** Adds a file of which the spec asks what it cannot give. */
        Table refused(String defect, Content content, String place, String expected) {
            return add(defect, content, 2, place, expected);
        }

        private Table add(String defect, Content content, int exitCode, String place, String expected) {
            files.add(new HostileFile(defect, kind, content, exitCode, place, expected));
            return this;
        }
    }
}
