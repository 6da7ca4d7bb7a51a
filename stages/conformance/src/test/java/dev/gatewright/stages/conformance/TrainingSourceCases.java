// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.failed;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;

import java.util.Base64;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Numbers of trainings that are no evidence, wherever they are left, and trainings that learned nothing. */
final class TrainingSourceCases {
    private static final Group GROUP = Group.TRAINING;
    private static final String WRITE = "cp prepared/metrics.json build/metrics.json";

    /** Two epochs as TensorBoard 2.21.0 writes them: the losses 0.5 and 0.25, the accuracies 0.75 and 0.9375. */
    private static final byte[] EVENTS = Base64.getDecoder()
            .decode("SAAAAAAAAAD+kkidCSEhrooKwtpBGg1icmFpbi5FdmVudDoyUi4KLHRlbnNvcmJvYXJkLnN1bW1hcnkud3JpdGVyLmV2ZW50"
                    + "X2ZpbGVfd3JpdGVykR64UjEAAAAAAAAAnYOD6QkAAABA/FTZQSomCg8KCHZhbF9sb3NzFQAAAD8KEwoMdmFsX2FjY3Vy"
                    + "YWN5FQAAQD8S1Kr2MwAAAAAAAAAMpyBWCQAAQED8VNlBEAEqJgoPCgh2YWxfbG9zcxUAAIA+ChMKDHZhbF9hY2N1cmFj"
                    + "eRUAAHA/5dNxbg==");

    private static final Sound TENSORBOARD = Sounds.TRAINING.with(" as TensorBoard's events", box -> {
        source(
                box,
                "{tensorboard: build/logs}",
                "mkdir build/logs; cp prepared/events.out.tfevents.1.host build/logs/");
        box.write("prepared/events.out.tfevents.1.host", EVENTS);
    });

    private static final Sound TRAINER = Sounds.TRAINING.with(" in a Trainer's state", box -> {
        source(box, "{trainer-state: build/trainer}", "cp -r prepared/trainer build/trainer");
        box.write(
                "prepared/trainer/checkpoint-20/trainer_state.json",
                "{\"global_step\": 20, \"log_history\": [{\"loss\": 0.6, \"step\": 20}, {\"val_loss\": 0.3,"
                        + " \"val_accuracy\": 0.95, \"step\": 20}]}\n");
    });

    private static final Sound OUTPUT = Sounds.TRAINING.with(" in what it prints", box -> {
        source(
                box,
                "{output: {val_loss: \"[valid] * loss {number}\", val_accuracy: \"[valid] * acc {number}\"}}",
                "cat prepared/output.txt");
        box.write("prepared/output.txt", """
                [train] epoch 1 acc 0.8 loss 0.6
                [valid] epoch 1 acc 0.9 loss 0.4
                [train] epoch 2 acc 0.9 loss 0.5
                [valid] epoch 2 acc 0.95 loss 0.3
                """);
    });

    private static final Sound GAIN = Sounds.TRAINING.with(", with its gap and its gain", box -> {
        box.editSpec(
                "stages:\n",
                "data: {validation: {path: data/holdout.csv, label: truth, features: {x: \"f*\"}}}\nstages:\n");
        box.editSpec("      - {metric: val_loss, max: 0.35}\n", """
                      - {metric: val_loss, minus: train_loss, max: 0.1}
                      - {metric: val_accuracy, minus: {naive: accuracy, data: validation}, min: 0.05}
                """);
        box.write("prepared/metrics.json", "{\"val_accuracy\": 0.95, \"val_loss\": 0.3, \"train_loss\": 0.25}\n");
        box.write("data/holdout.csv", "f0,f1,f2,truth\n1,2,3,a\n1,2,3,b\n1,2,3,a\n1,2,3,c\n");
    });

