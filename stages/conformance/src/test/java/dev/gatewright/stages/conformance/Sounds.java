// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.api.StageName.CONTAINERIZE;
import static dev.gatewright.stages.api.StageName.EVALUATE_METRICS;
import static dev.gatewright.stages.api.StageName.EXPORT_ONNX;
import static dev.gatewright.stages.api.StageName.QUANTIZE;
import static dev.gatewright.stages.api.StageName.TRAIN_GATE;

import dev.gatewright.validation.testkit.numpy.Npz;
import dev.gatewright.validation.testkit.onnx.Onnx;
import java.util.List;
import java.util.function.Consumer;

/** The runs that pass. Each is the healthy twin of the cases that break it. */
final class Sounds {
    private static final String CLASSIFIER =
            "model: {name: flowers, task: multiclass-classification, classes: [a, b, c]}\n";
    private static final String ONNX =
            "model: {name: flowers, task: multiclass-classification, path: build/model.onnx, classes: [a, b, c]}\n";
    private static final String HOLDOUT = """
            data:
              holdout:
                path: data/holdout.csv
                label: truth
                features: {x: "f*"}
                slices: [writer]
            """;
    private static final String IMAGE_FOLDER = """
            data:
              holdout:
                path: data/images
                label: class
                features: {x: image}
                images: {resize: 1, crop: 1}
            """;
    private static final String ACCURACY = """
                gates:
                  - {metric: accuracy, min: 0.8, confidence: 0.95}
            """;
    static final String JUDGE_MODEL = "  evaluate-metrics:\n    data: holdout\n" + ACCURACY;
    private static final String JUDGE_PREDICTIONS = """
              evaluate-metrics:
                predictions: {path: data/predictions.csv, label: truth, prediction: predicted, slices: [writer]}
            """ + ACCURACY;
    private static final String TRAIN = """
              train-gate:
                run: sh train.sh
                outputs: [build/model.onnx]
                metrics: build/metrics.json
                gates:
                  - {metric: val_accuracy, min: 0.9}
                  - {metric: val_loss, max: 0.35}
            """;
    private static final String CALIBRATION = """
              calibration:
                path: data/calibration.csv
                label: truth
                features: {x: "f*"}
            """;
    private static final String QUANTISE = """
              quantize:
                mode: int8-dynamic
                trials: 4
                gates:
                  - {metric: accuracy, max-degradation: 0.01}
                  - {metric: agreement, min: 0.98}
            """;
    private static final String SOURCE = """
            model:
              name: flowers
              task: multiclass-classification
              classes: [a, b, c]
              source: {kind: command, command: sh source.sh, path: build/weights.bin, time-limit: 60s}
            """;
    private static final String EXPORT = """
              export-onnx:
                gates:
                  - {metric: tolerance, max: 0.0001}
                  - {metric: agreement, min: 0.99}
            """;
    private static final String EXPORTER = """
            at=$(dirname "$GATEWRIGHT_REQUEST")/answer
            mkdir "$at/outputs"
            cp build/scores.npy "$at/outputs/o0.npy"
            model=
            if grep -q '"action":"export"' "$GATEWRIGHT_REQUEST"; then
              cp build/exported.onnx "$at/model.onnx"
              model='"model": "model.onnx", '
            fi
            printf '%s' '{"gatewright": 1, "status": "done", '"$model"'"outputs": [{"name": "scores", "file": "o0.npy"}]}' > "$at/answer.json"
            """;
    private static final String SPEC = "gatewright: 1\n";

    /** A training that writes two numbers and a model. */
    static final Sound TRAINING = Sound.run("a training that writes its numbers", List.of(TRAIN_GATE), box -> {
        box.write("gatewright.yaml", SPEC + CLASSIFIER + "stages:\n" + TRAIN);
        trainingFiles(box);
    });

