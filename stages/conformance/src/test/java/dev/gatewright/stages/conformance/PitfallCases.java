// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.failed;
import static dev.gatewright.stages.conformance.Expected.inconclusive;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;

import java.util.stream.Stream;

/** The ways in which gates of other code bases fail open. */
final class PitfallCases {
    private static final Group GROUP = Group.PITFALLS;
    private static final String GATE = "{metric: accuracy, min: 0.8, confidence: 0.95}";

    private PitfallCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(missing(), spec());
    }

    private static Group.Table missing() {
        return GROUP.on(Sounds.TRAINING)
                .add(
                        "p1-missing-metric",
                        "Pitfall 1: a gate's metric does not exist, and the gate counts as inactive",
                        box -> box.editSpec("metric: val_accuracy", "metric: val_auc"),
                        notEvaluated("build/metrics.json has no number 'val_auc'"));
    }

    private static Group.Table spec() {
        return GROUP.on(Sounds.PREDICTIONS)
                .add(
                        "p2-unknown-metric",
                        "Pitfall 2: a metric's name is unknown, and its direction is guessed",
                        box -> box.editSpec("metric: accuracy", "metric: error-rate"),
                        refused("there is no metric 'error-rate'"))
                .add(
                        "p3-gates-cannot-be-parsed",
                        "Pitfall 3: the gates cannot be parsed, and count as none",
                        box -> box.editSpec(GATE, "{metric: accuracy, min: 0.8"),
                        refused("not YAML"))
                .add(
                        "p3-unknown-property",
                        "Pitfall 3: a property of a gate is unknown, and ignored",
                        box -> box.editSpec("min: 0.8", "minimum: 0.8"),
                        refused("a gate has no key 'minimum'"))
                .add(
                        "p4-failed-exit-code",
                        "Pitfall 4: the gate failed, and the exit code does not say so",
                        box -> box.editSpec("min: 0.8", "min: 0.99"),
                        failed("is below min 0.99"))
                .add(
                        "p4-inconclusive-exit-code",
                        "Pitfall 4: the gate is undecided, and the exit code does not say so",
                        box -> box.editSpec("min: 0.8", "min: 0.89"),
                        inconclusive("cannot decide min 0.89"))
                .add(
                        "p5-another-exception",
                        "Pitfall 5: something is thrown that nobody expected, and no report is left",
                        box -> {
                            box.delete("data/predictions.csv");
                            box.write("data/predictions.csv/note.txt", "a folder lies where the file was");
                        },
                        notEvaluated("expected one that ends with .csv"))
                .add(
                        "p6-empty-value",
                        "Pitfall 6: a bound is written without a value, and null counts as success",
                        box -> box.editSpec("min: 0.8", "min: "),
                        refused("min has no value"));
    }
}
