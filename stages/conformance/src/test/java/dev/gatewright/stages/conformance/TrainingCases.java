// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.api.StageName.TRAIN_GATE;
import static dev.gatewright.stages.conformance.Expected.failed;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;

import java.util.stream.Stream;

/** Trainings that go wrong, whatever their files say. */
final class TrainingCases {
    private static final Group GROUP = Group.TRAINING;
    private static final String MODEL = "cp prepared/model.onnx build/model.onnx\n";

    private TrainingCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(ends(), models(), chains());
    }

    private static Group.Table ends() {
        return GROUP.on(Sounds.TRAINING)
                .add(
                        "exit-code",
                        "The training writes perfect numbers and exits with 1",
                        box -> box.append("train.sh", "exit 1\n"),
                        notEvaluated("'sh train.sh' ended with exit code 1"))
                .add(
                        "killed",
                        "The training writes its numbers and is killed, as when memory runs out",
                        box -> box.append("train.sh", "kill -9 $$\n"),
                        notEvaluated("'sh train.sh' ended with exit code 137"))
                .add(
                        "crashed",
                        "The training writes its numbers and crashes in native code",
                        box -> box.append("train.sh", "kill -11 $$\n"),
                        notEvaluated("'sh train.sh' ended with exit code 139"))
                .add(
                        "no-such-command",
                        "The training's command is not installed",
                        box -> box.editSpec("run: sh train.sh", "run: no-such-trainer --epochs 3"),
                        notEvaluated("ended with exit code 127"))
                .add(
                        "no-such-script",
                        "The training's script is gone",
                        box -> box.delete("train.sh"),
                        notEvaluated("'sh train.sh' ended with exit code "))
                .add(
                        "syntax-error",
                        "The training's script has a syntax error in its last line",
                        box -> box.append("train.sh", "if then fi\n"),
                        notEvaluated("'sh train.sh' ended with exit code 2"))
                .add(
                        "out-of-time",
                        "The training writes its numbers and does not end within its time limit",
                        box -> {
                            box.editSpec("    metrics:", "    time-limit: 500ms\n    metrics:");
                            box.append("train.sh", "echo $$ >> pids\nsleep 600\n");
                        },
                        notEvaluated("it ran longer than its time-limit"))
                .add(
                        "out-of-time-with-children",
                        "The training's child process does not end within the time limit",
                        box -> {
                            box.editSpec("    metrics:", "    time-limit: 500ms\n    metrics:");
                            box.append("train.sh", "sleep 600 &\necho $! >> pids\nwait\n");
                        },
                        notEvaluated("it ran longer than its time-limit"))
                .add(
                        "prints-only",
                        "The training prints its numbers and writes none",
                        box -> box.edit(
                                "train.sh",
                                "cp prepared/metrics.json build/metrics.json",
                                "echo '{\"val_accuracy\": 0.95, \"val_loss\": 0.3}'"),
                        notEvaluated("the training did not write build/metrics.json"))
                .add(
                        "does-nothing",
                        "The training does nothing and exits with 0",
                        box -> box.write("train.sh", "exit 0\n"),
                        notEvaluated("the training did not write "))
                .add(
                        "forges-its-report",
                        "The training writes a report that says PASSED, and fails",
                        box -> box.append(
                                "train.sh",
                                "echo '{\"schema\": \"gatewright-report/v1\", \"verdict\": \"PASSED\"}'"
                                        + " > .gatewright/runs/r1/train-gate/report.json\nexit 1\n"),
                        notEvaluated("'sh train.sh' ended with exit code 1"))
                .add(
                        "diverges",
                        "The loss becomes NaN while the training goes on",
                        box -> {
                            box.write("prepared/metrics.json", "{\"val_accuracy\": [0.95], \"val_loss\": [0.3, NaN]}");
                            box.append("train.sh", "echo $$ >> pids\nsleep 600\n");
                        },
                        notEvaluated("val_loss was NaN (value 2 of 2)"))
                .add(
                        "lost-early",
                        "The best value is too good to be true while the training goes on",
                        box -> {
                            box.editSpec("min: 0.9}", "min: 0.9, suspicious-above: 0.99, value: best}");
                            box.write("prepared/metrics.json", "{\"val_accuracy\": [0.999], \"val_loss\": [0.3]}");
                            box.append("train.sh", "echo $$ >> pids\nsleep 600\n");
                        },
                        failed("too good to be true"))
                .add(
                        "below-its-bound",
                        "The training's number is below its bound",
                        box -> box.edit("prepared/metrics.json", "0.95", "0.85"),
                        failed("val_accuracy 0.85 is below min 0.9"))
                .add(
                        "last-is-worse",
                        "An early epoch was good enough, and the last one is not",
                        box -> box.edit("prepared/metrics.json", "0.95", "[0.97, 0.4]"),
                        failed("val_accuracy 0.4 is below min 0.9"));
    }

    private static Group.Table models() {
        return GROUP.on(Sounds.TRAINING)
                .add(
                        "no-model",
                        "The training writes good numbers and no model",
                        box -> box.edit("train.sh", MODEL, ""),
                        notEvaluated("the training did not write build/model.onnx"))
                .add(
                        "model-left-by-an-earlier-training",
                        "The training writes no model, and that of last week lies there",
                        box -> {
                            box.write("build/model.onnx", Models.good());
                            box.edit("train.sh", MODEL, "");
                        },
                        notEvaluated("the training did not write build/model.onnx"))
                .add(
                        "empty-model",
                        "The training writes good numbers and a model of no bytes, as on a full disk",
                        box -> box.edit("train.sh", MODEL, ": > build/model.onnx\n"),
                        notEvaluated("the training left at build/model.onnx a file of no bytes"))
                .add(
                        "empty-folder",
                        "The training makes an empty folder where the model should be",
                        box -> box.edit("train.sh", MODEL, "mkdir build/model.onnx\n"),
                        notEvaluated("the training left no file at build/model.onnx, only an empty folder"))
                .add(
                        "old-model",
                        "The training copies a model of another run, which keeps its old time",
                        box -> {
                            box.age("prepared/model.onnx");
                            box.edit("train.sh", MODEL, MODEL.replace("cp ", "cp -p "));
                        },
                        notEvaluated("build/model.onnx is older than the training"))
                .add(
                        "model-is-a-dangling-link",
                        "The model is a link to nothing",
                        box -> box.edit("train.sh", MODEL, "ln -s nowhere.onnx build/model.onnx\n"),
                        notEvaluated("a link that leads nowhere"))
                .add(
                        "model-of-another-name",
                        "The training writes its model under another name",
                        box -> box.edit("train.sh", MODEL, MODEL.replace("build/model", "build/Model2")),
                        notEvaluated("the training did not write build/model.onnx"));
    }

    private static Group.Table chains() {
        return GROUP.on(Sounds.TRAINED_PREDICTIONS)
                .add(
                        "stops-what-follows",
                        "The training fails, and its predictions are good",
                        box -> box.append("train.sh", "exit 1\n"),
                        notEvaluated("'sh train.sh' ended with exit code 1").by(TRAIN_GATE))
                .add(
                        "predicts-worse-than-it-says",
                        "The training's own number is good, and its predictions are not",
                        box -> box.write(
                                "prepared/predictions.csv",
                                box.text("prepared/predictions.csv").replace(",b,0.1,0.8", ",a,0.8,0.1")),
                        failed("is below min 0.8"));
    }
}
