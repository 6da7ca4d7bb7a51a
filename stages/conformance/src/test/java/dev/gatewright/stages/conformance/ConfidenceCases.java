// SPDX-License-Identifier: Apache-2.0
package dev.gatewright.stages.conformance;

import static dev.gatewright.stages.conformance.Expected.failed;
import static dev.gatewright.stages.conformance.Expected.inconclusive;
import static dev.gatewright.stages.conformance.Expected.notEvaluated;
import static dev.gatewright.stages.conformance.Expected.refused;
import static dev.gatewright.validation.metrics.gate.Verdict.INCONCLUSIVE;
import static dev.gatewright.validation.metrics.gate.Verdict.NOT_EVALUATED;

import java.util.stream.Stream;

/** Evidence that is there and does not suffice: never green. */
final class ConfidenceCases {
    private static final Group GROUP = Group.CONFIDENCE;
    private static final String FILE = "data/predictions.csv";
    private static final String HEADER = "truth,predicted,p_a,p_b,p_c,writer\n";
    private static final String GATE = "metric: accuracy, min: 0.8, confidence: 0.95";

    private ConfidenceCases() {}

    static Stream<Group.Table> all() {
        return Stream.of(predictions(), warnings());
    }

    private static Group.Table predictions() {
        return GROUP.on(Sounds.PREDICTIONS)
                .add(
                        "bound-inside-the-interval",
                        "The value is above the bound, and its interval is not",
                        box -> box.editSpec("min: 0.8", "min: 0.89"),
                        inconclusive("cannot decide min 0.89").gates(INCONCLUSIVE))
                .add(
                        "bound-above-the-value",
                        "The value is below the bound, and its interval reaches it",
                        box -> box.editSpec("min: 0.8", "min: 0.92"),
                        inconclusive("cannot decide min 0.92"))
                .add(
                        "surer-than-the-rows-allow",
                        "The gate asks for more certainty than the rows give",
                        box -> box.editSpec("confidence: 0.95", "confidence: 0.99999"),
                        inconclusive("cannot decide min 0.8"))
                .add(
                        "few-rows-all-right",
                        "Ten rows, all of them right",
                        box -> box.write(FILE, HEADER + "a,a,0.8,0.1,0.1,ada\n".repeat(10)),
                        inconclusive("n=10"))
                .add(
                        "min-samples",
                        "Fewer rows than the gate asks for, all of them right",
                        box -> {
                            box.editSpec(GATE, "metric: accuracy, min: 0.8, min-samples: 50");
                            box.write(FILE, HEADER + "a,a,0.8,0.1,0.1,ada\n".repeat(49));
                        },
                        inconclusive("min-samples asks for 50 rows"))
                .add(
                        "min-samples-and-worse",
                        "Fewer rows than the gate asks for, all of them wrong",
                        box -> {
                            box.editSpec(GATE, "metric: accuracy, min: 0.8, min-samples: 50");
                            box.write(FILE, HEADER + "a,b,0.8,0.1,0.1,ada\n".repeat(49));
                        },
                        inconclusive("min-samples asks for 50 rows"))
                .add(
                        "f1-across-the-bound",
                        "The interval of an F1 reaches below its bound",
                        box -> box.editSpec(GATE, "metric: f1, average: macro, min: 0.89, confidence: 0.95"),
                        inconclusive("cannot decide min 0.89"))
                .add(
                        "too-good-to-be-true-perhaps",
                        "The interval reaches values that are too good to be true",
                        box -> box.editSpec("min: 0.8,", "min: 0.8, suspicious-above: 0.92,"),
                        inconclusive("cannot decide suspicious-above 0.92"))
                .add(
                        "too-good-to-be-true",
                        "Every row is right, and the gate holds that for leakage",
                        box -> {
                            box.editSpec(GATE, "metric: accuracy, min: 0.8, suspicious-above: 0.999");
                            box.write(FILE, HEADER + "a,a,0.8,0.1,0.1,ada\n".repeat(120));
                        },
                        failed("too good to be true: look for leakage"))
                .add(
                        "clearly-worse",
                        "The whole interval is below the bound",
                        box -> box.editSpec("min: 0.8", "min: 0.97"),
                        failed("is below min 0.97: would pass at"))
                .add(
                        "one-class-only",
                        "All rows are of one class, so the other classes' F1 has no value",
                        box -> {
                            box.editSpec(GATE, "metric: f1, average: macro, min: 0.1");
                            box.write(FILE, HEADER + "a,a,0.8,0.1,0.1,ada\n".repeat(120));
                        },
                        notEvaluated("f1").gates(NOT_EVALUATED))
                .add(
                        "never-predicted",
                        "One class is never predicted, so its precision has no value",
                        box -> {
                            box.editSpec(GATE, "metric: precision, class: c, min: 0.1");
                            box.write(FILE, HEADER + "a,a,0.8,0.1,0.1,ada\nc,b,0.1,0.8,0.1,ada\n".repeat(60));
                        },
                        notEvaluated("precision"))
                .add(
                        "run-time-without-a-model",
                        "A run time is asked of predictions, where no model ran",
                        box -> box.editSpec(GATE, "metric: latency_p95_ms, max: 1000"),
                        refused("latency_p95_ms is measured on a model"))
                .add(
                        "size-without-a-model",
                        "A size is asked of predictions, where there is no model",
                        box -> box.editSpec(GATE, "metric: size_bytes, max: 1000000"),
                        refused("size_bytes is measured on a model"))
                .add(
                        "person-decides",
                        "A gate failed that a person may accept, and nobody did",
                        box -> box.editSpec("min: 0.8, confidence: 0.95", "min: 0.95, on-failure: approve"),
                        failed("is below min 0.95"));
    }

    private static Group.Table warnings() {
        return GROUP.on(Sounds.WARNING)
                .add(
                        "warning-not-judged",
                        "A gate that only warns has no value",
                        box -> box.editSpec("metric: f1, average: macro, min: 0.8", "metric: log_loss, max: 9"),
                        refused("log_loss needs probabilities"))
                .add(
                        "warning-and-failure",
                        "One gate warns, and the other fails",
                        box -> {
                            box.editSpec("macro, min: 0.8", "macro, min: 0.99");
                            box.editSpec("metric: accuracy, min: 0.8", "metric: accuracy, min: 0.97");
                        },
                        failed("accuracy"));
    }
}
