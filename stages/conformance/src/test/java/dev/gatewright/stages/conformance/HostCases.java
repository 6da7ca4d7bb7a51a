// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.api.StageName.TRAIN_GATE;
import static dev.gatewright.stages.conformance.Expected.killed;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;
import static dev.gatewright.stages.conformance.Expected.stopped;

import java.nio.file.Files;
import java.util.stream.Stream;

/** A machine that cannot do what is asked, and callers that give up. */
final class HostCases {
    private static final Group GROUP = Group.HOST;
    private static final String STAGE = ".gatewright/runs/r1/evaluate-metrics";

    private HostCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(devices(), folders(), callers(), training());
    }

    private static Group.Table devices() {
        return GROUP.on(Sounds.MODEL)
                .add(
                        "no-gpu",
                        "A GPU is demanded, and the program has none",
                        box -> box.editSpec("device: cpu", "device: cuda"),
                        notEvaluated("CUDA"))
                .add(
                        "no-tensorrt",
                        "TensorRT is demanded, and the program has none",
                        box -> box.editSpec("device: cpu", "device: tensorrt"),
                        notEvaluated("TensorRT"));
    }

    private static Group.Table folders() {
        return GROUP.on(Sounds.PREDICTIONS)
                .add(
                        "a-file-where-runs-lie",
                        "A file lies where the folder of all runs should",
                        box -> box.write(".gatewright", "a file\n"),
                        stopped("a file cannot be read or written"))
                .add(
                        "a-file-where-the-run-lies",
                        "A file lies where the folder of the run should",
                        box -> box.write(".gatewright/runs/r1", "a file\n"),
                        stopped("a file cannot be read or written"))
                .add(
                        "a-file-where-the-stage-lies",
                        "A file lies where the folder of the stage should",
                        box -> box.write(STAGE, "a file\n"),
                        stopped("a file cannot be read or written"))
                .add(
                        "a-folder-where-the-report-lies",
                        "A folder lies where the report should, so that none can be written",
                        box -> {
                            Files.createDirectories(box.path(STAGE + "/report.json/full"));
                            box.look("none");
                        },
                        stopped("a file cannot be read or written"))
                .add(
                        "a-folder-where-the-run-is-told",
                        "A folder lies where the run's document should",
                        box -> Files.createDirectories(box.path(".gatewright/runs/r1/run.json/full")),
                        stopped("a file cannot be read or written"))
                .add(
                        "disk-full",
                        "No file can grow, as on a full disk",
                        box -> box.launch(Fork.java(
                                System.getProperty("java.class.path"), "sh", "-c", "ulimit -f 0; exec \"$@\"", "sh")),
                        stopped("a file cannot be read or written"))
                .add(
                        "run-id-that-leads-elsewhere",
                        "The run's id is a path to another folder",
                        box -> {
                            box.skip();
                            box.first("run", "--run-id", "../../../elsewhere");
                        },
                        refused("a run id is a name"))
                .add(
                        "run-id-empty",
                        "The run's id is empty, as an unset variable of the caller",
                        box -> {
                            box.skip();
                            box.first("run", "--run-id", "");
                        },
                        refused("a run id is a name"))
                .add(
                        "part-of-the-program-missing",
                        "A jar of the program is missing",
                        box -> box.launch(Fork.java(Fork.classPathWithout("picocli"))),
                        stopped("gatewright: "))
                .add(
                        "reader-of-specs-missing",
                        "The jar that reads specs is missing",
                        box -> box.launch(Fork.java(Fork.classPathWithout("snakeyaml"))),
                        stopped("gatewright: "));
    }

    private static Group.Table callers() {
        String longTraining = "echo $$ >> pids\ntouch started\nexec sleep 600\n";
        return GROUP.on(Sounds.TRAINED_PREDICTIONS)
                .add(
                        "killed",
                        "The program is killed while the training runs",
                        box -> {
                            box.append("train.sh", longTraining);
                            box.launch(Fork.killedWhen("started"));
                        },
                        killed(137, "started, not finished").by(TRAIN_GATE))
                .add(
                        "interrupted",
                        "The caller gives up while the training runs",
                        box -> {
                            box.append("train.sh", longTraining);
                            box.launch(Fork.interruptedWhen("started"));
                        },
                        killed(130, "it was interrupted").by(TRAIN_GATE));
    }

    private static Group.Table training() {
        return GROUP.on(Sounds.TRAINING)
                .add(
                        "no-place-for-old-outputs",
                        "The old outputs cannot be moved aside",
                        box -> {
                            box.write("build/metrics.json", box.text("prepared/metrics.json"));
                            box.write(".gatewright/runs/r1/train-gate/previous", "a file where a folder should be\n");
                        },
                        notEvaluated("the training could not be run"))
                .add(
                        "a-file-where-outputs-lie",
                        "A file lies where the folder of the outputs should",
                        box -> box.write("build", "a file\n"),
                        notEvaluated("the training could not be run"));
    }
}