    /** A training that writes a line an epoch. */
    static final Sound TRAINING_LOG = Sound.run("a training that writes a line an epoch", List.of(TRAIN_GATE), box -> {
        box.write(
                "gatewright.yaml",
                SPEC + CLASSIFIER + "stages:\n" + TRAIN.replace("build/metrics.json", "build/log.csv"));
        trainingFiles(box);
        box.edit("train.sh", "cp prepared/metrics.json build/metrics.json", "cp prepared/log.csv build/log.csv");
        box.write("prepared/log.csv", "epoch,val_accuracy,val_loss\n1,0.71,0.9\n2,0.88,0.5\n3,0.95,0.3\n");
    });

    /** Predictions that a file gives. */
    static final Sound PREDICTIONS = Sound.run("predictions in a file", List.of(EVALUATE_METRICS), box -> {
        box.write("gatewright.yaml", SPEC + CLASSIFIER + "stages:\n" + JUDGE_PREDICTIONS);
        box.write("data/predictions.csv", Rows.predictions());
    });

    /** Predictions with a probability a class. */
    static final Sound SCORES = Sound.run("probabilities in a file", List.of(EVALUATE_METRICS), box -> {
        String judge = JUDGE_PREDICTIONS
                .replace("prediction: predicted", "scores: \"p_*\"")
                .replace(
                        "min: 0.8, confidence: 0.95}",
                        "min: 0.8, confidence: 0.95}\n      - {metric: log_loss, max: 0.6}");
        box.write("gatewright.yaml", SPEC + CLASSIFIER + "stages:\n" + judge);
        box.write("data/predictions.csv", Rows.predictions());
    });

    /** Predicted numbers. */
    static final Sound REGRESSION = Sound.run("predicted numbers in a file", List.of(EVALUATE_METRICS), box -> {
        box.write("gatewright.yaml", """
                gatewright: 1
                model: {name: prices, task: regression}
                stages:
                  evaluate-metrics:
                    predictions: {path: data/predictions.csv, label: truth, prediction: predicted}
                    gates:
                      - {metric: mse, max: 1}
                """);
        box.write("data/predictions.csv", "truth,predicted\n1,1.5\n2,2.5\n3,2.5\n4,4.5\n");
    });

    /** Predictions of two classes, one of them the positive one. */
    static final Sound BINARY = Sound.run("probabilities of two classes in a file", List.of(EVALUATE_METRICS), box -> {
        box.write("gatewright.yaml", """
                gatewright: 1
                model: {name: churn, task: binary-classification, classes: ["no", "yes"], positive: "yes"}
                stages:
                  evaluate-metrics:
                    predictions: {path: data/predictions.csv, label: truth, scores: [p_no, p_yes]}
                    gates:
                      - {metric: recall, min: 0.9, threshold: 0.3}
                """);
        box.write(
                "data/predictions.csv",
                "truth,p_no,p_yes\nyes,0.1,0.9\nyes,0.6,0.4\nno,0.9,0.1\nno,0.8,0.2\nyes,0.3,0.7\n");
    });

    /** A model and rows of any number of classes. */
    static final Sound LABEL_SETS =
            Sound.run("a model and rows of any number of classes", List.of(EVALUATE_METRICS), box -> {
                box.write("gatewright.yaml", """
                gatewright: 1
                model: {name: tags, task: multilabel-classification, path: build/model.onnx, classes: [a, b, c]}
                data:
                  holdout: {path: data/holdout.csv, label: "is_*", features: {x: "f*"}}
                stages:
                  evaluate-metrics:
                    data: holdout
                    gates:
                      - {metric: hamming_loss, max: 0.2, confidence: 0.95}
                      - {metric: f1, average: micro, min: 0.8}
                """);
                box.write("build/model.onnx", Models.of("N,3", Onnx.model().node("Identity", "x", "scores")));
                box.write("data/holdout.csv", Rows.labelSets());
            });