    private TrainingSourceCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(events(), trainer(), output(), gains(), endings(), mlflow());
    }

    private static void source(Sandbox box, String metrics, String write) {
        box.editSpec("metrics: build/metrics.json", "metrics: " + metrics);
        box.edit("train.sh", WRITE, write);
    }

    private static Group.Table events() {
        String file = "prepared/events.out.tfevents.1.host";
        return GROUP.on(TENSORBOARD)
                .add(
                        "events-cut",
                        "The last record of an event file is cut: the writer was not closed",
                        box -> box.truncate(file, EVENTS.length - 9),
                        notEvaluated("has no end: the training did not close its writer"))
                .add(
                        "events-changed",
                        "A byte of an event file is not what its checksum says",
                        box -> {
                            byte[] changed = EVENTS.clone();
                            changed[EVENTS.length - 6] ^= 1;
                            box.write(file, changed);
                        },
                        notEvaluated("is not what its checksum says: the file is damaged"))
                .add(
                        "events-of-something-else",
                        "An event file is none of TensorBoard's",
                        box -> box.write(file, "val_loss: 0.1 val_accuracy: 0.99\n"),
                        notEvaluated("has a length without its checksum: the file is damaged, or no event file"))
                .add(
                        "events-without-a-file",
                        "The folder of the events holds no event file",
                        box -> box.edit("train.sh", "build/logs/", "build/logs/metrics.txt"),
                        notEvaluated("no file in it is called ….tfevents.…"))
                .add(
                        "events-of-last-week",
                        "The training writes no events, and those of last week lie there",
                        box -> {
                            box.write("build/logs/events.out.tfevents.1.host", EVENTS);
                            box.edit(
                                    "train.sh",
                                    "mkdir build/logs; cp prepared/events.out.tfevents.1.host build/logs/",
                                    ":");
                        },
                        notEvaluated("the training did not write build/logs"))
                .add(
                        "events-in-another-folder",
                        "The events lie in a folder below, so that the numbers have other names",
                        box -> {
                            box.edit("train.sh", "host build/logs/", "host build/logs/run/");
                            box.edit("train.sh", "mkdir build/logs", "mkdir -p build/logs/run");
                        },
                        notEvaluated("has no number 'val_loss', but run/val_accuracy, run/val_loss"));
    }

    private static Group.Table trainer() {
        String file = "prepared/trainer/checkpoint-20/trainer_state.json";
        return GROUP.on(TRAINER)
                .add(
                        "trainer-state-cut",
                        "A Trainer's state breaks off",
                        box -> box.truncate(file, 60),
                        notEvaluated(
                                "build/trainer cannot be read: checkpoint-20/trainer_state.json: Unexpected end-of-input"))
                .add(
                        "trainer-state-without-history",
                        "A Trainer's state has no history",
                        box -> box.edit(file, "log_history", "history"),
                        notEvaluated("has no list 'log_history'"))
                .add(
                        "trainer-state-gone",
                        "A Trainer leaves a checkpoint without its state",
                        box -> box.move(file, "prepared/trainer/checkpoint-20/optimizer.pt"),
                        notEvaluated("there is no trainer_state.json in it"))
                .add(
                        "trainer-state-diverged",
                        "A Trainer's loss was NaN before its last evaluation",
                        box -> box.edit(file, "{\"loss\": 0.6, \"step\": 20}", "{\"val_loss\": NaN, \"step\": 10}"),
                        notEvaluated("val_loss was NaN (value 1 of 2)"))
                .add(
                        "trainer-state-worse-in-the-end",
                        "A newer checkpoint of a Trainer is worse",
                        box -> box.write(
                                "prepared/trainer/checkpoint-100/trainer_state.json",
                                box.text(file).replace("0.3", "0.9")),
                        failed("val_loss 0.9 is above max 0.35"));
    }

    private static Group.Table output() {
        String file = "prepared/output.txt";
        return GROUP.on(OUTPUT)
                .add(
                        "output-without-numbers",
                        "The training prints only its training loss",
                        box -> box.write(file, "[train] epoch 1 acc 0.8 loss 0.2\n"),
                        notEvaluated("stands in no line that fits '[valid] * loss {number}'"))
                .add(
                        "output-not-a-number",
                        "The training prints a text where its loss should be",
                        box -> box.edit(file, "loss 0.4", "loss n/a"),
                        notEvaluated("has 'n/a' in line 2, where a number is expected"))
                .add(
                        "output-nan",
                        "The training prints nan in its first epoch",
                        box -> box.edit(file, "loss 0.4", "loss nan"),
                        notEvaluated("val_loss was NaN (value 1 of 2)"))
                .add(
                        "output-worse",
                        "The last line that fits is below the bound",
                        box -> box.append(file, "[valid] epoch 3 acc 0.5 loss 0.3\n"),
                        failed("val_accuracy 0.5 is below min 0.9"))
                .add(
                        "output-pattern-without-a-place",
                        "A pattern does not say where the number stands",
                        box -> box.editSpec("loss {number}", "loss"),
                        refused("'[valid] * loss' has to say what stands before the number, and once {number}"));
    }

    private static Group.Table gains() {
        return GROUP.on(GAIN)
                .add(
                        "learned-by-heart",
                        "The validation's loss is far from the training's",
                        box -> box.edit("prepared/metrics.json", "0.25", "0.01"),
                        failed("val_loss - train_loss 0.29 is above max 0.1"))
                .add(
                        "gap-to-nothing",
                        "The training does not write the number that a gap is taken to",
                        box -> box.edit("prepared/metrics.json", "train_loss", "training_loss"),
                        notEvaluated("has no number 'train_loss', but"))
                .add(
                        "learned-nothing",
                        "Almost all rows are of one class, so that always the same answer is as good",
                        box -> box.write("data/holdout.csv", "f0,f1,f2,truth\n" + "1,2,3,a\n".repeat(19) + "1,2,3,b\n"),
                        failed("val_accuracy - naive accuracy on validation 0 is below min 0.05"))
                .add(
                        "gain-without-rows",
                        "The rows on which a naive answer is scored are gone",
                        box -> box.delete("data/holdout.csv"),
                        notEvaluated("naive accuracy on validation could not be told"))
                .add(
                        "gain-with-a-foreign-label",
                        "A label of the rows on which a naive answer is scored is no class",
                        box -> box.edit("data/holdout.csv", "1,2,3,b", "1,2,3,x"),
                        notEvaluated("naive accuracy on validation could not be told"))
                .add(
                        "gain-on-other-data",
                        "A gain names a data set that the spec does not have",
                        box -> box.editSpec("data: validation}", "data: holdout}"),
                        refused("there is no data set 'holdout'"));
    }

    private static Group.Table endings() {
        Consumer<Sandbox> hang = box -> box.append("train.sh", "echo $$ >> pids\nsleep 600\n");
        return GROUP.on(Sounds.TRAINING_LOG)
                .add(
                        "explodes",
                        "The loss explodes while the training goes on",
                        box -> {
                            box.editSpec("{metric: val_loss, max: 0.35}", "{metric: val_loss, value: worst, max: 100}");
                            box.edit("prepared/log.csv", "2,0.88,0.5", "2,0.88,5e9");
                            hang.accept(box);
                        },
                        failed("val_loss[worst] 5000000000 is above max 100"))
                .add(
                        "exploded-and-recovered",
                        "The loss exploded, and the training ended well before anyone looked",
                        box -> {
                            box.editSpec("{metric: val_loss, max: 0.35}", "{metric: val_loss, value: worst, max: 100}");
                            box.edit("prepared/log.csv", "2,0.88,0.5", "2,0.88,5e9");
                        },
                        failed("val_loss[worst] 5000000000 is above max 100"))
                .add(
                        "stands-still",
                        "The accuracy does not improve any more while the training goes on",
                        box -> {
                            box.editSpec("min: 0.9}", "min: 0.9, patience: 2}");
                            box.edit("prepared/log.csv", "3,0.95,0.3", "3,0.7,0.3\n4,0.71,0.3");
                            hang.accept(box);
                        },
                        failed("val_accuracy 0.71 is below min 0.9"))
                .add(
                        "patience-without-a-block",
                        "A gate that only warns is to end the training",
                        box -> box.editSpec("min: 0.9}", "min: 0.9, patience: 2, on-failure: warn}"),
                        refused("a gate with on-failure: warn ends no training"));
    }

    private static Group.Table mlflow() {
        return GROUP.on(Sounds.TRAINING)
                .add(
                        "mlflow-not-there",
                        "Nothing listens where the MLflow server should be",
                        box -> box.editSpec(
                                "metrics: build/metrics.json",
                                "metrics: {mlflow: {server: \"http://127.0.0.1:9\", experiment: flowers}}"),
                        notEvaluated("http://127.0.0.1:9 cannot be reached"))
                .add(
                        "mlflow-without-its-secret",
                        "The secret for the MLflow server is not in the environment",
                        box -> box.editSpec(
                                "metrics: build/metrics.json",
                                "metrics: {mlflow: {server: \"http://127.0.0.1:9\", experiment: flowers, secret: NO_SUCH_TOKEN}}"),
                        notEvaluated("the secret NO_SUCH_TOKEN is not there"))
                .add(
                        "mlflow-with-a-password-in-the-address",
                        "The address of the MLflow server holds a password",
                        box -> box.editSpec(
                                "metrics: build/metrics.json",
                                "metrics: {mlflow: {server: \"http://me:secret@127.0.0.1\", experiment: flowers}}"),
                        refused("the server is an http or https address of a host, without user, query and fragment"))
                .add(
                        "two-sources",
                        "The numbers are to come from two places",
                        box -> box.editSpec(
                                "metrics: build/metrics.json",
                                "metrics: {tensorboard: build/logs, trainer-state: build/trainer}"),
                        refused("the numbers have one source"))
                .add(
                        "notebook-without-python",
                        "A notebook is to train, and there is no such interpreter",
                        box -> box.editSpec("run: sh train.sh", "run: train.ipynb\n    python: no-such-python"),
                        notEvaluated("'train.ipynb' ended with exit code 127"));
    }
}
