// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.api.StageName.TRAIN_GATE;
import static dev.gatewright.stages.conformance.Expected.failed;
import static dev.gatewright.stages.conformance.Expected.killed;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;
import static dev.gatewright.validation.metrics.gate.Verdict.FAILED;
import static dev.gatewright.validation.metrics.gate.Verdict.NOT_EVALUATED;
import static dev.gatewright.validation.metrics.gate.Verdict.PASSED;

import java.util.stream.Stream;

/** The nine cases in which tools of the field were found to pass what was not judged, or not good. */
final class FieldCases {
    private static final Group GROUP = Group.FIELD;

    private FieldCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(predictions(), warnings(), comparison(), training(), slices(), host());
    }

    private static Group.Table predictions() {
        return GROUP.on(Sounds.PREDICTIONS)
                .add(
                        "fo1-no-thresholds",
                        "FO1: nothing says what is good enough, so nothing is judged",
                        box -> box.editSpec("    gates:\n      - {metric: accuracy, min: 0.8, confidence: 0.95}\n", ""),
                        refused("needs the key 'gates'"))
                .add(
                        "fo1-empty-list",
                        "FO1: the list of gates is empty",
                        box -> box.editSpec(
                                "    gates:\n      - {metric: accuracy, min: 0.8, confidence: 0.95}\n",
                                "    gates: []\n"),
                        refused("the list is empty"))
                .add(
                        "fo1-metric-without-bound",
                        "FO1: a metric is named and no bound",
                        box -> box.editSpec(", min: 0.8, confidence: 0.95", ""),
                        refused("a gate without a bound decides nothing"))
                .add(
                        "fo2-goal-with-threshold-only",
                        "FO2: a goal has a threshold and no comparison, and is not met",
                        box -> box.editSpec("min: 0.8, confidence: 0.95", "min: 0.95"),
                        failed("accuracy 0.9 (n=120) is below min 0.95").gates(FAILED))
                .add(
                        "fo3-unmet-goal",
                        "FO3: one goal is met and another is not",
                        box -> box.editSpec(
                                "min: 0.8, confidence: 0.95}",
                                "min: 0.8, confidence: 0.95}\n      - {metric: f1, average: macro, min: 0.99}"),
                        failed("is below min 0.99").gates(PASSED, FAILED))
                .add(
                        "fo7-no-rows",
                        "FO7: there are no rows, so there is no difference either",
                        box -> box.write("data/predictions.csv", "truth,predicted,p_a,p_b,p_c,writer\n"),
                        notEvaluated("there are no rows"));
    }

    private static Group.Table warnings() {
        return GROUP.on(Sounds.WARNING)
                .add(
                        "fo4-warning-not-judged",
                        "FO4: a gate that only warns could not be judged",
                        box -> box.write(
                                "data/predictions.csv",
                                "truth,predicted,p_a,p_b,p_c,writer\n" + "a,a,1,0,0,ada\nb,b,0,1,0,bob\n".repeat(60)),
                        notEvaluated("f1").gates(PASSED, NOT_EVALUATED));
    }

    private static Group.Table comparison() {
        return GROUP.on(Sounds.COMPARISON)
                .add(
                        "fo4-parity",
                        "FO4: the model answers worse than the one that it replaces",
                        box -> box.write("build/model.onnx", Models.constant(1, 0, 0)),
                        failed("against baseline"));
    }

    private static Group.Table training() {
        return GROUP.on(Sounds.TRAINING)
                .add(
                        "fo5-crashed-check",
                        "FO5: the check itself crashes",
                        box -> box.write("train.sh", "kill -6 $$\n"),
                        notEvaluated("ended with exit code 134"))
                .add(
                        "fo6-missing-value",
                        "FO6: the value of a gate is missing",
                        box -> box.edit("prepared/metrics.json", "\"val_accuracy\": 0.95, ", ""),
                        notEvaluated("has no number 'val_accuracy'").gates(NOT_EVALUATED, PASSED))
                .add(
                        "fo8-time-runs-out",
                        "FO8: the time for judging runs out",
                        box -> {
                            box.editSpec("    metrics:", "    time-limit: 300ms\n    metrics:");
                            box.append("train.sh", "echo $$ >> pids\nsleep 600\n");
                        },
                        notEvaluated("it ran longer than its time-limit"));
    }

    private static Group.Table slices() {
        return GROUP.on(Sounds.SLICES)
                .add(
                        "fo7-groups-without-data",
                        "FO7: no group has enough rows, and the others are only reported",
                        box -> box.editSpec("min-samples: 20", "min-samples: 500, small-slices: report"),
                        notEvaluated("nothing was judged"));
    }

    private static Group.Table host() {
        return GROUP.on(Sounds.TRAINED_PREDICTIONS)
                .add(
                        "fo9-killed-program",
                        "FO9: the program is killed before it has judged",
                        box -> {
                            box.append("train.sh", "echo $$ >> pids\ntouch started\nexec sleep 600\n");
                            box.launch(Fork.killedWhen("started"));
                        },
                        killed(137, "started, not finished").by(TRAIN_GATE));
    }
}