    /** Predictions in NumPy arrays. */
    static final Sound ARRAYS = Sound.run("predictions in NumPy arrays", List.of(EVALUATE_METRICS), box -> {
        String judge = JUDGE_PREDICTIONS
                .replace("predictions.csv", "predictions.npz")
                .replace("label: truth", "label: {column: truth, as: index}")
                .replace("prediction: predicted, slices: [writer]", "scores: scores");
        box.write("gatewright.yaml", SPEC + CLASSIFIER + "stages:\n" + judge);
        box.write("data/predictions.npz", NpzFile.npz());
    });

    /** Predictions in another file than CSV. */
    private static Sound predictionsIn(String what, String path, Consumer<Sandbox> data) {
        return Sound.run(what, List.of(EVALUATE_METRICS), box -> {
            String judge = JUDGE_PREDICTIONS.replace("data/predictions.csv", path);
            box.write("gatewright.yaml", SPEC + CLASSIFIER + "stages:\n" + judge);
            data.accept(box);
        });
    }

    /** Predictions as lines of JSON. */
    static final Sound JSON_LINES = predictionsIn(
            "predictions in JSON Lines",
            "data/predictions.jsonl",
            box -> box.write("data/predictions.jsonl", FormatFiles.jsonLines()));

    /** Predictions in a compressed file. */
    static final Sound GZIP = predictionsIn(
            "predictions in a compressed TSV file",
            "data/predictions.tsv.gz",
            box -> box.write(
                    "data/predictions.tsv.gz",
                    FormatFiles.gzip(Rows.predictions().replace(',', '\t'))));

    /** Predictions in a Parquet file. */
    static final Sound PARQUET = predictionsIn(
            "predictions in a Parquet file",
            "data/predictions.parquet",
            box -> box.write("data/predictions.parquet", FormatFiles.parquet()));

    /** Predictions in arrays of which each is a file. */
    static final Sound NPY = ARRAYS.with(", each a file of its own", box -> {
        box.editSpec("data/predictions.npz", "data/arrays");
        box.write("data/arrays/truth.npy", Npz.npy("<i8", "(120,)", NpzFile.truth()));
        box.write("data/arrays/scores.npy", Npz.npy("<f4", "(120, 3)", NpzFile.scores()));
    });

    /** Predictions in the files of a folder. */
    static final Sound PARTS = predictionsIn(
            "predictions in the files of a folder",
            "data/parts",
            box -> FormatFiles.parts(Rows.predictions()).forEach(box::write));

    /** A model that is judged on rows. */
    static final Sound MODEL = Sound.run("a model and its rows", List.of(EVALUATE_METRICS), box -> {
        box.write("gatewright.yaml", SPEC + ONNX + HOLDOUT + "device: cpu\nstages:\n" + JUDGE_MODEL);
        modelFiles(box);
    });

    /** A model whose probabilities and times are judged too. */
    static final Sound MODEL_IN_FULL = MODEL.with(
            ", with its probabilities and size",
            box -> box.editSpec(
                    "min: 0.8, confidence: 0.95}",
                    "min: 0.8, confidence: 0.95}\n      - {metric: log_loss, max: 0.6}\n      - {metric: size_bytes, max: 100000}"));

    /** A model that names its features and classes. */
    static final Sound NAMED_MODEL = MODEL.with(
            " that names its features and classes",
            box -> box.write("build/model.onnx", Models.named("[\"f0\",\"f1\",\"f2\"]", "[\"a\",\"b\",\"c\"]")));

    /** A model with its weights in a file of their own. */
    static final Sound EXTERNAL_DATA = MODEL.with(" with its weights in a file of their own", box -> {
        box.write("build/model.onnx", Models.withExternalWeights());
        box.write("build/weights.bin", Models.weightBytes());
    });

    /** A model that is judged on rows which its training has not seen. */
    static final Sound LEAKAGE = MODEL.with(", none of which its training has seen", box -> {
        box.write("data/train.csv", "f0,f1,f2\n2.0,0.0,0.0\n0.0,2.0,0.0\n0.0,0.0,2.0\n");
        box.editSpec("    slices: [writer]\n", """
                    slices: [writer]
                    training: train
                  train: {path: data/train.csv, label: truth, features: {x: "f*"}}
                """);
        box.editSpec("confidence: 0.95}", "confidence: 0.95}\n      - {metric: leakage, max: 0}");
    });

