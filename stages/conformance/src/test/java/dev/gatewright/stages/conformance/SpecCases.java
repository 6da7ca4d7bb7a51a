// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.refused;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Specs that ask wrongly: refused before any work, never read in a way that passes. */
final class SpecCases {
    private static final Group GROUP = Group.SPEC;
    private static final String SPEC = "gatewright.yaml";
    private static final String GATE = "{metric: accuracy, min: 0.8, confidence: 0.95}";

    private SpecCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(documents(), bounds(), readings(), sections(), training(), models(), variables());
    }

    private static Group.Table documents() {
        return GROUP.on(Sounds.PREDICTIONS)
                .add("missing", "There is no spec", box -> box.delete(SPEC), refused("there is no such file"))
                .add("empty", "The spec is empty", box -> box.write(SPEC, ""), refused("gatewright.yaml"))
                .add("not-yaml", "The spec is no YAML", box -> box.append(SPEC, "\n: ]["), refused("not YAML"))
                .add(
                        "with-a-tab",
                        "The spec is indented with a tab",
                        box -> box.editSpec("  evaluate", "\tevaluate"),
                        refused("YAML"))
                .add(
                        "two-documents",
                        "The spec is two documents",
                        box -> box.append(SPEC, "---\ngatewright: 1\n"),
                        refused("a second document starts here"))
                .add(
                        "not-utf-8",
                        "The spec is in another encoding",
                        box -> box.write(
                                SPEC,
                                box.text(SPEC)
                                        .replace("flowers", "fleurs \u00e9")
                                        .getBytes(StandardCharsets.ISO_8859_1)),
                        refused("the file is not UTF-8"))
                .add(
                        "truncated",
                        "The spec breaks off before its gates",
                        box -> box.truncate(SPEC, box.text(SPEC).indexOf("    gates:")),
                        refused("needs the key 'gates'"))
                .add(
                        "newer-version",
                        "The spec is of a newer version",
                        box -> box.editSpec("gatewright: 1", "gatewright: 2"),
                        refused("this program reads version 1 of the format"))
                .add(
                        "no-version",
                        "The spec has no version",
                        box -> box.editSpec("gatewright: 1\n", ""),
                        refused("needs the key 'gatewright'"))
                .add(
                        "key-twice",
                        "A gate gives its bound twice",
                        box -> box.editSpec("min: 0.8", "min: 0.99, min: 0.8"),
                        refused("stands twice"))
                .add(
                        "section-twice",
                        "The gates are given twice, the second time with lower bounds",
                        box -> box.append(SPEC, "    gates: [{metric: accuracy, min: 0.1}]\n"),
                        refused("stands twice"))
                .add(
                        "unknown-key",
                        "A gate has a key that nobody knows",
                        box -> box.editSpec("confidence", "confidense"),
                        refused("did you mean 'confidence'?"))
                .add(
                        "unknown-section",
                        "The spec has a section that nobody knows",
                        box -> box.append(SPEC, "gates: []\n"),
                        refused("has no key 'gates'"))
                .add(
                        "unknown-stage",
                        "A stage's name is misspelt",
                        box -> box.editSpec("evaluate-metrics:", "evaluate-metric:"),
                        refused("did you mean 'evaluate-metrics'?"))
                .add(
                        "image-without-a-model",
                        "An image is to be made, and the spec names only predictions",
                        box -> box.append(SPEC, "  containerize: {image: digits}\n"),
                        refused("neither model.path nor a stage export-onnx gives one"))
                .add(
                        "no-stages",
                        "The spec has no stages",
                        box -> box.write(
                                SPEC, box.text(SPEC).substring(0, box.text(SPEC).indexOf("stages:"))),
                        refused("needs the key 'stages'"))
                .add(
                        "aliases-that-explode",
                        "The spec unfolds to millions of values",
                        box -> box.append(SPEC, bomb()),
                        refused("aliases unfolded"))
                .add(
                        "stage-not-in-the-spec",
                        "A stage is asked for that the spec does not have",
                        box -> {
                            box.skip();
                            box.first("train-gate", "--run-id", Sound.RUN_ID);
                        },
                        refused("the spec has no stage train-gate"))
                .add(
                        "several-problems",
                        "The spec has two problems, and one would hide the other",
                        box -> {
                            box.editSpec("min: 0.8", "min: 95");
                            box.editSpec("metric: accuracy", "metric: acuracy");
                        },
                        refused("did you mean 'accuracy'?"));
    }

    private static Group.Table bounds() {
        return GROUP.on(Sounds.PREDICTIONS)
                .add("percent", "A bound is written in percent", min("95"), refused("did you mean 0.95?"))
                .add("percent-sign", "A bound is written with a percent sign", min("95%"), refused("is not a number"))
                .add(
                        "above-one",
                        "A bound is above what the metric can reach",
                        min("1.5"),
                        refused("accuracy lies between 0 and 1"))
                .add(
                        "negative-bound",
                        "A bound is negative, so that everything passes",
                        min("-1"),
                        refused("accuracy lies between 0 and 1"))
                .add(
                        "bound-of-zero",
                        "A bound is zero, so that everything passes",
                        min("0"),
                        refused("it decides nothing"))
                .add(
                        "upper-bound-of-one",
                        "An upper bound is one, so that everything passes",
                        gate("metric: accuracy, max: 1"),
                        refused("it decides nothing"))
                .add("nan-bound", "A bound is NaN", min(".nan"), refused("is not a number"))
                .add(
                        "infinite-bound",
                        "A bound is infinite",
                        gate("metric: log_loss, max: .inf"),
                        refused("is not a number"))
                .add("bound-as-text", "A bound is text in quotes", min("\"0.8\""), refused("is not a number"))
                .add("bound-in-words", "A bound is a word", min("high"), refused("is not a number"))
                .add("bound-null", "A bound is null", min("null"), refused("min has no value"))
                .add("bound-a-list", "A bound is a list", min("[0.8]"), refused("is not a number"))
                .add(
                        "no-bound",
                        "A gate has no bound",
                        gate("metric: accuracy, confidence: 0.95"),
                        refused("a gate without a bound decides nothing"))
                .add(
                        "contradiction",
                        "No value can hold both bounds",
                        gate("metric: accuracy, min: 0.9, max: 0.8"),
                        refused("no value can hold both"))
                .add(
                        "top-k-without-k",
                        "A top-k accuracy does not say among how many",
                        gate("metric: top_k_accuracy, min: 0.9"),
                        refused("needs a k"))
                .add(
                        "k-of-all-classes",
                        "A label is always among that many classes",
                        gate("metric: top_k_accuracy, k: 1000000, min: 0.9"),
                        refused("it decides nothing"))
                .add(
                        "parameter-of-another-metric",
                        "A parameter is of another metric",
                        gate("metric: accuracy, beta: 2, min: 0.9"),
                        refused("takes no beta"))
                .add(
                        "confidence-in-percent",
                        "A confidence is written in percent",
                        edit("confidence: 0.95", "confidence: 95"),
                        refused("is not a number above 0 and below 1"))
                .add(
                        "confidence-of-one",
                        "A confidence of one, which nothing reaches",
                        edit("confidence: 0.95", "confidence: 1"),
                        refused("is not a number above 0 and below 1"))
                .add(
                        "confidence-of-zero",
                        "A confidence of zero, which everything reaches",
                        edit("confidence: 0.95", "confidence: 0"),
                        refused("is not a number above 0 and below 1"))
                .add(
                        "min-samples-of-zero",
                        "Fewest rows of zero",
                        gate("metric: accuracy, min: 0.8, min-samples: 0"),
                        refused("is not a whole number from 1"))
                .add(
                        "min-samples-of-a-fraction",
                        "Fewest rows of a fraction",
                        gate("metric: accuracy, min: 0.8, min-samples: 0.5"),
                        refused("is not a whole number from 1"))
                .add(
                        "on-failure-ignore",
                        "A gate that is to be ignored when it fails",
                        gate("metric: accuracy, min: 0.8, on-failure: ignore"),
                        refused("is not one of block, warn, approve"))
                .add(
                        "degradation-with-a-sign",
                        "A degradation is written as a negative number",
                        gate("metric: accuracy, max-degradation: -0.01"),
                        refused("a difference is written without a sign"));
    }

    private static Group.Table readings() {
        return GROUP.on(Sounds.PREDICTIONS)
                .add(
                        "unknown-metric",
                        "A metric's name is misspelt",
                        edit("metric: accuracy", "metric: acuracy"),
                        refused("there is no metric 'acuracy'; did you mean 'accuracy'?"))
                .add(
                        "metric-of-another-case",
                        "A metric's name is in capitals",
                        edit("metric: accuracy", "metric: Accuracy"),
                        refused("there is no metric 'Accuracy'"))
                .add(
                        "average-missing",
                        "An F1 of three classes does not say which",
                        gate("metric: f1, min: 0.8"),
                        refused("f1 of 3 classes is several numbers; say which one"))
                .add(
                        "unknown-average",
                        "An average that nobody knows",
                        gate("metric: f1, average: mean, min: 0.8"),
                        refused("is not one of "))
                .add(
                        "binary-average",
                        "An average of the positive class, and there is none",
                        gate("metric: f1, average: binary, min: 0.8"),
                        refused("average binary is the value of the positive class"))
                .add(
                        "average-of-accuracy",
                        "An average of a metric that has none",
                        gate("metric: accuracy, average: macro, min: 0.8"),
                        refused("accuracy takes no average"))
                .add(
                        "unknown-class",
                        "A class that the model does not have",
                        gate("metric: f1, class: d, min: 0.8"),
                        refused("'d' is not one of the classes"))
                .add(
                        "metric-of-another-task",
                        "A metric of numbers is asked of classes",
                        gate("metric: mse, max: 1"),
                        refused("mse does not fit a multiclass-classification"))
                .add(
                        "threshold-of-many-classes",
                        "A threshold without a positive class",
                        gate("metric: f1, average: macro, threshold: 0.3, min: 0.8"),
                        refused("a threshold is about the positive class"))
                .add(
                        "interval-of-a-size",
                        "A confidence of a metric that has no interval",
                        gate("metric: size_bytes, max: 9, confidence: 0.95"),
                        refused("size_bytes is no sample statistic and has no interval"))
                .add(
                        "rows-of-a-size",
                        "Fewest rows of a metric that rests on none",
                        gate("metric: size_bytes, max: 9, min-samples: 5"),
                        refused("rests on no rows"))
                .add(
                        "unknown-slice",
                        "A slice that the data set does not have",
                        gate("metric: accuracy, slice: author, min: 0.8"),
                        refused("the data set has no slice 'author'"))
                .add(
                        "correction-without-slice",
                        "A correction of one comparison",
                        gate("metric: accuracy, min: 0.8, confidence: 0.95, correction: holm"),
                        refused("a correction is for the values of a slice"))
                .add(
                        "correction-without-confidence",
                        "A correction of no level",
                        gate("metric: accuracy, slice: writer, min: 0.8, correction: holm"),
                        refused("a correction corrects a level"))
                .add(
                        "small-slices-without-min-samples",
                        "Small slices are set aside, and nothing says which are small",
                        gate("metric: accuracy, slice: writer, min: 0.8, small-slices: report"),
                        refused("min-samples says which slices are small"))
                .add(
                        "nothing-to-compare-with",
                        "A comparison, and there is no baseline",
                        gate("metric: accuracy, max-degradation: 0.01"),
                        refused("there is nothing to compare with"))
                .add(
                        "against-without-comparison",
                        "A baseline is named, and no bound compares",
                        gate("metric: accuracy, min: 0.8, against: baseline"),
                        refused("no bound of this gate compares"))
                .add(
                        "predictions-compared",
                        "Predictions are compared with a pinned model",
                        box -> {
                            box.write("champion/model.onnx", Models.good());
                            box.editSpec(GATE, "{metric: accuracy, max-degradation: 0.01}");
                            box.editSpec(
                                    "stages:",
                                    "baseline: {policy: pinned, path: champion/model.onnx, digest: "
                                            + Models.digest(Models.good()) + "}\nstages:");
                        },
                        refused("there is nothing to compare with"));
    }

    private static Group.Table sections() {
        return GROUP.on(Sounds.PREDICTIONS)
                .add(
                        "classes-missing",
                        "The classes are missing",
                        edit(", classes: [a, b, c]", ""),
                        refused("needs its classes"))
                .add(
                        "class-twice",
                        "A class stands twice",
                        edit("[a, b, c]", "[a, b, b]"),
                        refused("class 'b' stands twice"))
                .add("one-class", "There is one class only", edit("[a, b, c]", "[a]"), refused("at least 2 classes"))
                .add(
                        "unknown-task",
                        "A task that nobody knows",
                        edit("multiclass-classification", "classification"),
                        refused("is not one of "))
                .add(
                        "model-missing",
                        "The spec does not say what is judged",
                        box -> box.write(SPEC, box.text(SPEC).replaceAll("model: .*\n", "")),
                        refused("needs the key 'model'"))
                .add(
                        "nothing-to-judge",
                        "Neither a data set nor predictions are named",
                        box -> box.write(SPEC, box.text(SPEC).replaceAll("    predictions: .*\n", "")),
                        refused("evaluate-metrics needs the key 'data', or 'predictions'"))
                .add(
                        "answers-missing",
                        "The predictions name no column with answers",
                        edit(", prediction: predicted", ""),
                        refused("predictions need the key 'prediction' or 'scores'"))
                .add(
                        "label-not-named",
                        "The label's column is not named",
                        edit(", label: truth", ""),
                        refused("needs the key 'label'"))
                .add(
                        "baseline-of-promotions",
                        "The baseline is the last promoted model, and there are no promotions",
                        baseline("policy: last-promoted"),
                        refused("policy last-promoted needs promotions"))
                .add(
                        "baseline-of-a-branch",
                        "The baseline is that of a branch, and there are no promotions",
                        baseline("policy: target-branch"),
                        refused("policy target-branch needs promotions"))
                .add(
                        "baseline-without-digest",
                        "The pinned baseline has no digest",
                        baseline("policy: pinned, path: champion/model.onnx"),
                        refused("policy pinned needs the key 'digest'"))
                .add(
                        "baseline-without-path",
                        "The pinned baseline has no file",
                        baseline("policy: pinned, digest: " + "0".repeat(64)),
                        refused("policy pinned needs the key 'path'"))
                .add(
                        "baseline-with-a-short-digest",
                        "The pinned baseline's digest is cut short",
                        baseline("policy: pinned, path: champion/model.onnx, digest: 0123abc"),
                        refused("a digest is 64 hexadecimal digits"))
                .add(
                        "unknown-device",
                        "A device that nobody knows",
                        box -> box.append(SPEC, "device: gpu\n"),
                        refused("is not one of auto, cpu, cuda, tensorrt"))
                .add(
                        "setting-without-value",
                        "A setting on the command line is none",
                        box -> box.argument("--set", "stages"),
                        refused("this is no key=value"))
                .add(
                        "setting-of-nothing",
                        "A setting on the command line names a gate that is not there",
                        box -> box.argument("--set", "stages.evaluate-metrics.gates[7].min=0.9"),
                        refused("there is no item [7] there"))
                .add(
                        "setting-that-adds",
                        "A setting on the command line misspells its key",
                        box -> box.argument("--set", "stages.evaluate-metrics.gates[0].mim=0.9"),
                        refused("has no key 'mim'"))
                .add(
                        "unknown-option",
                        "An option that nobody knows",
                        box -> box.argument("--force"),
                        refused("--force"));
    }

    private static Group.Table training() {
        return GROUP.on(Sounds.TRAINING)
                .add(
                        "training-without-command",
                        "The training has no command",
                        edit("    run: sh train.sh\n", ""),
                        refused("needs the key 'run'"))
                .add(
                        "training-without-metrics",
                        "The training names no metrics file",
                        edit("    metrics: build/metrics.json\n", ""),
                        refused("needs the key 'metrics'"))
                .add(
                        "metrics-of-unknown-format",
                        "The metrics file is of no known format",
                        edit("build/metrics.json", "build/metrics.txt"),
                        refused("its format is not known"))
                .add(
                        "output-outside",
                        "An output lies outside the spec's folder",
                        edit("[build/model.onnx]", "[../model.onnx]"),
                        refused("is not a path below the spec's folder"))
                .add(
                        "outputs-empty",
                        "The list of outputs is empty",
                        edit("[build/model.onnx]", "[]"),
                        refused("the list is empty"))
                .add(
                        "time-limit-without-unit",
                        "A time limit has no unit",
                        edit("    metrics:", "    time-limit: 30\n    metrics:"),
                        refused("is not a length of time"))
                .add(
                        "best-of-both-sides",
                        "The best value is asked for, and the bounds disagree on which that is",
                        edit("min: 0.9}", "min: 0.9, max: 0.99, value: best}"),
                        refused("which value is the best is not clear"))
                .add(
                        "training-gate-without-bound",
                        "A gate of the training has no bound",
                        edit(", min: 0.9}", "}"),
                        refused("a gate without a bound decides nothing"))
                .add(
                        "training-gate-with-confidence",
                        "A gate of the training asks for an interval, which it cannot have",
                        edit("min: 0.9}", "min: 0.9, confidence: 0.95}"),
                        refused("has no key 'confidence'"))
                .add(
                        "training-gates-empty",
                        "The list of the training's gates is empty",
                        box -> box.write(SPEC, box.text(SPEC).replaceAll("(?s)    gates:\n.*", "    gates: []\n")),
                        refused("the list is empty"));
    }

    private static Group.Table models() {
        return GROUP.on(Sounds.MODEL)
                .add(
                        "unknown-data",
                        "A data set that is not there",
                        edit("data: holdout", "data: holdut"),
                        refused("data has no 'holdut'; did you mean 'holdout'?"))
                .add(
                        "no-path",
                        "The model has no file",
                        edit(", path: build/model.onnx", ""),
                        refused("evaluate-metrics needs a model to judge"))
                .add(
                        "no-features",
                        "The data set names no features",
                        box -> box.write(SPEC, box.text(SPEC).replaceAll("    features: .*\n", "")),
                        refused("needs the key 'features'"))
                .add(
                        "both-data-and-predictions",
                        "Both a data set and predictions are named",
                        edit(
                                "    data: holdout\n",
                                "    data: holdout\n    predictions: {path: p.csv, label: t, prediction: p}\n"),
                        refused("evaluate-metrics judges a model on data, or predictions"))
                .add(
                        "feature-misspelt",
                        "A feature's column is misspelt",
                        edit("x: \"f*\"", "x: [f0, f1, ff2]"),
                        refused("has no column 'ff2'"))
                .add(
                        "pattern-matches-nothing",
                        "The features' pattern matches no column",
                        edit("\"f*\"", "\"pixel_*\""),
                        refused("that matches 'pixel_*'"))
                .add(
                        "slice-misspelt",
                        "A slice's column is misspelt",
                        edit("[writer]", "[wirter]"),
                        refused("has no column 'wirter'"));
    }

    private static Group.Table variables() {
        Sound sound = Sounds.PREDICTIONS.with(", with its bound from the environment", box -> {
            box.editSpec(GATE, "metric: accuracy\n        min: ${env:LEAST_ACCURACY}");
            box.set("LEAST_ACCURACY", "0.8");
        });
        return GROUP.on(sound)
                .add(
                        "variable-missing",
                        "A bound comes from an environment variable that is not set",
                        edit("LEAST_ACCURACY", "LEAST_OF_ALL"),
                        refused("the environment variable LEAST_OF_ALL is not set"))
                .add(
                        "variable-empty",
                        "A bound comes from an environment variable that is empty",
                        box -> box.set("LEAST_ACCURACY", ""),
                        refused("min"))
                .add(
                        "variable-zero",
                        "A bound comes from an environment variable that lets everything pass",
                        box -> box.set("LEAST_ACCURACY", "0"),
                        refused("it decides nothing"))
                .add(
                        "variable-with-more",
                        "A bound comes from an environment variable that adds a key",
                        box -> box.set("LEAST_ACCURACY", "0.8, on-failure: warn"),
                        refused("is not a number"))
                .add(
                        "variable-like-a-secret",
                        "A value comes from an environment variable that looks like a secret",
                        box -> {
                            box.editSpec("LEAST_ACCURACY", "API_TOKEN");
                            box.set("API_TOKEN", "0.8");
                        },
                        refused("this name looks like a secret's"))
                .add(
                        "variable-of-no-repository",
                        "A name comes from git, and there is no repository",
                        edit("name: flowers", "name: \"flowers-${git:commit}\""),
                        refused("the spec lies in no git repository"))
                .add(
                        "variable-unclosed",
                        "A variable has no end",
                        edit("${env:LEAST_ACCURACY}", "\"${env:LEAST_ACCURACY\""),
                        refused("a variable has no closing brace"));
    }

    private static String bomb() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1) + "]\n");
        }
        return bomb.toString();
    }

    private static Case.Breakage min(String bound) {
        return edit("min: 0.8", "min: " + bound);
    }

    private static Case.Breakage gate(String gate) {
        return edit(GATE, "{" + gate + "}");
    }

    private static Case.Breakage baseline(String baseline) {
        return edit("stages:", "baseline: {" + baseline + "}\nstages:");
    }

    private static Case.Breakage edit(String from, String to) {
        return box -> box.editSpec(from, to);
    }
}