    /** A model that is judged on rows which a command writes. */
    static final Sound PREPARED = MODEL.with(" that a command writes", box -> {
        box.move("data/holdout.csv", "raw/holdout.csv");
        box.write("data/holdout.csv", "the rows of yesterday");
        box.write("prepare.sh", "cp raw/holdout.csv data/holdout.csv\n");
        box.editSpec("    slices: [writer]\n", """
                    slices: [writer]
                    prepare: {run: sh prepare.sh, time-limit: 60s}
                """);
    });

    /** A model that is judged on images of one pixel. */
    static final Sound IMAGES = Sound.run("a model and a folder of images", List.of(EVALUATE_METRICS), box -> {
        box.write("gatewright.yaml", SPEC + ONNX + IMAGE_FOLDER + "device: cpu\nstages:\n" + JUDGE_MODEL);
        box.write("build/model.onnx", Models.ofPixels());
        for (int row = 0; row < Rows.COUNT; row++) {
            box.write(Rows.imageName(row), Rows.image(row));
        }
    });

    /** A model that is compared with a champion. */
    static final Sound COMPARISON = MODEL.with(", compared with a champion", box -> {
        box.write("champion/model.onnx", Models.worse());
        box.editSpec(
                "stages:\n",
                "baseline: {policy: pinned, path: champion/model.onnx, digest: " + Models.digest(Models.worse())
                        + "}\nstages:\n");
        box.editSpec(
                "{metric: accuracy, min: 0.8, confidence: 0.95}",
                "{metric: accuracy, max-degradation: 0.01, against: baseline, confidence: 0.95}");
    });

    /** A student, held against its teacher. */
    static final Sound TEACHER = MODEL.with(", compared with a teacher", box -> {
        box.write("teacher/model.onnx", Models.good());
        box.editSpec(
                "stages:\n",
                "teacher: {path: teacher/model.onnx, digest: " + Models.digest(Models.good()) + "}\nstages:\n");
        box.editSpec(
                "{metric: accuracy, min: 0.8, confidence: 0.95}", "{metric: agreement, min: 0.9, against: teacher}");
    });

    /** Predictions judged by writer. */
    static final Sound SLICES = PREDICTIONS.with(
            ", by slice",
            box -> box.editSpec(
                    "min: 0.8, confidence: 0.95}",
                    "min: 0.8, confidence: 0.95}\n      - {metric: accuracy, slice: writer, min: 0.7, min-samples: 20}"));

    /** Predictions with a gate that only warns. */
    static final Sound WARNING = PREDICTIONS.with(
            ", with a gate that only warns",
            box -> box.editSpec(
                    "min: 0.8, confidence: 0.95}",
                    "min: 0.8, confidence: 0.95}\n      - {metric: f1, average: macro, min: 0.8, on-failure: warn}"));

    /** A training, and a judgement of the predictions that it writes. */
    static final Sound TRAINED_PREDICTIONS =
            Sound.run("a training and its predictions", List.of(TRAIN_GATE, EVALUATE_METRICS), box -> {
                String train = TRAIN.replace("[build/model.onnx]", "[build/predictions.csv]");
                String judge = JUDGE_PREDICTIONS.replace("data/predictions.csv", "build/predictions.csv");
                box.write("gatewright.yaml", SPEC + CLASSIFIER + "stages:\n" + train + judge);
                trainingFiles(box);
                box.write("prepared/predictions.csv", Rows.predictions());
                box.edit("train.sh", "cp prepared/model.onnx build/model.onnx", "cp prepared/predictions.csv build/");
            });

    /** A training, and a judgement of the model that it writes. */
    static final Sound TRAINED_MODEL =
            Sound.run("a training and its model", List.of(TRAIN_GATE, EVALUATE_METRICS), box -> {
                box.write("gatewright.yaml", SPEC + ONNX + HOLDOUT + "device: cpu\nstages:\n" + TRAIN + JUDGE_MODEL);
                modelFiles(box);
                trainingFiles(box);
                box.delete("build/model.onnx");
            });

    /** A training, and a model that is judged on the rows of several files. */
    static final Sound TRAINED_ON_PARTS = TRAINED_MODEL.with(", with its rows in several files", box -> {
        box.editSpec("path: data/holdout.csv", "path: data/parts/part-*.csv");
        FormatFiles.parts(Rows.holdout()).forEach(box::write);
    });

    /** A source model that is judged by its own answers, exported by its command, and judged again. */
    static final Sound EXPORTED =
            Sound.run("a source model that is exported", List.of(EVALUATE_METRICS, EXPORT_ONNX), box -> {
                box.write("gatewright.yaml", SPEC + SOURCE + HOLDOUT + "device: cpu\nstages:\n" + JUDGE_MODEL + EXPORT);
                box.write("data/holdout.csv", Rows.holdout());
                box.write("build/weights.bin", "the weights");
                box.write("build/scores.npy", Rows.scores());
                box.write("build/exported.onnx", Models.good());
                box.write("source.sh", EXPORTER);
            });

    /** A model that is judged, made smaller, and judged again. */
    static final Sound QUANTISED = Sound.run("a model that is quantised", List.of(EVALUATE_METRICS, QUANTIZE), box -> {
        box.write(
                "gatewright.yaml",
                SPEC + ONNX + HOLDOUT + CALIBRATION + "device: cpu\nstages:\n" + JUDGE_MODEL + QUANTISE);
        modelFiles(box);
        box.write("build/model.onnx", Models.layers(8));
        box.write("data/calibration.csv", Rows.holdout());
    });

    /** The same without a judgement before. */
    static final Sound ONLY_QUANTISED = Sound.run("a model that is only quantised", List.of(QUANTIZE), box -> {
        String quantise = QUANTISE.replace("    mode:", "    data: holdout\n    mode:");
        box.write("gatewright.yaml", SPEC + ONNX + HOLDOUT + CALIBRATION + "device: cpu\nstages:\n" + quantise);
        modelFiles(box);
        box.write("build/model.onnx", Models.layers(8));
        box.write("data/calibration.csv", Rows.holdout());
    });

    /** A model that int8 spoils, so that the ladder goes on to half precision. */
    static final Sound LADDER = QUANTISED.with(", which goes on where int8 spoils it", box -> {
        box.write("build/model.onnx", Models.layers(8, 30_000));
        box.editSpec("mode: int8-dynamic", "mode: [int8-dynamic, int8-static, fp16]");
        box.editSpec("    trials: 4\n", "    trials: 4\n    calibration: {data: calibration}\n");
    });

    /** A model that is judged, packed into an image, booted, and asked. */
    static final Sound CONTAINED =
            Sound.run("a model that is packed into an image", List.of(EVALUATE_METRICS, CONTAINERIZE), box -> {
                box.write("gatewright.yaml", SPEC + ONNX + HOLDOUT + "device: cpu\nstages:\n" + JUDGE_MODEL + """
              containerize:
                golden: {data: holdout, rows: 20}
                gates: [{metric: image_bytes, max: 4000000000}]
            """);
                modelFiles(box);
            });

    private Sounds() {}

    private static void trainingFiles(Sandbox box) {
        box.write("prepared/metrics.json", "{\"val_accuracy\": 0.95, \"val_loss\": 0.3}\n");
        box.write("prepared/model.onnx", Models.good());
        box.write("train.sh", """
                set -e
                cp prepared/metrics.json build/metrics.json
                cp prepared/model.onnx build/model.onnx
                """);
    }

    private static void modelFiles(Sandbox box) {
        box.write("build/model.onnx", Models.good());
        box.write("data/holdout.csv", Rows.holdout());
    }
}
